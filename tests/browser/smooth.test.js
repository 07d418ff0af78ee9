// The page stays smooth: no task of its main thread takes more than 50 ms, at the default size and
// at the largest, left alone and while somebody changes one parameter after the other. Firefox does
// not report long tasks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inChromium } from './browser.js';
import { enter, openMore, press } from './person.js';

/** @typedef {import('puppeteer-core').Page} Page */

const SECONDS = 3;

/** Changes of parameters at L = 512: how many, and how far apart. */
const CHANGES = process.env.UPHILL_LONG ? 30 : 8;
const APART_MS = process.env.UPHILL_LONG ? 2000 : 1000;

/** What a person may change, in turns. @type {((page: Page, time: number) => Promise<unknown>)[]} */
const HANDS = [
  (page) => press(page, 'm-slider', 'ArrowLeft', 5),
  (page) => press(page, 'beta-slider', 'ArrowLeft', 5),
  (page, time) => enter(page, 'm-field', String(0.999 - time / 1000)),
  (page) => page.click('#reset'),
  (page, time) => page.select('#initial', time % 2 === 0 ? 'random' : 'step'),
  (page, time) => page.select('#boundary', time % 2 === 0 ? 'shifted' : 'fixed'),
  (page, time) => enter(page, 'seed', String(time)),
  (page) => page.click('#measure-afresh'),
];

/** Begins to note the page's long tasks. @param {Page} page */
function watch(page) {
  return page.evaluate(() => {
    globalThis.handedOver = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        globalThis.handedOver.push(duration.toFixed(0));
      }
    }).observe({ type: 'longtask' });
  });
}

/**
 * The long tasks while something goes on, in ms. Another process may take the processor in the
 * middle of a task of ours. It does not do so in every one of three windows; a page that is too
 * slow is so in all of them.
 *
 * @param {Page} page
 * @param {() => Promise<unknown>} goesOn
 */
async function windowsOf(page, goesOn) {
  const windows = [];
  do {
    await goesOn();
    windows.push(await page.evaluate(() => globalThis.handedOver.splice(0)));
  } while (windows[windows.length - 1].length > 0 && windows.length < 3);
  return windows;
}

inChromium('The page', (stand) => {
  for (const size of [40, 512]) {
    test(`has no task over 50 ms at L = ${size}`, async (t) => {
      const { page } = await stand.visit(`?L=${size}&seed=1`);
      await sleep(3000);
      await watch(page);
      const windows = await windowsOf(page, () => sleep(1000 * SECONDS));
      t.diagnostic(`L = ${size}: ms of long tasks, ${SECONDS} s each: ${JSON.stringify(windows)}`);
      assert.deepEqual(windows[windows.length - 1], []);
    });
  }

  test(`has none at L = 512 while ${CHANGES} parameters change`, async (t) => {
    const { page } = await stand.visit('?L=512&seed=1');
    await openMore(page);
    await sleep(2000);
    await watch(page);
    const frames = page.evaluate(framesPerSecond, (CHANGES * APART_MS) / 1000);
    const windows = await windowsOf(page, async () => {
      for (let time = 0; time < CHANGES; time += 1) {
        const [began, hand] = [performance.now(), HANDS[time % HANDS.length]];
        await hand(page, time);
        await sleep(Math.max(0, APART_MS - (performance.now() - began)));
      }
    });
    const { lx, playing } = await page.evaluate(() => {
      const { lab } = globalThis.uphill;
      return { lx: lab.simulator.params().lx, playing: lab.playing };
    });
    t.diagnostic(`ms of long tasks: ${JSON.stringify(windows)}; ${(await frames).toFixed(0)} frames a second`);
    assert.deepEqual({ lx, playing }, { lx: 512, playing: true });
    assert.deepEqual(windows[windows.length - 1], []);
  });
});

/**
 * Runs in the page: the frames per second over some time.
 *
 * @param {number} seconds
 * @returns {Promise<number>}
 */
function framesPerSecond(seconds) {
  return new Promise((resolve) => {
    const began = performance.now();
    let frames = 0;
    const count = () => {
      frames += 1;
      const passed = (performance.now() - began) / 1000;
      if (passed < seconds) requestAnimationFrame(count);
      else resolve(frames / passed);
    };
    requestAnimationFrame(count);
  });
}
