// The validation page: readable on a laptop and a phone, light and dark, without a script; and it
// shows every record that the tests have left, or says that it was not made.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { inAllBrowsers, screenshot } from './browser.js';
import { sticksOut } from './person.js';
import { RECORDS } from './record.js';

const ADDRESS = 'validation.html';

/**
 * What a record has found.
 *
 * @param {string} name
 */
const found = (name) => JSON.parse(readFileSync(join(RECORDS, `${name}.json`), 'utf8')).found;

/**
 * Runs in the page: how many rows the tables have whose name begins so.
 *
 * @param {string} prefix
 */
const rowsOf = (prefix) => document.querySelectorAll(`table[id^="${prefix}"] tbody tr`).length;

inAllBrowsers('The validation page', (stand) => {
  // Firefox and WebKit cannot be told to prefer dark.
  const emulated = stand.kind === 'Chromium';
  /** @type {('light' | 'dark')[]} */
  const schemes = emulated ? ['light', 'dark'] : ['light'];
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    for (const scheme of schemes) {
      const name = `${viewport.width}x${viewport.height}-${scheme}`;
      test(`at ${name} does not stick out sideways`, async () => {
        const options = { viewport, started: false };
        const { page, errors } = await stand.visit(
          ADDRESS,
          emulated ? { ...options, scheme } : options,
        );
        await screenshot(page, `validation-${stand.kind.toLowerCase()}-${name}`);
        assert.deepEqual(await sticksOut(page), []);
        await page.evaluate(() => {
          for (const part of document.querySelectorAll('details')) part.open = true;
        });
        assert.deepEqual(await sticksOut(page), [], 'unfolded');
        const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const [red] = (paper.match(/[\d.]+/g) ?? []).map(Number);
        assert.equal(red < 128, dark, paper);
        assert.deepEqual(errors, []);
      });
    }
  }

  test('has a row for everything that was found', async (t) => {
    const { page } = await stand.visit(ADDRESS, { started: false });
    if (await page.$('#not-made')) {
      t.skip('it was not made: ./build.sh test makes it');
      return;
    }
    assert.equal(await page.$('#problems'), null, 'it is not complete');
    const kinetic = found('exact-kinetic').comparisons;
    const metropolis = found('exact-metropolis').comparisons;
    const lattices = new Set(kinetic.map((/** @type {{lattice: string}} */ one) => one.lattice));
    assert.equal(metropolis.length, kinetic.length);
    assert.equal(await page.evaluate(rowsOf, 'exact-currents'), lattices.size);
    assert.equal(await page.evaluate(rowsOf, 'exact-'), lattices.size + kinetic.length);
    assert.equal(await page.evaluate(rowsOf, 'paper-table'), found('paper').length);
    assert.equal(await page.evaluate(rowsOf, 'digests-table'), found('digests-native').runs.length);
    assert.equal(
      await page.evaluate(rowsOf, 'bench-table'),
      found('bench').kernels.reduce(
        (/** @type {number} */ sum, /** @type {{hosts: unknown[]}} */ { hosts }) => sum + hosts.length,
        0,
      ),
    );
    // WebKit has a column, or its absence is told in words.
    const hosts = 3 + Number(existsSync(join(RECORDS, 'digests-webkit.json')));
    assert.equal(await page.$$eval('#digests-table thead th', (heads) => heads.length), 2 + hosts);
    assert.equal(await page.$('#no-webkit') === null, hosts === 4);
    // Those that are missing are problems, of which there are none.
    const series = readdirSync(RECORDS)
      .filter((file) => /^(coverage|error-bars)-.*\.json$/.test(file))
      .map((file) => file.replace('.json', ''));
    const bars = series.reduce((sum, name) => sum + found(name).rows.length, 0);
    assert.equal(await page.evaluate(rowsOf, 'coverage-'), series.length + bars);
    const zeros = ['zeros-exact', 'zeros-simulated'].reduce((sum, name) => sum + found(name).rows.length, 0);
    assert.equal(await page.evaluate(rowsOf, 'zeros-'), zeros);
  });

  test('is reached from the About section and leads back', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    const address = await page.$eval('#to-validation', (link) => /** @type {HTMLAnchorElement} */ (link).href);
    assert.equal(address, `${stand.url}${ADDRESS}`);
    await page.goto(address, { waitUntil: 'load' });
    assert.equal(await page.$eval('h1', (title) => title.textContent), 'Validation');
    const home = await page.$eval('.home a', (link) => /** @type {HTMLAnchorElement} */ (link).href);
    assert.equal(home, stand.url);
    assert.deepEqual(errors, []);
  });
});
