// The page as a single file: from a disk, in a frame of no origin, saved with a run, and damaged.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { inAllBrowsers, poll, screenshot } from './browser.js';
import { digestAt } from './person.js';
import { serveSite } from './server.js';
import { runInTerminal } from './terminal.js';

const FILE = new URL('../../dist/uphill.html', import.meta.url);
/** What mail and supplements take, in bytes. */
const LARGEST = 650_000;
const SCAN = 'exp=current&L=8&beta=0.6&ms=0.5,0.8&err=0.01&relax=200&cap=20000&reps=2&seed=1';
const RUN = /<meta name="uphill-run" content="[^"]*">/;
/** What the tests' own host has put into a page for WebKit. */
const PREPARED = '<script src="prepared.js"></script>';

/** Runs in the page: keeps what it offers as files. */
function keepSaved() {
  if ('saved' in globalThis) return;
  const make = URL.createObjectURL;
  Object.assign(globalThis, { saved: [] });
  URL.createObjectURL = (/** @type {Blob} */ blob) => {
    if (blob.type === 'text/html') /** @type {any} */ (globalThis).saved.push(blob);
    return make.call(URL, blob);
  };
}

/** What the page has saved last. @param {import('puppeteer-core').Page} page */
async function saved(page) {
  await page.evaluate(keepSaved);
  await page.click('#save-page');
  await poll(page, 'the file', () => /** @type {any} */ (globalThis).saved.length > 0);
  return page.evaluate(() => /** @type {Blob} */ (/** @type {any} */ (globalThis).saved.pop()).text());
}

/** The result of a scan, when it has ended. @param {import('puppeteer-core').Page | import('puppeteer-core').Frame} page @param {string[]} errors */
async function resultOf(page, errors) {
  await poll(/** @type {any} */ (page), 'the scan', () => Boolean(globalThis.uphill?.figures?.scan), { errors });
  await page.click('#scan-run');
  await poll(/** @type {any} */ (page), 'its end', () => globalThis.uphill.figures.scan?.progress().complete, { errors });
  return page.evaluate(() => globalThis.uphill.figures.scan?.json());
}

inAllBrowsers('the single file', (stand) => {
  /** @type {string} */
  let folder;
  before(async () => { folder = await mkdtemp(join(tmpdir(), 'uphill-')); });
  after(() => rm(folder, { recursive: true }));

  /** Writes a file as somebody gets it, and returns its address. @param {string} name @param {string} text */
  async function onDisk(name, text) {
    await writeFile(join(folder, name), text);
    return pathToFileURL(join(folder, name)).href;
  }

  test('is small, plain ASCII, and asks no host for anything', async () => {
    const text = await readFile(FILE, 'utf8');
    assert.ok(text.length < LARGEST, `${text.length} bytes`);
    assert.match(text, /^[\n\x20-\x7e\u2026]*$/);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'sha256-[^']+' blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src blob:;/);
    assert.doesNotMatch(policy, /https?:|\*|'self'|'unsafe-eval'/);
  });

  test('runs from a disk as the site does, to the last bit', async () => {
    const disk = await stand.visit(`${FILE.href}?seed=1`);
    for (const query of ['L=16&m=0.9&seed=4&dyn=metropolis', 'L=16&m=0.9&seed=4']) {
      assert.equal(await digestAt(disk.page, query, 300), (await runInTerminal(query, 300)).digest, query);
    }
    await poll(disk.page, 'the address to have the run', () => location.search.includes('seed=4'));
    assert.equal(await disk.page.$eval('#validation-line', (line) => line.getClientRects().length), 0);
    await screenshot(disk.page, `${stand.kind.toLowerCase()}-single-file`);
    assert.deepEqual(disk.errors, []);
  });

  test('scans from a disk as the site does', async () => {
    const site = await stand.visit(`?${SCAN}`, { started: false });
    const expected = await resultOf(site.page, site.errors);
    const disk = await stand.visit(`${FILE.href}?${SCAN}`, { started: false });
    assert.equal(await resultOf(disk.page, disk.errors), expected);
    assert.deepEqual(disk.errors, []);
  });

  test('has the tour, the keys, the help and the list of what is kept', async () => {
    const { page, errors } = await stand.visit(`${FILE.href}?m=0.999&seed=1#tour=2`);
    await poll(page, 'the tour', () => document.querySelector('#lab.touring h2, #lab.touring h3')?.textContent);
    await page.keyboard.press('Escape');
    await page.click('#embed');
    const snippet = await poll(page, 'the snippet', () => /** @type {HTMLTextAreaElement} */ (document.getElementById('embed-snippet')).value);
    assert.ok(snippet.includes(`src="${FILE.href}?embed=lab&amp;`), snippet);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await poll(page, 'the keys', () => Boolean(document.querySelector('dialog[open]')));
    await page.keyboard.press('Escape');
    await page.$eval('#kept', (kept) => { /** @type {HTMLDetailsElement} */ (kept).open = true; });
    await poll(page, 'what is kept', () => document.querySelector('#kept table, #kept-words:not(:empty)')?.textContent);
    assert.deepEqual(errors, []);
  });

  test('is saved with the run in front of the person, again and again', async () => {
    const original = await readFile(FILE, 'utf8');
    const { page, errors } = await stand.visit('?m=0.998&seed=5&L=20');
    const first = await saved(page);
    assert.deepEqual(errors, []);
    assert.equal(first.replace(RUN, '').replace(PREPARED, ''), original.replace(RUN, ''));
    const address = await onDisk('first.html', first);
    const opened = await stand.visit(address);
    const link = () => opened.page.evaluate(() => globalThis.uphill.lab.simulator.link());
    assert.match(await link(), /L=20&.*m=0\.998&seed=5$/);
    // The copy of a copy has another run, and nothing else has changed.
    await opened.page.evaluate(() => globalThis.uphill.lab.restart('L=24&m=0.9&seed=6'));
    await poll(opened.page, 'the new run', () => location.search.includes('seed=6'));
    const second = await saved(opened.page);
    assert.equal(second.replace(RUN, '').replace(PREPARED, '').replace(/\s+/g, ''), original.replace(RUN, '').replace(/\s+/g, ''));
    assert.deepEqual(opened.errors, []);
    const again = await stand.visit(await onDisk('second.html', second));
    assert.match(await again.page.evaluate(() => globalThis.uphill.lab.simulator.link()), /L=24&.*seed=6$/);
    // A link of its own comes first, and a level of a frame is no run.
    const other = await stand.visit(`${address}?L=12&m=0.9&seed=7`);
    assert.match(await other.page.evaluate(() => globalThis.uphill.lab.simulator.link()), /L=12&.*seed=7$/);
    const bare = await stand.visit(`${address}?embed=lab`);
    assert.match(await bare.page.evaluate(() => globalThis.uphill.lab.simulator.link()), /seed=5$/);
    assert.equal(await bare.page.evaluate(() => document.documentElement.dataset.embed), 'lab');
  });

  test('is saved with a figure', async () => {
    const { page } = await stand.visit(`?${SCAN}`, { started: false });
    await poll(page, 'the figure', () => Boolean(globalThis.uphill?.figures?.scan));
    const disk = await stand.visit(await onDisk('figure.html', await saved(page)), { started: false });
    const scan = await poll(disk.page, 'the figure', () => globalThis.uphill?.figures?.scan?.link);
    assert.match(scan, /exp=current.*ms=0\.5,0\.8/);
    assert.deepEqual(disk.errors, []);
  });

  test('runs and scans in a frame of no origin, as a supplement may show it', async () => {
    /** @type {Record<string, string>} */
    const pages = {};
    const host = await serveSite({ pages });
    try {
      const { page, errors: all } = await stand.visit('icon.svg', { started: false });
      pages['host.html'] = `<!doctype html><meta charset="utf-8"><title>supplement</title><link rel="icon" href="data:,"><iframe src="${stand.url}uphill.html?${SCAN.replaceAll('&', '&amp;')}" sandbox="allow-scripts" width="900" height="600"></iframe>`;
      await page.goto(`${host.url}host.html`);
      const frame = page.frames()[1];
      const result = JSON.parse(await resultOf(frame, all) ?? '{}');
      assert.equal(result.complete, true);
      assert.deepEqual(all.filter((error) => !/favicon|status of 404/.test(error)), []);
    } finally {
      await host.close();
    }
  });

  test('says so when it is damaged or cut short', async () => {
    const text = await readFile(FILE, 'utf8');
    const middle = Math.floor(text.length / 2);
    const end = text.lastIndexOf('</script>', text.lastIndexOf('<script>')) - 3000;
    for (const place of [middle, end]) {
      const changed = text[place] === 'A' ? 'B' : 'A';
      const damaged = text.slice(0, place) + changed + text.slice(place + 1);
      const { page } = await stand.visit(await onDisk('damaged.html', damaged), { started: false });
      await poll(page, 'a word about it', () => /did not unpack \(.*\)\. If it was cut short/.test(document.body.innerText));
    }
    const { page } = await stand.visit(await onDisk('cut.html', text.slice(0, middle)), { started: false });
    assert.match(await page.evaluate(() => document.body.innerText), /If this line stays, the file is incomplete/);
  });
});
