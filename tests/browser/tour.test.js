// The page as a teacher: every step of the tour sets the run that it speaks of, and that run shows
// what the step says; its keys; help on every control; what is copied to cite.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { STEPS } from '../../www/js/words/tour.js';
import { inAllBrowsers, poll } from './browser.js';
import { becomes, digestAt, drawn, enter, openMore, runTo, sticksOut, text } from './person.js';

/** A time up to which a step's run is short; Chromium follows the longer ones, too, for both … */
const SHORT = 4e5;
/** … but for the bump's, which takes some seconds and belongs to the tests that take long. */
const LONG = process.env.UPHILL_LONG ? Infinity : 4e6;

/** @typedef {import('puppeteer-core').Page} Page */

/** What the panel of the tour shows. @param {Page} page */
const panel = (page) =>
  page.evaluate(() => {
    const seen = (/** @type {string} */ query) =>
      [...document.querySelectorAll(query)].filter((node) => node.checkVisibility({ visibilityProperty: true }));
    return {
      step: new URLSearchParams(location.hash.slice(1)).get('tour'),
      title: seen('#tour-title')[0]?.textContent ?? '',
      says: seen('.tour-seen')[0]?.textContent ?? '',
      left: seen('.tour-left').length > 0,
      statements: seen('.tour-statement').length,
      notices: document.getElementById('notices')?.textContent ?? '',
      focus: document.activeElement?.id ?? '',
    };
  });

/** @param {Page} page @param {number} step from 1 */
const turned = (page, step) =>
  poll(
    page,
    `step ${step}`,
    (start) => document.getElementById('tour-title')?.textContent?.startsWith(start),
    { args: /** @type {const} */ ([`${step} of `]) },
  );

/** The controls that no help describes, each with what is wrong. @param {Page} page @param {string} within */
const withoutHelp = (page, within) =>
  page.evaluate((within) => {
    const controls = [...document.querySelectorAll(within)].flatMap((view) => [
      ...view.querySelectorAll('button, input:not([type=file]), select, summary, nav a, td a, [role="slider"]'),
    ]);
    if (controls.length < 10) return [`only ${controls.length} controls in ${within}`];
    return controls
      .filter((control) => control.checkVisibility() && !control.closest('.help-line'))
      .map((control) => {
        /** @type {HTMLElement} */ (control).focus({ preventScroll: true });
        const helps = (control.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id))
          .filter((node) => node && !node.classList.contains('field-notice') && node.textContent);
        // Beside the control, or in the line of help once the control has the focus.
        const line = [...document.querySelectorAll('.help-line')].find((line) => line.checkVisibility());
        const shown = helps.some((node) => node?.checkVisibility()) || !/^What is this/.test(line?.textContent ?? 'What is this');
        const name = `${control.tagName} #${control.id} ${control.textContent}`;
        if (helps.length === 0) return `${name}: nothing describes it`;
        return shown || /** @type {HTMLButtonElement} */ (control).disabled ? '' : `${name}: its help is not seen`;
      })
      .filter(Boolean);
  }, within);

inAllBrowsers('The tour', (stand) => {
  test('has a run for every step, which shows what the step says', async (t) => {
    const { page, errors } = await stand.visit(`?${STEPS[0].link}#tour=1`);
    for (const [number, step] of STEPS.entries()) {
      const step1 = number + 1;
      if (number > 0) await page.keyboard.press(number % 2 ? 'ArrowRight' : 'PageDown');
      await turned(page, step1);
      const asked = new URLSearchParams(step.link);
      const { mRight, reservoirs, lx, seed } = await page.evaluate(() => globalThis.uphill.lab.simulator.params());
      assert.equal(String(mRight), asked.get('m') ?? '0.999');
      assert.equal(reservoirs, asked.get('res') ?? 'on');
      assert.equal(String(lx), asked.get('L') ?? '40');
      assert.equal(String(seed), asked.get('seed'));
      const shown = await panel(page);
      assert.equal(shown.statements, 1);
      assert.equal(shown.left, false);
      assert.equal(shown.notices, '');
      if (step.until > LONG || (step.until > SHORT && stand.kind === 'Firefox')) {
        t.diagnostic(`step ${step1} is not run up to t = ${step.until} here, but in Chromium${step.until > LONG ? ' with --long' : ''}`);
        continue;
      }
      const began = performance.now();
      await digestAt(page, step.link, step.afresh ?? step.until);
      if (step.afresh) {
        await page.evaluate(() => document.getElementById('measure-afresh')?.click());
        await runTo(page, step.until);
      }
      const { direction, state, events, error } = await page.evaluate(() => {
        const { direction, state, events, current } = globalThis.uphill.lab.simulator.observables();
        return { direction, state, events, error: current.error };
      });
      t.diagnostic(`step ${step1}: ${direction}, ${state}, ${events} events in ${Math.round(performance.now() - began)} ms`);
      if (step.direction) assert.equal(direction, step.direction, step.title);
      if (step.direction) assert.ok(error);
      if (step.state) assert.equal(state.replace(', mirrored', ''), step.state, step.title);
      await poll(page, 'its words', (pattern) => new RegExp(pattern).test(document.querySelector('.tour-seen')?.textContent ?? ''), {
        args: /** @type {const} */ ([step.ours && step.direction ? `${step.direction === 'uphill' ? 'Uphill' : 'Downhill'}\\.` : step.ours ? '[Ss]tep' : step.direction || step.state ? 'as the paper says' : 'Step']),
      });
    }
    assert.deepEqual(errors, []);
  });

  test('is turned by keys, by its links and by the history, but not by keys in a field', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    await page.click('#to-tour');
    await turned(page, 1);
    assert.equal((await panel(page)).focus, 'tour-title');
    assert.equal(await page.evaluate(() => document.querySelector('nav [aria-current]')?.id), 'to-tour');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowRight');
    await turned(page, 3);
    await becomes(page, 'mRight', 0.9995);
    assert.match(await page.evaluate(() => document.querySelector('.tour [role=status]')?.textContent ?? ''), new RegExp(`step 3 of ${STEPS.length}: Lowering`));
    await page.keyboard.press('PageUp');
    await turned(page, 2);
    await page.focus('#m-field');
    await page.keyboard.press('ArrowRight');
    await page.focus('#m-slider');
    await page.keyboard.press('ArrowLeft');
    assert.match((await panel(page)).title, /^2 of/);
    // A change by the person: the panel says so, and leads back.
    await enter(page, 'm-field', '0.9985');
    await becomes(page, 'mRight', 0.9985);
    await poll(page, 'a word', () => document.querySelector('.tour-left')?.checkVisibility({ visibilityProperty: true }));
    await page.click('#tour-again');
    await becomes(page, 'mRight', 1);
    await poll(page, 'the step again', () => !document.querySelector('.tour-left')?.checkVisibility({ visibilityProperty: true }));
    await page.click('.tour-steps li:last-child a');
    await turned(page, STEPS.length);
    assert.equal(await page.evaluate(() => location.hash), `#tour=${STEPS.length}`);
    await page.evaluate(() => history.back());
    await turned(page, 2);
    await becomes(page, 'mRight', 1);
    await page.click('#tour-close');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'to-tour');
    await poll(page, 'an address without a step', () => location.hash === '');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.getElementById('tour')?.checkVisibility()), false);
    assert.deepEqual(errors, []);
  });

  test('opens at the step of a bare fragment, on a telephone below lattice and result; names what is allowed of a bad one', async () => {
    const { page, errors } = await stand.visit('#tour=6');
    await turned(page, 6);
    await becomes(page, 'mRight', 0.998);
    await page.setViewport({ width: 320, height: 640 });
    await drawn(page);
    const order = await page.evaluate(() => {
      const top = (/** @type {string} */ query) => document.querySelector(query)?.getBoundingClientRect().top ?? NaN;
      return [top('#lattice'), top('.results'), top('#tour'), top('#controls')];
    });
    assert.deepEqual(await sticksOut(page), []);
    assert.deepEqual(order, [...order].sort((a, b) => a - b));
    const bad = await stand.visit('?seed=1#tour=99');
    const allowed = `tour=99: allowed is a whole number from 1 to ${STEPS.length}`;
    await poll(bad.page, 'a notice', (allowed) => document.getElementById('notices')?.textContent?.includes(allowed), { args: /** @type {const} */ ([allowed]) });
    assert.equal(await bad.page.evaluate(() => document.getElementById('tour')?.checkVisibility() ?? false), false);
    assert.deepEqual([...errors, ...bad.errors], []);
  });

  test('every control of lab and figures has help, seen when it has the focus', async () => {
    const { page, errors } = await stand.visit('?m=0.999&seed=1#tour=2');
    await turned(page, 2);
    await openMore(page);
    await page.click('#compare');
    assert.deepEqual(await withoutHelp(page, '.top, #lab, #about'), []);
    await page.hover('#reset');
    await poll(page, 'its help', () => /same seed/.test(document.querySelector('#lab-help summary')?.textContent ?? ''));
    await page.click('#lab-help summary');
    await poll(page, 'the list', () => (document.querySelectorAll('#lab-help dd').length ?? 0) > 20);
    await page.click('#to-figures');
    await poll(page, 'the figures', () => document.querySelector('#pictures .probe') !== null);
    await page.click('#scan-more > summary');
    assert.deepEqual(await withoutHelp(page, '.top, #figures'), []);
    assert.ok(await page.evaluate(() => document.querySelectorAll('#results th math, #scan-setup label math').length > 2));
    assert.deepEqual(errors, []);
  });

  test('cites paper and software as CITATION.cff has them', async () => {
    const { page } = await stand.visit('?seed=1', {
      prepare: () => {
        globalThis.handedOver = [];
        const writeText = async (/** @type {string} */ given) => void globalThis.handedOver.push(given);
        Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
      },
    });
    // Numbers above that come and go move what is below them, until it is in view.
    await page.$eval('#copy-paper', (button) => button.scrollIntoView({ block: 'start', behavior: 'instant' }));
    await drawn(page, 30);
    await page.click('#copy-paper');
    await page.click('#copy-software');
    const [paper, software] = await poll(page, 'both', () => globalThis.handedOver.length === 2 && globalThis.handedOver);
    assert.equal(paper.trim(), await text(page, 'bibtex-paper'));
    assert.equal(software.trim(), await text(page, 'bibtex-software'));
    const citation = readFileSync(new URL('../../CITATION.cff', import.meta.url), 'utf8');
    const value = (/** @type {string} */ key) => new RegExp(`^ *(?:- )?${key}: (.*)$`, 'gm');
    const [, title] = [...citation.matchAll(value('title'))].map(([, found]) => found);
    assert.ok(paper.replace(/[{}]/g, '').includes(`title   = ${title},`), title);
    for (const key of ['doi', 'volume', 'year', 'journal', 'start', 'family-names']) {
      for (const [, found] of citation.matchAll(value(key))) assert.ok(paper.replace('{\\`a}', 'à').includes(found), `${key}: ${found}`);
    }
    const [[, version]] = citation.matchAll(value('version'));
    assert.ok(software.includes(`version = {${version}}`), software);
    assert.equal(version, await text(page, 'engine-version'));
    const [[, name]] = citation.matchAll(value('name'));
    assert.ok(software.includes(`{{${name}}}`), software);
  });
});

/** What that host waits for. @type {Promise<void>} */
let late = Promise.resolve();

inAllBrowsers(
  'A host that is slow to send the tour',
  (stand) => {
    test('gets the step of its link all the same', async () => {
      let send = () => {};
      late = new Promise((resolve) => { send = resolve; });
      const { page, errors } = await stand.visit('?m=0.9995&seed=1#tour=3');
      // The page writes its address for the first time before the tour is there.
      await poll(page, 'the address to be written', () => location.search.includes('v=1'));
      send();
      await turned(page, 3);
      assert.equal(await page.evaluate(() => location.hash), '#tour=3');
      assert.deepEqual(errors, []);
    });
  },
  { served: (name) => (/^js\/tour-/.test(name) ? late : undefined) },
);
