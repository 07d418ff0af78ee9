// What the first view costs a visitor: all that it loads, compressed as a host would, and nothing
// beyond that before the figures are asked for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { inBothBrowsers, poll } from './browser.js';
import { enter, openMore, press, runsOn } from './person.js';

/** What all of it may weigh, in bytes. */
const MOST = 250_000;

const SITE = new URL('../../dist/', import.meta.url);

/** What was sent since the last visit, by its name within the site. @type {Map<string, Buffer | string>} */
const sent = new Map();

inBothBrowsers(
  'The first view',
  (stand) => {
    /** Opens the plain address, and returns the names of all that it loads. */
    const open = async () => {
      sent.clear();
      const { page, errors } = await stand.visit();
      await runsOn(page, errors);
      await sleep(2000);
      return { page, errors, loaded: [...sent.keys()].sort() };
    };

    test(`weighs at most ${MOST / 1000} kB`, async (t) => {
      await open();
      // Without a window a browser may leave the icon out.
      sent.set('icon.svg', readFileSync(new URL('icon.svg', SITE)));
      const sizes = [...sent]
        .map(([name, body]) => ({ name, size: gzipSync(body, { level: 9 }).length }))
        .sort((a, b) => b.size - a.size);
      const total = sizes.reduce((sum, { size }) => sum + size, 0);
      const list = sizes.map(({ name, size }) => `${size} ${name}`).join(', ');
      t.diagnostic(`${total} bytes: ${list}`);
      assert.ok(total <= MOST, `${total} bytes, of at most ${MOST}: ${list}`);
    });

    test('names in index.html all that it needs, so that nothing waits for another', async () => {
      const { loaded } = await open();
      const page = readFileSync(new URL('index.html', SITE), 'utf8');
      const named = [...page.matchAll(/<(?:link|script)\b[^>]*\b(?:href|src)="([^"]+)"/g)];
      const known = new Set(['index.html', 'icon.svg', ...named.map(([, name]) => name)]);
      assert.deepEqual([...known].sort(), [...new Set([...loaded, 'icon.svg'])].sort());
    });

    test('loads nothing more until the figures are asked for', async () => {
      const { page, errors, loaded } = await open();
      await openMore(page);
      await press(page, 'm-slider', 'ArrowLeft', 3);
      await enter(page, 'size-lx', '64');
      await page.click('#compare');
      await page.select('#theme', 'dark');
      await page.click('#view-gas');
      await runsOn(page, errors);
      await sleep(1000);
      assert.deepEqual([...sent.keys()].sort(), loaded);
      await page.click('#to-figures');
      await poll(page, 'a scan to be open', () => Boolean(globalThis.uphill.figures?.scan), {
        within: 20_000,
        errors,
      });
      assert.ok(sent.has('engine/uphill_bg.wasm'), 'the whole engine was not fetched');
      assert.deepEqual(errors, []);
    });
  },
  { served: (name, body) => sent.set(name, body) },
);
