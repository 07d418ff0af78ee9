// The page starts soon, in a browser that has never seen it: first paint within 300 ms, a lattice
// that moves within 700 ms of navigation from a host on this machine.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { launch, poll } from './browser.js';
import { serveSite } from './server.js';

const FIRST_PAINT_MS = 300;
const MOVING_MS = 700;
/** What the Core Web Vitals call good, of the cumulative layout shift. */
const SHIFT = 0.1;
/** Loads whose median counts. */
const LOADS = 5;

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs before the page's own scripts: notes when the lattice has moved and is drawn. */
function watch() {
  const look = () => {
    // Frames come before the page's own: what this one sees has been drawn in the frame before.
    if ((globalThis.uphill?.lab?.simulator.events ?? 0) > 0) performance.mark('moving');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

describe('The start of the page, in Chromium', () => {
  /** @type {import('puppeteer-core').Browser} */
  let browser;
  /** @type {import('./server.js').Host} */
  let host;
  before(async () => {
    host = await serveSite();
    browser = await launch('Chromium');
  });
  after(async () => {
    await browser?.close();
    await host?.close();
  });

  test(`paints within ${FIRST_PAINT_MS} ms and moves within ${MOVING_MS} ms`, async (t) => {
    const paints = [];
    const moves = [];
    for (let load = 0; load < LOADS; load += 1) {
      // A context of its own has an empty cache.
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 1280, height: 720 });
      await page.evaluateOnNewDocument(watch);
      await page.goto(host.url, { waitUntil: 'load' });
      const { paint, moving } = await poll(page, 'the lattice to move', () => {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        const [moving] = performance.getEntriesByName('moving');
        return paint && moving && { paint: paint.startTime, moving: moving.startTime };
      });
      paints.push(Math.round(paint));
      moves.push(Math.round(moving));
      await context.close();
    }
    t.diagnostic(`first paint after ${paints} ms, a moving lattice after ${moves} ms`);
    assert.ok(median(paints) <= FIRST_PAINT_MS, `first paint after ${paints} ms`);
    assert.ok(median(moves) <= MOVING_MS, `a moving lattice after ${moves} ms`);
  });

  for (const [width, height] of [[1280, 720], [390, 844]]) {
    test(`nothing jumps as it starts, at ${width}×${height}`, async (t) => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width, height });
      await page.goto(`${host.url}?seed=1&L=24`, { waitUntil: 'load' });
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
      await context.close();
      t.diagnostic(`cumulative layout shift ${shift}`);
      assert.ok(Number(shift) < SHIFT, `cumulative layout shift ${shift}`);
    });
  }
});
