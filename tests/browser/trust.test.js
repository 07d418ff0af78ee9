// What a person can trust the page in: nothing comes from elsewhere, what is kept is listed and
// can be erased, and what released versions have written opens.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inBothBrowsers, poll, screenshot } from './browser.js';
import { sticksOut, text } from './person.js';
import { complete, opened, SHORT, visitScan } from './scans.js';

const VIEWS = ['?seed=1', '?m=0.999&seed=1#tour=1', '?m=0.999&seed=1#compare=0.9995', SHORT, '?seed=2#about', 'validation.html'];
const OLD = new URL('../old/', import.meta.url);

/** The one policy; a test that has to change it has to say why. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  // The text of a plot is measured in an element with a style.
  'style-src-attr': ["'unsafe-inline'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

inBothBrowsers('Trust', (stand) => {
  test('in a policy as strict as can be', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    const policy = await page.evaluate(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '');
    const directives = Object.fromEntries(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...sources]) => [name, sources]));
    for (const [name, sources] of Object.entries(POLICY)) assert.deepEqual(directives[name], sources, name);
    for (const [name, sources] of Object.entries(directives)) {
      if (!(name in POLICY)) assert.ok(sources.every((/** @type {string} */ source) => ["'self'", "'none'", 'blob:'].includes(source)), `${name} ${sources}`);
    }
    // No script stands in the page itself.
    assert.deepEqual(await page.evaluate(() => [...document.scripts].filter(({ src }) => !src).map(({ outerHTML }) => outerHTML)), []);
    // And the policy holds: what it forbids is refused.
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.harmed = 1';
      document.head.append(script);
      return 'harmed' in globalThis;
    });
    assert.equal(ran, false);
    for (let wait = 0; wait < 50 && errors.length === 0; wait += 1) await sleep(100);
    assert.ok(errors.some((error) => /script-src|Content.Security.Policy/.test(error)), errors.join());
  });

  test('that nothing is asked of another host, in any view', async () => {
    const { page, errors } = await stand.visit('?seed=1', { tab: 'own' });
    /** @type {string[]} */
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const address of VIEWS) {
      // Another fragment alone loads nothing.
      await page.goto('about:blank');
      asked.length = 0;
      await page.goto(stand.url + address, { waitUntil: 'load' });
      if (address === SHORT) {
        await opened(page, errors);
        await complete(page, errors);
      }
      // What is left while it loads breaks off, which is no failure of the page.
      if (address.includes('seed=') && address !== SHORT) await poll(page, 'the run', () => Boolean(globalThis.uphill?.lab?.simulator), { errors });
      if (address.includes('#tour')) await poll(page, 'the tour', () => Boolean(document.querySelector('#to-tour[aria-current]')), { errors });
      await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 200); }));
      const own = new URL(stand.url).origin;
      assert.ok(asked.length > 0, address);
      assert.deepEqual(asked.filter((url) => !url.startsWith(own) && !url.startsWith('data:') && !url.startsWith(`blob:${own}`)), [], address);
      assert.deepEqual(await page.evaluate(() => document.cookie), '');
      assert.deepEqual(errors, []);
    }
  });

  test('in what is kept: it is listed and can be erased', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    await complete(page, errors);
    await poll(page, 'it to be saved', () => globalThis.uphill.figures.runner.saved > 0);
    await page.select('#theme', 'dark');
    // A neighbour on the same host, whose things are none of ours.
    await page.evaluate(() => localStorage.setItem('neighbour', 'mine'));
    await page.click('#kept > summary');
    const rows = await poll(page, 'the list', () => {
      const shown = document.getElementById('kept-rows')?.innerText ?? '';
      return /colours/.test(shown) && /scans/.test(shown) && shown;
    });
    assert.match(rows, /IndexedDB: uphill.*\d [kM]B, \d+ entries/s);
    assert.doesNotMatch(rows, /neighbour|NaN/);
    await page.evaluate(() => document.getElementById('erase')?.scrollIntoView({ block: 'end' }));
    await screenshot(page, `kept-${stand.kind}`);
    await page.setViewport({ width: 390, height: 720 });
    assert.deepEqual(await sticksOut(page), []);
    const right = await page.evaluate(() => Math.max(...[...document.querySelectorAll('#kept-rows td')].map((cell) => cell.getBoundingClientRect().right)));
    assert.ok(right <= 390, `cut off at ${right}`);
    await page.evaluate(() => document.getElementById('erase')?.scrollIntoView({ block: 'end' }));
    await screenshot(page, `kept-narrow-${stand.kind}`);
    await page.click('#erase');
    await poll(page, 'it to be erased', () => /Erased.*Nothing is kept/.test(document.getElementById('kept-words')?.innerText ?? ''));
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ['neighbour']);
    await page.evaluate(() => localStorage.removeItem('neighbour'));
    await page.reload({ waitUntil: 'load' });
    await opened(page, errors);
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.state), 'ready');
    assert.deepEqual(errors, []);
  });

  test('in a browser that keeps nothing: the page says so', async () => {
    const { page, errors } = await stand.visit('?seed=1', {
      prepare: () => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
          Object.defineProperty(globalThis, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
        }
      },
    });
    await page.click('#kept > summary');
    const words = await poll(page, 'a word about it', () => /Nothing/.test(document.getElementById('kept-words')?.innerText ?? '') && document.getElementById('kept-words')?.innerText);
    for (const name of ['localStorage', 'sessionStorage', 'IndexedDB', 'Cache']) assert.match(words, new RegExp(`no ${name} \\(denied\\)`));
    assert.deepEqual(errors, []);
  });

  test('that results of every released version open when they are dropped', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    for (const version of readdirSync(OLD)) {
      for (const name of readdirSync(new URL(`${version}/`, OLD)).filter((each) => each.endsWith('.json'))) {
        const content = readFileSync(new URL(`${version}/${name}`, OLD), 'utf8');
        const link = JSON.parse(content).link;
        await page.evaluate((content, name) => {
          const data = new DataTransfer();
          data.items.add(new File([content], name, { type: 'application/json' }));
          document.getElementById('figures')?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        }, content, name);
        await poll(page, `${version}/${name} to be open`, (link) => globalThis.uphill.figures.runner?.link === link, { args: [link], errors });
        await poll(page, `the table of ${version}/${name}`, () => Number(document.querySelectorAll('#results tbody tr').length) > 0);
        assert.doesNotMatch(await text(page, 'figures'), /NaN|undefined|Infinity/, name);
        assert.equal(await text(page, 'result-file-notice'), '');
      }
    }
    assert.deepEqual(errors, []);
  });
});
