// The site's copy: it opens without a connection, and gives way to a new version when the person
// asks for it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { launch, poll, visit } from './browser.js';
import { runsOn } from './person.js';
import { serveSite } from './server.js';

/** @typedef {import('puppeteer-core').Page} Page */

const SITE = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Waits until a copy is kept. @param {Page} page */
const isKept = (page) => poll(page, 'a copy to be kept', () =>
  /A copy of it is kept/.test(document.getElementById('offline-state')?.textContent ?? ''));

/** The versions that are kept. @param {Page} page */
const versions = (page) => page.evaluate(async () =>
  (await caches.keys()).map((name) => name.split(' ').pop()).sort());

/** Publishes another version in place of the one in a folder. @param {string} folder */
function publish(folder) {
  const [page, list] = ['index.html', 'site-files.js'].map((name) => join(folder, name));
  const html = readFileSync(page, 'utf8').replace('<h1>Uphill</h1>', '<h1>Uphill, again</h1>');
  writeFileSync(page, html);
  const digest = `sha256-${createHash('sha256').update(html).digest('base64')}`;
  writeFileSync(list, readFileSync(list, 'utf8')
    .replace(/("version": ")[^"]+/, '$1another')
    .replace(/("index.html": ")[^"]+/, `$1${digest}`));
}

for (const kind of /** @type {const} */ (['Chromium', 'Firefox'])) {
  describe(`The site's copy, in ${kind}`, () => {
    /** @type {import('puppeteer-core').Browser} */
    let browser;
    /** @type {import('./server.js').Host} */
    let host;
    /** @type {string} */
    let folder;
    /** Whether the host answers. */
    let up = true;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'uphill-site-'));
      cpSync(SITE, folder, { recursive: true });
      host = await serveSite({
        folder,
        served: () => {
          if (!up) throw new Error('the host is down');
        },
      });
      browser = await launch(kind);
    });
    after(async () => {
      await browser?.close();
      await host?.close();
      rmSync(folder, { recursive: true, force: true });
    });
    /** @param {string} [address] */
    const open = async (address = '') => visit(await browser.newPage(), host.url + address, { offline: true });

    test('is kept, opens while the host is down, and has every part', async () => {
      const first = await open();
      await isKept(first.page);
      assert.equal((await versions(first.page)).length, 1);
      assert.deepEqual(first.errors, []);
      await first.page.close();
      up = false;
      try {
        const { page, errors } = await open('?m=0.998&seed=4');
        await runsOn(page, errors);
        await page.click('#to-figures');
        await poll(page, 'the figures', () => Boolean(globalThis.uphill.figures?.scan));
        await page.click('#scan-run');
        await poll(page, 'a worker at work', () => Number(globalThis.uphill.figures.scan?.progress().events) > 0);
        await page.click('#to-tour');
        await poll(page, 'the tour', () => /#tour=1/.test(location.hash));
        // Asking for a new version is the browser's own, and fails while the host is down.
        assert.deepEqual(errors.filter((error) => !/service-worker/.test(error)), []);
        await page.close();
      } finally {
        up = true;
      }
    });

    test('has the files of the site\'s list and nothing else', async () => {
      const { page, errors } = await open('?m=0.998&seed=4');
      await isKept(page);
      const listed = Object.keys(JSON.parse(readFileSync(join(folder, 'site-files.js'), 'utf8').replace(/^.*\n.*?= /, '').replace(/;\s*$/, '')).files);
      writeFileSync(join(folder, 'later.txt'), 'no file of the list');
      const answers = await page.evaluate(async () => {
        const status = async (/** @type {string} */ url, /** @type {RequestInit} */ init = {}) => (await fetch(url, init)).status;
        return [
          await status('style.css?tracked=1'),
          await status('later.txt'),
          await status('style.css', { headers: { Range: 'bytes=0-9' } }),
          await status('js/main.js', { mode: 'no-cors' }),
          await status('validation.html'),
        ];
      });
      assert.ok(answers.every((status) => status === 200 || status === 206), answers.join());
      const kept = await page.evaluate(async () => {
        const [name] = await caches.keys();
        return (await (await caches.open(name)).keys()).map(({ url }) => url);
      });
      const expected = listed.map((name) => new URL(name === 'index.html' ? './' : name, host.url).href);
      assert.deepEqual(kept.sort(), expected.sort());
      assert.deepEqual(errors, []);
      await page.close();
    });

    test('gives way to a new version when the person reloads for it, and is purged', async () => {
      const { page, errors } = await open('?seed=4');
      await isKept(page);
      // What a worker of long ago has kept, what was left of a keeping that was broken off, and what is of others.
      const others = await page.evaluate(async () => {
        const scope = new URL('./', location.href.split('?')[0]).href;
        const caching = [`uphill ${scope} older`, `uphill ${scope} another`, 'uphill https://example.org/ older', 'of another site'];
        for (const name of caching) await (await caches.open(name)).put('stray.txt', new Response(name));
        return caching.slice(2);
      });
      publish(folder);
      assert.equal(await page.$eval('h1', (title) => title.textContent), 'Uphill');
      // When the person turns to something else, the page asks for a new version.
      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await poll(page, 'the new version to be offered', () => {
        const go = [...document.querySelectorAll('#notices button')].find((button) => button.textContent === 'Reload');
        if (go instanceof HTMLElement) go.click();
        return Boolean(go);
      });
      await poll(page, 'the new version', () => document.querySelector('h1')?.textContent === 'Uphill, again');
      const kept = await poll(page, 'the older ones to be erased', async (others) => {
        const names = (await caches.keys()).filter((name) => !others.includes(name));
        return names.length === 1 && names[0];
      }, { args: [others] });
      assert.match(kept, / another$/);
      await poll(page, 'what was left over to be erased', async (kept) => !await (await caches.open(kept)).match('stray.txt'), { args: [kept] });
      assert.deepEqual(await page.evaluate(async (others) => {
        const texts = others.map(async (name) => (await (await caches.open(name)).match('stray.txt'))?.text());
        return Promise.all(texts);
      }, others), others);
      assert.match(page.url(), /[?&]seed=4/);
      await poll(page, 'the run', () => Number(globalThis.uphill?.lab?.simulator.events) > 0);
      assert.deepEqual(errors, []);
    });
  });
}
