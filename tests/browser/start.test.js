// The page starts soon: it is painted when no script has come yet, and moves as soon as what
// index.html names has come; and nothing jumps meanwhile. How long that takes on a machine
// `./build.sh measure` tells.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { inBrowsers, poll } from './browser.js';
import { runsOn } from './person.js';

/** What the Core Web Vitals call good, of the cumulative layout shift. */
const SHIFT = 0.1;

/** What index.html names, early or late, and itself. */
const NAMED = new Set(['index.html', ...[...readFileSync(new URL('../../dist/index.html', import.meta.url), 'utf8')
  .matchAll(/(?:href|src)="([^":?#]+\.(?:css|js|svg|wasm))"/g)].map(([, name]) => name)]);

/** Which files the host holds back, and until when. */
let isHeld = (/** @type {string} */ _name) => false;
let release = () => {};
let released = Promise.resolve();

/** Has the host hold files back. @param {(name: string) => boolean} which */
function holdBack(which) {
  isHeld = which;
  released = new Promise((resolve) => {
    release = () => {
      isHeld = () => false;
      resolve();
    };
  });
}

inBrowsers(
  ['Chromium', 'Firefox'],
  'The start of the page',
  (stand) => {
    test('is painted while no script has come', async () => {
      holdBack((name) => /\.(js|wasm)$/.test(name));
      try {
        const { page, errors } = await stand.visit('', { started: false, loaded: 'not awaited' });
        await poll(page, 'a first paint', () => performance.getEntriesByName('first-contentful-paint').length > 0, { errors });
        assert.match(await page.evaluate(() => document.body.innerText), /Uphill.*Starting the engine/s);
        release();
        await poll(page, 'the first run', () => Boolean(globalThis.uphill?.lab?.simulator), { errors });
        await runsOn(page, errors);
        assert.deepEqual(errors, []);
      } finally {
        release();
      }
    });

    test('moves while nothing has come but what index.html names', async () => {
      assert.ok(NAMED.size > 10, [...NAMED].join());
      holdBack((name) => !NAMED.has(name));
      try {
        const { page, errors } = await stand.visit();
        await runsOn(page, errors);
        assert.deepEqual(errors, []);
      } finally {
        release();
      }
    });
  },
  { served: (name) => (isHeld(name) ? released : undefined) },
);

inBrowsers(['Chromium'], 'The start', (stand) => {
  for (const [width, height] of [[1280, 720], [390, 844]]) {
    test(`does not jump at ${width}×${height}`, async (t) => {
      const { page } = await stand.visit('?seed=1&L=24', { viewport: { width, height }, frames: 'all' });
      await poll(page, 'the lattice to be drawn', () => document.getElementById('lattice')?.style.width !== '');
      const shift = await page.evaluate(async () => {
        for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame);
        return new Promise((done) => {
          new PerformanceObserver((list) => {
            const shifts = /** @type {(PerformanceEntry & {value: number})[]} */ (list.getEntries());
            done(shifts.reduce((sum, { value }) => sum + value, 0));
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(done, 1000, 0);
        });
      });
      t.diagnostic(`cumulative layout shift ${shift}`);
      assert.ok(Number(shift) < SHIFT, `cumulative layout shift ${shift}`);
    });
  }
});
