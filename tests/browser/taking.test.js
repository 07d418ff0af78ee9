// What the lab shows as files: the same bytes as the terminal's, of two runs both, and with a word
// where the link does not hold.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { inBothBrowsers, poll, screenshot } from './browser.js';
import { frameOf, hostPage, openHost, otherHost } from './frames.js';
import { digestAt } from './person.js';
import { catchSaves, nextSave } from './saves.js';
import { command } from './terminal.js';

/** @typedef {import('puppeteer-core').Page} Page */

const LINK = 'L=12&m=0.9&beta=0.8&seed=4';
const UNTIL = 9000;
/** Where each list of files is, and the option of the terminal. @type {Record<string, [place: string, option: string]>} */
const LISTS = {
  lattice: ['.caption', 'lattice'],
  'integrated-current': ['[data-plot="integrated"]', 'integrated'],
  profile: ['[data-plot="profile"]', 'profile'],
  'running-mean': ['[data-plot="mean"]', 'mean'],
};

/** What the page saves by a choice of a list: its name and its bytes. @param {Page} page @param {string} what @param {string} kind */
async function taken(page, what, kind) {
  await catchSaves(page);
  const list = `${LISTS[what][0]} .take`;
  await page.click(`${list} > summary`);
  await page.click(`${list} .${kind}`);
  assert.equal(await page.$eval(list, (list) => /** @type {HTMLDetailsElement} */ (list).open), false);
  return nextSave(page);
}

/** Width and height of a PNG, by its header. @param {Buffer} bytes */
const sizeOf = (bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];

/** How many pixels a PNG has of each colour. @param {Page} page @param {Buffer} png */
const coloursOf = (page, png) => page.evaluate(async (data) => {
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0);
  /** @type {Record<string, number>} */
  const counts = {};
  const pixels = context?.getImageData(0, 0, image.width, image.height).data ?? [];
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = `${pixels[at]},${pixels[at + 1]},${pixels[at + 2]}`;
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  return counts;
}, png.toString('base64'));

inBothBrowsers('Files of the lab', (stand) => {
  test('are those of the terminal, byte for byte', async () => {
    const { page, errors } = await stand.visit(`?${LINK}`);
    await digestAt(page, LINK, UNTIL);
    const folder = mkdtempSync(join(tmpdir(), 'uphill-'));
    try {
      const files = Object.entries(LISTS).flatMap(([what, [, option]]) => (what === 'lattice' ? [[what, option, 'text']] : [[what, option, 'csv'], [what, option, 'comma'], [what, option, 'svg']]));
      for (const [what, option, kind] of files) {
        const file = join(folder, `${what}.${kind === 'comma' ? 'csv' : kind}`);
        await promisify(execFile)(command(), ['run', LINK, '--until', String(UNTIL), `--${option}`, file, ...(kind === 'comma' ? ['--decimal', 'comma'] : [])]);
        const { name, bytes } = await taken(page, what, kind);
        assert.equal(bytes.toString(), readFileSync(file, 'utf8'));
        assert.match(name, new RegExp(`^uphill-L12-.*-seed4-[0-9a-f]{12}-${what}(\\.(csv|svg|txt)|-comma\\.csv)$`));
      }
      // What else the plot of the columns shows is a picture of its own.
      for (const [view, option, ending, said] of /** @type {const} */ ([
        ['near', 'magnified', 'magnified-profile', /^x = \d+, m = .*, \|m\| − mᵦ = /],
        ['currents', 'currents', 'column-currents', /^(into|from) column \d+.*: J = /],
      ])) {
        await page.select('#profile-view', view);
        for (const kind of ['svg', 'csv']) {
          const file = join(folder, `${option}.${kind}`);
          await promisify(execFile)(command(), ['run', LINK, '--until', String(UNTIL), `--${option}`, file]);
          const { name, bytes } = await taken(page, 'profile', kind);
          assert.equal(bytes.toString(), readFileSync(file, 'utf8'));
          assert.ok(name.endsWith(`-${ending}.${kind}`), name);
        }
        await page.focus('[data-plot="profile"] .probe');
        await page.keyboard.press('ArrowRight');
        await poll(page, 'what is read', (said) => new RegExp(said).test(document.querySelector('[data-plot="profile"] .readout')?.textContent ?? ''), { args: [said.source] });
        await screenshot(page, `${stand.kind.toLowerCase()}-columns-${view}`);
        await page.keyboard.press('Escape');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    assert.deepEqual(errors, []);
  });

  test('have sharp squares, and print colours whatever the page wears', async () => {
    const { page, errors } = await stand.visit(`?${LINK}&theme=dark`);
    await digestAt(page, LINK, UNTIL);
    const lattice = await taken(page, 'lattice', 'png');
    const [cell, edge] = [100, 10];
    assert.deepEqual(sizeOf(lattice.bytes), [12 * cell + 2 * edge, 12 * cell + 2 * edge]);
    const pluses = await page.evaluate(() => globalThis.uphill.lab.simulator.spins().reduce((sum, spin) => sum + spin, 0));
    const colours = await coloursOf(page, lattice.bytes);
    assert.equal(Object.keys(colours).length, 3, JSON.stringify(colours));
    assert.equal(colours['0,114,178'], pluses * cell * cell);
    assert.equal(colours['255,255,255'], (144 - pluses) * cell * cell);
    for (const what of ['integrated-current', 'running-mean', 'profile']) {
      const { bytes } = await taken(page, what, 'png');
      assert.deepEqual(sizeOf(bytes), [2160, 1080]);
      const seen = await coloursOf(page, bytes);
      assert.ok(seen['255,255,255'] > 1e6 && Object.keys(seen).length > 10, what);
    }
    const { bytes } = await taken(page, 'lattice', 'svg');
    assert.match(bytes.toString(), /<title>v=1&amp;L=12.*<\/title>.*fill="#0072b2"/s);
    assert.deepEqual(errors, []);
  });

  test('have both of two runs, and say that the link of a changed one does not hold', async () => {
    const { page, errors } = await stand.visit(`?${LINK}#compare=0.5`);
    await poll(page, 'two runs', () => Boolean(globalThis.uphill.lab?.second));
    await digestAt(page, LINK, 2000);
    await page.evaluate(() => globalThis.uphill.lab.simulator.paint(5, 5, 2, 1));
    for (const what of ['integrated-current', 'running-mean', 'profile']) {
      const { name, bytes } = await taken(page, what, 'csv');
      const text = bytes.toString();
      assert.match(name, new RegExp(`-altered-${what}\\.csv$`));
      assert.match(text, /^# run 1: link \?v=1&L=12&beta=0.8&m=0.9&seed=4$/m);
      assert.match(text, /^# run 1: painted by hand at t = 2000: not reproducible from this link$/m);
      assert.match(text, /^# run 2: link \?v=1&L=12&beta=0.8&m=0.5&seed=4$/m);
      const rows = text.split('\n').filter((line) => /^\d/.test(line));
      assert.ok(rows.some((row) => row.startsWith('2,')), text.slice(-300));
      assert.ok((await taken(page, what, 'svg')).bytes.toString().includes('>changed while running: not reproducible from its link</text>'));
    }
    const text = (await taken(page, 'lattice', 'text')).bytes.toString();
    assert.equal(text.split('\n').filter((line) => /^[+-]{12}$/.test(line)).length, 24);
    assert.match((await taken(page, 'lattice', 'svg')).bytes.toString(), /m=0.9&amp;seed=4 \(changed while running.*m=0.5&amp;seed=4<\/title>/);
    assert.deepEqual(sizeOf((await taken(page, 'lattice', 'png')).bytes), [(12 + 4 + 12) * 100 + 20, 1220]);
    assert.deepEqual(sizeOf((await taken(page, 'profile', 'png')).bytes), [2160, 2160]);
    assert.deepEqual(errors, []);
  });

  test('are reached and left by keys, and closed by what is done elsewhere', async () => {
    const { page, errors } = await stand.visit(`?${LINK}`);
    const list = '[data-plot="integrated"] .take';
    const open = () => page.$eval(list, (list) => /** @type {HTMLDetailsElement} */ (list).open);
    await page.focus(`${list} > summary`);
    await page.keyboard.press('Enter');
    assert.equal(await open(), true);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'PNG');
    await screenshot(page, `taking-${stand.kind}`);
    await page.keyboard.press('Escape');
    assert.equal(await open(), false);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Save: the integrated current');
    await page.keyboard.press('Enter');
    await page.focus('#play');
    assert.equal(await open(), false);
    await page.click(`${list} > summary`);
    await page.click('.claim');
    assert.equal(await open(), false);
    assert.deepEqual(errors, []);
  });

  test('are to be had through a frame as well: the plot as SVG', async () => {
    const host = await otherHost();
    try {
      const { page, errors } = await openHost(stand, host, hostPage(`<iframe src="${stand.url}?embed=plot&${LINK}" width="640" height="360"></iframe>`));
      const frame = await frameOf(page, 'embed=plot');
      await poll(frame, 'the run', () => globalThis.uphill?.lab?.simulator.time > 100);
      const text = await page.evaluate(() => new Promise((resolve) => {
        addEventListener('message', ({ data }) => {
          if (data.type === 'picture') (data.ok ? data.value.text() : Promise.resolve(data.error)).then(resolve);
        });
        // Asked again as long as the frame is not ready.
        const ask = () => frames[0].postMessage({ uphill: 1, type: 'picture', format: 'svg', id: 1 }, '*');
        addEventListener('message', ({ data }) => { if (data.event === 'ready') ask(); });
        frames[0].postMessage({ uphill: 1, type: 'hello' }, '*');
      }));
      assert.match(String(text), /^<svg .*<title>engine .*L=12&amp;beta=0.8.*<polyline /s);
      assert.deepEqual(errors(), []);
    } finally {
      await host.close();
    }
  });
});
