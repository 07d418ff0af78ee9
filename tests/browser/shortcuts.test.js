// The shortcuts: each of the list does what it says, none while something is typed, and letters can
// be switched off.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers, poll, screenshot } from './browser.js';
import { sticksOut } from './person.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** What each letter does, as can be seen on the page. @type {[key: 'e' | 'c' | 'g' | 's' | 'b' | 'n' | 'r' | 'a', seen: () => unknown][]} */
const LETTERS = [
  ['e', () => !globalThis.uphill.lab.playing],
  ['c', () => globalThis.uphill.lab.second],
  ['g', () => document.getElementById('view-gas')?.getAttribute('aria-pressed') === 'true'],
  ['s', () => document.getElementById('view-spins')?.getAttribute('aria-pressed') === 'true'],
  ['b', () => document.getElementById('brush')?.checkVisibility()],
  ['n', () => globalThis.uphill.lab.simulator.params().seed !== 1],
  ['r', () => document.getElementById('reset')?.dataset.pressed],
  ['a', () => document.getElementById('measure-afresh')?.dataset.pressed],
];

inBothBrowsers('A shortcut', (stand) => {
  test('is in the list under ?, which leaves the focus where it was', async () => {
    for (const [width, scheme] of /** @type {const} */ ([[1280, 'light'], [390, 'dark']])) {
      const { page, errors } = await stand.visit('?seed=1', { viewport: { width, height: 720 } });
      await page.select('#theme', scheme);
      await page.focus('#reset');
      await page.keyboard.type('?');
      const listed = await page.$$eval('#shortcuts[open] kbd', (keys) => keys.map((key) => key.textContent));
      for (const [key] of LETTERS) assert.ok(listed.includes(key), key);
      await screenshot(page, `${stand.kind.toLowerCase()}-shortcuts-${width}`);
      assert.deepEqual(await sticksOut(page), []);
      // The dialog has the keyboard for itself.
      await page.keyboard.press('n');
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'reset');
      assert.equal(await page.evaluate(() => globalThis.uphill.lab.simulator.params().seed), 1);
      assert.deepEqual(errors, []);
    }
  });

  test('does what the list says', async () => {
    const { page, errors } = await stand.visit('?seed=1&L=8');
    // What these do is over at once; that they do it is tested with the controls.
    await page.evaluate(() => {
      for (const id of ['reset', 'measure-afresh']) {
        const button = document.getElementById(id);
        button?.addEventListener('click', () => { button.dataset.pressed = 'yes'; });
      }
    });
    for (const [key, seen] of LETTERS) {
      assert.ok(!await page.evaluate(seen), `${key} before it was pressed`);
      await page.keyboard.press(key);
      await poll(page, `what ${key} does`, seen);
    }
    await page.keyboard.press('f');
    await poll(page, 'the figures', () => globalThis.uphill.figures?.scan && document.getElementById('figures')?.hidden === false);
    await page.keyboard.press('p');
    await poll(page, 'the scan to run', () => globalThis.uphill.figures.state === 'running');
    await page.keyboard.press('p');
    await poll(page, 'the scan to pause', () => globalThis.uphill.figures.state === 'paused');
    await page.keyboard.press('l');
    await poll(page, 'the lab', () => document.getElementById('lab')?.hidden === false);
    await page.keyboard.press('t');
    await poll(page, 'the tour', () => document.getElementById('to-tour')?.getAttribute('aria-current') === 'page');
    assert.deepEqual(errors, []);
  });

  test('is none while something is typed, with another key held, or when letters are switched off', async () => {
    const { page, errors } = await stand.visit('?seed=1&L=8');
    const seed = () => page.evaluate(() => globalThis.uphill.lab.simulator.params().seed);
    await page.focus('#m-field');
    await page.keyboard.press('n');
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
    await page.keyboard.down('Control');
    await page.keyboard.press('e');
    await page.keyboard.up('Control');
    assert.equal(await seed(), 1);
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.playing), true);
    await page.keyboard.type('?');
    await page.click('#letters');
    await page.click('#close-shortcuts');
    await page.keyboard.press('n');
    assert.equal(await seed(), 1);
    await page.reload();
    await poll(page, 'the run', () => globalThis.uphill?.lab);
    await page.keyboard.press('n');
    assert.equal(await seed(), 1);
    await page.keyboard.type('?');
    await page.click('#letters');
    await page.click('#close-shortcuts');
    await page.keyboard.press('n');
    await poll(page, 'another seed', () => globalThis.uphill.lab.simulator.params().seed !== 1);
    assert.deepEqual(errors, []);
  });
});
