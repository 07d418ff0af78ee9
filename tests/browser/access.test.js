// A page for everybody: axe-core finds nothing to complain of in any view, light or dark; the
// pictures say in words what they show, and seldom aloud; whoever wants little motion, much
// contrast or their own colours gets them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inBothBrowsers, poll } from './browser.js';
import { openMore } from './person.js';
import { complete, opened, SHORT } from './scans.js';

/** @typedef {import('puppeteer-core').Page} Page */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe complains of, a line for each element: all its rules for WCAG 2.2 up to AA and for good
 * practice.
 *
 * @param {Page} page
 */
async function complaints(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, {
      // Not yet on by itself.
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    });
    return violations.flatMap((/** @type {import('axe-core').Result} */ { id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`));
  });
}

/**
 * The views, and what a person does to see all of each.
 *
 * @type {[name: string, address: string, act: (page: Page, errors: string[]) => Promise<unknown>][]}
 */
const VIEWS = [
  ['the lab', '?m=0.999&seed=1', async (page) => {
    await openMore(page);
    await page.click('#lab-help > summary');
    await poll(page, 'an error of the current', () => globalThis.uphill.lab.first.word !== null, { within: 60_000 });
  }],
  ['the lab with a notice, beside another run', '?m=7&seed=1#compare=0.9', async (page) => {
    await poll(page, 'the notice', () => Boolean(document.querySelector('#notices p')));
    await poll(page, 'the second run', () => globalThis.uphill.lab.second !== null);
    await page.focus('#beta-field');
    await page.keyboard.type('x\n');
    await poll(page, 'the complaint', () => document.getElementById('beta-field-notice')?.textContent);
  }],
  ['figures before a scan', SHORT, async (page, errors) => {
    await opened(page, errors);
    await poll(page, 'the pictures', () => Boolean(document.querySelector('.picture')));
    await page.click('#scan-more > summary');
    await page.click('#figures-help > summary');
  }],
  ['figures with a result', SHORT, async (page, errors) => {
    await opened(page, errors);
    if (await page.evaluate(() => globalThis.uphill.figures.state !== 'complete')) await complete(page, errors);
    await poll(page, 'the table', () => document.querySelectorAll('#results tbody tr').length > 0);
    await poll(page, 'the findings', () => document.querySelectorAll('#findings dd').length > 1);
  }],
  ['about', '?seed=2#about', async (page) => {
    await page.click('#kept > summary');
    await poll(page, 'what is kept', () => !/Looking/.test(document.getElementById('kept-words')?.textContent ?? ''));
  }],
  ['the tour', '?m=0.999&seed=1#tour=1', (page, errors) => poll(page, 'the tour', () => Boolean(document.querySelector('#to-tour[aria-current]')), { within: 60_000, errors })],
  ['the keys', '?seed=1', async (page) => {
    await page.keyboard.type('?');
    await poll(page, 'the dialog', () => Boolean(document.querySelector('#shortcuts[open]')));
  }],
  ['the dialog for embedding', '?seed=1', async (page) => {
    await page.click('#embed');
    await poll(page, 'the dialog', () => Boolean(document.querySelector('#embed-dialog[open]')));
  }],
  ['a frame of the lab', '?embed=lab&seed=1', () => sleep(500)],
  ['a frame of a plot', '?embed=plot&seed=1', () => sleep(500)],
  ['a frame of a figure', `${SHORT}&embed=figure`, async (page, errors) => {
    await opened(page, errors);
    await poll(page, 'the pictures', () => Boolean(document.querySelector('.picture')));
  }],
  ['the validation page', 'validation.html', (page) => page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
  })],
];

/** Has the page in light or dark colours, as chosen on it where it has the choice. @param {Page} page @param {'light' | 'dark'} scheme */
async function colour(page, scheme) {
  if (await page.$('#theme')) await page.select('#theme', scheme);
  else await page.evaluate((scheme) => { document.documentElement.dataset.theme = scheme; }, scheme);
}

inBothBrowsers('Access', (stand) => {
  for (const [name, address, act] of VIEWS) {
    test(`axe finds nothing in ${name}`, async () => {
      const started = address.includes('seed=') && !address.includes('exp=');
      const { page, errors } = await stand.visit(address, { started });
      await act(page, errors);
      for (const scheme of /** @type {const} */ (['light', 'dark'])) {
        await colour(page, scheme);
        assert.deepEqual(await complaints(page), [], scheme);
      }
      assert.deepEqual(errors, []);
    });
  }
});
