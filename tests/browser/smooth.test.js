// The page stays smooth: no task of its own thread has the processor for more than 50 ms, at the
// default size and at the largest, left alone and while somebody changes one parameter after the
// other. Firefox does not tell the time of a thread.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inChromium } from './browser.js';
import { enter, openMore, press, runsOn } from './person.js';
import { LONG_TASK, longestTaskOfWindows } from './tasks.js';

/** @typedef {import('puppeteer-core').Page} Page */

const SECONDS = 3;

/** Changes of parameters at L = 512: how many, and how many frames apart. */
const CHANGES = process.env.UPHILL_LONG ? 32 : 8;
const FRAMES = 20;

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

inChromium('The page', (stand) => {
  for (const size of [40, 512]) {
    test(`has no task over ${LONG_TASK} ms at L = ${size}`, async (t) => {
      const { page, errors } = await stand.visit(`?L=${size}&seed=1`, { frames: 'all' });
      await runsOn(page, errors);
      const { count, processor, clock } = await longestTaskOfWindows(page, () => sleep(1000 * SECONDS));
      t.diagnostic(`L = ${size}: ${count} tasks, the longest of ${processor.toFixed(0)} ms; ${clock.toFixed(0)} ms by the clock`);
      assert.ok(count > SECONDS, 'nothing was measured');
      assert.ok(processor <= LONG_TASK, `${processor} ms`);
    });
  }

  test(`has none at L = 512 while ${CHANGES} parameters change`, async (t) => {
    const { page, errors } = await stand.visit('?L=512&seed=1', { frames: 'all' });
    await openMore(page);
    await runsOn(page, errors);
    const { count, processor, clock } = await longestTaskOfWindows(page, async () => {
      for (let time = 0; time < CHANGES; time += 1) {
        await HANDS[time % HANDS.length](page, time);
        await page.evaluate(nextFrames, FRAMES);
      }
    });
    const { lx, playing } = await page.evaluate(() => {
      const { lab } = globalThis.uphill;
      return { lx: lab.simulator.params().lx, playing: lab.playing };
    });
    t.diagnostic(`${count} tasks, the longest of ${processor.toFixed(0)} ms; ${clock.toFixed(0)} ms by the clock`);
    assert.deepEqual({ lx, playing }, { lx: 512, playing: true });
    assert.ok(count > CHANGES, 'nothing was measured');
    assert.ok(processor <= LONG_TASK, `${processor} ms`);
  });
});

/**
 * Runs in the page: resolves after so many frames.
 *
 * @param {number} count
 */
async function nextFrames(count) {
  for (let frame = 0; frame < count; frame += 1) await new Promise(requestAnimationFrame);
}
