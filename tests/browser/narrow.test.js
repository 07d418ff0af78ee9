// The narrow screens of phones, with everything opened: no text or control lies over another,
// sticks out, or is cut.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { STEPS } from '../../www/js/words/tour.js';
import { misplaced } from './boxes.js';
import { inAllBrowsers, poll } from './browser.js';
import { drawn, openMore } from './person.js';
import { complete, SHORT, visitScan } from './scans.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** In WebKit the narrowest and the commonest, for it is slow to answer. @param {string} kind */
const widths = (kind) => (kind === 'WebKit' ? [320, 390] : [320, 360, 390]);
const sized = (/** @type {number} */ width) => ({ width, height: 740 });

inAllBrowsers('On a narrow screen', (stand) => {
  /** That nothing is amiss at any width. @param {Page} page @param {string} [within] */
  async function inPlace(page, within) {
    for (const width of widths(stand.kind)) {
      await page.setViewport(sized(width));
      await drawn(page);
      assert.deepEqual(await misplaced(page, within), [], `at ${width} pixels`);
    }
  }

  /** A run that has its word, at rest. @param {string} address */
  const withWord = async (address) => {
    const { page, errors } = await stand.visit(address, { viewport: sized(360) });
    await poll(page, 'a sign', () => globalThis.uphill.lab.first.word !== null);
    await page.evaluate(() => globalThis.uphill.lab.pause());
    return { page, errors };
  };

  test('the lab and what is opened in it are in their places', async () => {
    const { page, errors } = await withWord('?m=0.998&seed=1');
    await openMore(page);
    for (const opens of ['#compare', '#paint', '#lab-help summary', '#kept > summary']) await page.click(opens);
    await inPlace(page);
    await page.click('#paint');
    await inPlace(page);
    // Of a table that is wider than the page, the caption is read without scrolling.
    const { caption, part } = await page.$eval('#numbers', (table) => ({
      caption: table.querySelector('caption')?.getBoundingClientRect().right ?? NaN,
      part: /** @type {Element} */ (table.parentElement).getBoundingClientRect().right,
    }));
    assert.ok(caption <= part, `${caption} of ${part}`);
    assert.deepEqual(errors, []);
  });

  test('the chosen colours are read whole, up to where there is room for all', async () => {
    const { page, errors } = await withWord('?seed=1');
    for (const width of [...widths(stand.kind), 419]) {
      await page.setViewport(sized(width));
      await drawn(page);
      const { wanted, given } = await page.$eval('#theme', (select) => {
        // As wide as what is chosen takes.
        const alone = /** @type {HTMLSelectElement} */ (select.cloneNode());
        const chosen = /** @type {HTMLSelectElement} */ (select).selectedOptions[0];
        alone.append(chosen.cloneNode(true));
        alone.style.width = 'auto';
        select.after(alone);
        const wanted = alone.getBoundingClientRect().width;
        alone.remove();
        return { wanted, given: select.getBoundingClientRect().width };
      });
      assert.ok(given >= wanted, `at ${width} pixels: ${given} of ${wanted}`);
    }
    assert.deepEqual(errors, []);
  });

  test('the tour is in its place at every step', async () => {
    const { page, errors } = await withWord('?seed=1#tour=1');
    for (let step = 1; step <= STEPS.length; step += 1) {
      await poll(page, `step ${step}`, (start) => document.getElementById('tour-title')?.textContent?.startsWith(start), { args: [`${step} of `] });
      await inPlace(page);
      await page.keyboard.press('PageDown');
    }
    assert.deepEqual(errors, []);
  });

  test('the figures are in their places, before a scan and after it', async () => {
    const { page, errors } = await visitScan(stand, SHORT, { viewport: sized(360) });
    for (const opens of ['#scan-more > summary', '#stored > summary', '#figures-help summary']) await page.click(opens);
    await inPlace(page);
    await complete(page, errors);
    await inPlace(page);
    for (const kind of ['states', 'equilibrium', 'relation', 'match', 'sizes', 'map', 'regimes', 'exact']) {
      await page.click(`[data-kind="${kind}"]`);
      await poll(page, kind, (kind) => globalThis.uphill.figures.runner.link.includes(`exp=${kind}`), { args: [kind] });
      await inPlace(page);
    }
    assert.deepEqual(errors, []);
  });

  test('the dialogs are in their places', async () => {
    const { page, errors } = await withWord('?m=0.998&seed=1');
    for (const opens of [() => page.keyboard.press('?'), () => page.click('#embed')]) {
      await opens();
      await poll(page, 'the dialog', () => document.querySelector('dialog[open]') !== null);
      await inPlace(page, 'dialog[open]');
      await page.keyboard.press('Escape');
    }
    assert.deepEqual(errors, []);
  });

  if (stand.kind !== 'WebKit') test('what is not in its place is found', async () => {
    const { page } = await withWord('?m=0.998&seed=1');
    await page.setViewport(sized(320));
    /** @type {[part: string, style: string, found: RegExp][]} */
    const faults = [
      ['.caption .clock', 'position: relative; top: -2em', /overlap/],
      ['#reset', 'margin-left: -2em', /BUTTON#one-event .* and BUTTON#reset .* overlap/],
      ['#verdict', 'display: block; width: 30px; min-width: 0; overflow: hidden; white-space: nowrap', /is cut by/],
      ['#reset', 'width: 1.5em; min-width: 0; padding: 0; overflow: hidden', /BUTTON#reset .* has more than it shows/],
      ['.result', 'margin-left: -3em', /sticks out/],
    ];
    for (const [part, style, found] of faults) {
      const before = await page.$eval(part, (element, style) => {
        const before = element.getAttribute('style') ?? '';
        element.setAttribute('style', '');
        /** @type {HTMLElement} */ (element).style.cssText = `${before};${style}`;
        return before;
      }, style);
      const wrong = await misplaced(page);
      assert.ok(wrong.some((words) => found.test(words)), `${part} { ${style} }: ${wrong.join(', ')}`);
      await page.$eval(part, (element, before) => { /** @type {HTMLElement} */ (element).style.cssText = before; }, before);
      assert.deepEqual(await misplaced(page), []);
    }
  });
});
