// Things dropped onto the page: a result opens wherever it falls, and nothing makes the browser
// leave the page.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { inBothBrowsers, inChromium, poll } from './browser.js';

/** @typedef {import('puppeteer-core').Page} Page */

const RESULT = readFileSync(new URL('../old/0.5.0/current.json', import.meta.url), 'utf8');

/**
 * Drags something over a part of the page and drops it; whether the page has taken it, so that the
 * browser does not open it by itself.
 *
 * @param {Page} page
 * @param {string} onto
 * @param {{files?: [string, string][], text?: string, wide?: boolean}} what `wide`: as UTF-16
 */
const drop = (page, onto, what) => page.evaluate((onto, { files = [], text, wide = false }) => {
  const dataTransfer = new DataTransfer();
  for (const [name, content] of files) {
    const units = Uint16Array.from([0xfeff, ...[...content].map((c) => c.charCodeAt(0))]);
    dataTransfer.items.add(new File([wide ? units : content], name));
  }
  if (text !== undefined) dataTransfer.setData('text/plain', text);
  return ['dragover', 'drop'].map((type) => {
    const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector(onto)?.dispatchEvent(event);
    return event.defaultPrevented;
  });
}, onto, what);

/** Waits for a notice, and takes it away. @param {Page} page @param {string} words */
async function told(page, words) {
  await poll(page, `"${words}"`, (words) => {
    const line = [...document.querySelectorAll('#notices p')].find((line) => line.textContent?.includes(words));
    line?.remove();
    return Boolean(line);
  }, { args: [words] });
}

inBothBrowsers('What is dropped', (stand) => {
  test('opens if it is a result, and else is named, anywhere on the page', async () => {
    const { page, errors } = await stand.visit('?seed=7');
    const taken = [true, true];
    assert.deepEqual(await drop(page, '#about h2', { files: [['notes.txt', 'The current climbs.']] }), taken);
    await told(page, 'notes.txt: this is not a result of Uphill');
    assert.ok(await page.$eval('#lab', (lab) => lab.checkVisibility()), 'the lab was left for nothing');
    assert.deepEqual(await drop(page, '#lab', { text: 'some words' }), taken);
    await told(page, 'does not open here');
    assert.deepEqual(await drop(page, '#lab', { text: 'https://example.org/?m=0.5' }), taken);
    await told(page, 'does not open here');
    // A text belongs to the field that it is dropped on; a file does not.
    assert.deepEqual(await drop(page, '#seed', { text: '12' }), [false, false]);
    assert.deepEqual(await drop(page, '#seed', { files: [['photo.png', '\u0089PNG']] }), taken);
    await told(page, 'photo.png: this is not a result of Uphill');
    // A link of this page opens.
    assert.deepEqual(await drop(page, '#about', { text: `${page.url().split('?')[0]}?m=0.5&L=20&seed=9` }), taken);
    await poll(page, 'its run', () => globalThis.uphill.lab.simulator.params().lx === 20);
    // In UTF-16, as some shells write it, onto the tour.
    await page.click('#to-tour');
    await poll(page, 'the tour', () => /#tour=1/.test(location.hash));
    assert.deepEqual(await drop(page, '#tour', { files: [['result.json', RESULT], ['b.json', '']], wide: true }), taken);
    await poll(page, 'the result', () => globalThis.uphill.figures.state === 'complete');
    assert.ok(await page.$eval('#figures', (figures) => figures.checkVisibility()));
    assert.match(page.url(), /exp=current.*seed=1/);
    await poll(page, 'a word on the other', () => /Opened result\.json alone/.test(document.getElementById('result-file-notice')?.innerText ?? ''));
    assert.deepEqual(errors, []);
  });

  test('is named where it cannot be read: a folder, or a file that is gone', async () => {
    const { page, errors } = await stand.visit('?seed=7');
    // As the browsers hand a folder over: a file of no type, whose reading fails.
    const taken = await page.evaluate(() => {
      const folder = new File([], 'results', { type: '' });
      const reading = () => Promise.reject(new DOMException('A directory', 'NotFoundError'));
      Object.defineProperties(folder, { size: { value: 4096 }, arrayBuffer: { value: reading } });
      const event = new Event('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], files: [folder], getData: () => '' } });
      document.querySelector('#lab')?.dispatchEvent(event);
      return event.defaultPrevented;
    });
    assert.ok(taken);
    await told(page, 'results: it cannot be read; folders cannot, nor what is no longer where it was. Nothing was changed.');
    assert.ok(await page.$eval('#lab', (lab) => lab.checkVisibility()), 'the lab was left for nothing');
    assert.deepEqual(errors, []);
  });

  test('does not make a frame leave its page', async () => {
    const { page, errors } = await stand.visit('?embed=lab&seed=7');
    assert.deepEqual(await drop(page, 'body', { files: [['result.json', RESULT]] }), [true, true]);
    await told(page, 'on the whole page');
    assert.deepEqual(errors, []);
  });
});

inChromium('A folder from the disk', (stand) => {
  // Firefox cannot be told to drag from a disk.
  test('does not open, in words', async () => {
    const { page, errors } = await stand.visit('?seed=7');
    const place = mkdtempSync(join(tmpdir(), 'uphill-'));
    try {
      const folder = join(place, 'results');
      mkdirSync(folder);
      const client = await page.createCDPSession();
      const data = { items: [], files: [folder], dragOperationsMask: 1 };
      for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) await client.send('Input.dispatchDragEvent', { type, x: 200, y: 300, data });
      await told(page, 'results: it cannot be read; folders cannot');
      assert.match(page.url(), /seed=7/);
      assert.deepEqual(errors, []);
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});
