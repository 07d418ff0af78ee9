// A run as a file: saved as it is, opened on the page and in the terminal, and gone on with bit for bit.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { inBothBrowsers, poll } from './browser.js';
import { digestAt, runTo } from './person.js';
import { catchSaves, nextSave } from './saves.js';
import { command, runInTerminal } from './terminal.js';

/** @typedef {import('puppeteer-core').Page} Page */

const LINK = 'L=12&m=0.9&beta=0.8&seed=4';

/** What the page saves by its button: its name and its bytes, in base 64. @param {Page} page */
async function saved(page) {
  await catchSaves(page);
  await page.click('#save-run');
  const { name, bytes } = await nextSave(page);
  return { name, bytes: bytes.toString('base64') };
}

/** Drops a file of some bytes onto the lab. @param {Page} page @param {string} name @param {string} bytes in base 64 */
const drop = (page, name, bytes) => page.evaluate((name, bytes) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
  for (const type of ['dragover', 'drop']) document.querySelector('#about')?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}, name, bytes);

/** Waits until a saved run is open, paused. @param {Page} page @param {string} name */
const opened = (page, name) => poll(page, `${name} to be open`, (name) => {
  const { lab } = globalThis.uphill;
  return lab && !lab.playing && lab.pausedBecause.includes(name);
}, { args: [name] });

const observed = (/** @type {Page} */ page) => page.evaluate(() => {
  const { simulator } = globalThis.uphill.lab;
  return { digest: simulator.digest(), observables: simulator.observables(), link: simulator.link() };
});

inBothBrowsers('A saved run', (stand) => {
  test('goes on where it was, and as if nothing had been between', async () => {
    const { page, errors } = await stand.visit(`?${LINK}`);
    await digestAt(page, LINK, 3e5);
    const before = await observed(page);
    const file = await saved(page);
    assert.match(file.name, /^uphill.*\.uphill$/);
    await page.goto(`${stand.url}?exp=exact&seed=2`);
    await poll(page, 'the figures', () => Boolean(globalThis.uphill?.figures?.scan));
    await drop(page, file.name, file.bytes);
    await opened(page, file.name);
    assert.deepEqual(await observed(page), before);
    assert.ok(page.url().includes(before.link), page.url());
    assert.ok(await page.$eval('#lab', (lab) => lab.checkVisibility()));
    assert.match(await page.$eval('[data-part="took"]', (took) => took.textContent ?? ''), /Significant as it was opened|Measured over/);
    const { digest } = await runInTerminal(LINK, 4e5);
    assert.equal(await runTo(page, 4e5), digest);
    assert.deepEqual(errors, []);
  });

  test('may have been painted, and is named where it cannot be opened', async () => {
    const { page, errors } = await stand.visit('?L=16&m=0.9&beta=0.6&seed=3');
    await digestAt(page, 'L=16&m=0.9&beta=0.6&seed=3', 2000);
    await page.evaluate(() => {
      const { lab } = globalThis.uphill;
      lab.simulator.paint(8, 8, 3, 1);
    });
    const painted = await runTo(page, 2500);
    const file = await saved(page);
    await page.evaluate(() => globalThis.uphill.lab.restart('L=8&seed=1'));
    await drop(page, 'a.uphill', file.bytes);
    await opened(page, 'a.uphill');
    const now = await observed(page);
    assert.equal(now.digest, painted);
    assert.ok(now.observables.painted);
    // Cut short.
    await drop(page, 'b.uphill', btoa(atob(file.bytes).slice(0, -5)));
    await poll(page, 'a word', () => [...document.querySelectorAll('#notices p')].some((line) => line.textContent?.includes('b.uphill: ')));
    assert.equal((await observed(page)).digest, painted);
    assert.deepEqual(errors, []);
  });

  test('is the same file for the terminal', async () => {
    const { page, errors } = await stand.visit(`?${LINK}`);
    await digestAt(page, LINK, 2000);
    const { bytes } = await saved(page);
    const folder = mkdtempSync(join(tmpdir(), 'uphill-'));
    try {
      const file = join(folder, 'run.uphill');
      writeFileSync(file, Buffer.from(bytes, 'base64'));
      const { stdout } = await promisify(execFile)(command(), ['run', '--load', file, '--until', '5000', '--json']);
      assert.equal(JSON.parse(stdout).digest, (await runInTerminal(LINK, 5000)).digest);
    } finally {
      rmSync(folder, { recursive: true });
    }
    assert.deepEqual(errors, []);
  });
});
