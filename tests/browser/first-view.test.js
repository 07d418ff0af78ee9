// What the first view costs a visitor: all that it loads, compressed as a host would, and nothing
// beyond that before the figures are asked for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { inBothBrowsers, poll } from './browser.js';
import { enter, openMore, press, runsOn } from './person.js';

/** What all of it may weigh, in bytes, and what comes once a person is there, for the foot of a printed page. */
const MOST = 225_000;
const FOOT = 12_000;

const SITE = new URL('../../dist/', import.meta.url);

/** What was sent since the last visit, by its name within the site. @type {Map<string, Buffer | string>} */
const sent = new Map();
/** The name of what the host does not find for now. */
let lost = '';

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

    test(`weighs at most ${MOST / 1000} kB, and is named in index.html: nothing waits for another`, async (t) => {
      const { loaded } = await open();
      // Without a window a browser may leave the icon out.
      sent.set('icon.svg', readFileSync(new URL('icon.svg', SITE)));
      const sizes = [...sent]
        .map(([name, body]) => ({ name, size: gzipSync(body, { level: 9 }).length }))
        .sort((a, b) => b.size - a.size);
      const total = sizes.reduce((sum, { size }) => sum + size, 0);
      const list = sizes.map(({ name, size }) => `${size} ${name}`).join(', ');
      t.diagnostic(`${total} bytes: ${list}`);
      assert.ok(total <= MOST, `${total} bytes, of at most ${MOST}: ${list}`);
      const page = readFileSync(new URL('index.html', SITE), 'utf8');
      // For a home screen; Firefox shows that icon in its tabs, too.
      const shown = page.replaceAll(/<link rel="(?:manifest|apple-touch-icon)"[^>]*>/g, '');
      const named = [...shown.matchAll(/<(?:link|script)\b[^>]*\b(?:href|src)="([^"]+)"/g)];
      const known = new Set(['index.html', 'icon.svg', ...named.map(([, name]) => name)]);
      assert.deepEqual([...known].sort(), [...new Set([...loaded.filter((name) => !/^icon-|^manifest\./.test(name)), 'icon.svg'])].sort());
    });

    test('is all that is loaded until the figures are asked for, but for the foot of printed pages', async () => {
      const { page, errors, loaded } = await open();
      await openMore(page);
      await press(page, 'm-slider', 'ArrowLeft', 3);
      await enter(page, 'size-lx', '64');
      await page.click('#compare');
      await page.select('#theme', 'dark');
      await page.click('#view-gas');
      await runsOn(page, errors);
      await sleep(1000);
      const besides = [...sent].filter(([name]) => !loaded.includes(name));
      const names = besides.map(([name]) => name);
      assert.ok(names.some((name) => name.startsWith('js/print-foot-')), names.join());
      assert.deepEqual(names.filter((name) => !/^js\/(print-foot|altered-run|chunk|share|figures)-\w+\.js$/.test(name)), []);
      const weight = besides.reduce((sum, [, body]) => sum + gzipSync(body, { level: 9 }).length, 0);
      assert.ok(weight <= FOOT, `${weight} bytes: ${names.join()}`);
      await page.click('#to-figures');
      await poll(page, 'a scan to be open', () => Boolean(globalThis.uphill.figures?.scan), {
        errors,
      });
      assert.ok(sent.has('engine/uphill_bg.wasm'), 'the whole engine was not fetched');
      assert.deepEqual(errors, []);
    });

    test('stays, and says so, when the figures do not come; they do when asked again', async () => {
      const { page } = await open();
      lost = 'engine/uphill_bg.wasm';
      await page.click('#to-figures');
      await poll(page, 'a word about it', () =>
        /figures could not be fetched.*404/s.test(document.getElementById('notices')?.innerText ?? ''),
      );
      await runsOn(page);
      lost = '';
      await page.click('#to-figures');
      await poll(page, 'a scan to be open', () => Boolean(globalThis.uphill.figures?.scan));
    });
  },
  {
    served: (name, body) => {
      if (name === lost) throw new Error(`${name} is lost for the test`);
      sent.set(name, body);
    },
  },
);
