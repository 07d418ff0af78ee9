// The page stays smooth while a scan runs, in the figures and in the lab. Firefox does not tell the
// time of a thread.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inChromium, poll } from './browser.js';
import { runsOn } from './person.js';
import { isUnderWay, visitScan } from './scans.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** A scan of the size of the paper's that does not end soon. */
const LONG = '?exp=current&seed=1';

const SECONDS = 5;

/** The main thread may not be kept longer than this, in ms. */
const LONG_TASK = 50;

/**
 * The longest task of the page's own thread over some seconds, in ms: by the time that it had the
 * processor, which is the page's doing, and by the clock, which counts what the workers and other
 * processes do in the middle of it, too.
 *
 * @param {Page} page
 */
async function longestTask(page) {
  const browser = page.browser();
  const session = await browser.target().createCDPSession();
  /** @type {{pid: number, tid: number, name: string, ph: string, ts: number, dur?: number, tdur?: number}[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {any} */ (value)));
  const mark = (/** @type {string} */ name) => page.evaluate((name) => void performance.mark(name), name);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['blink.user_timing', 'disabled-by-default-devtools.timeline'] },
  });
  // To begin and to end a trace takes the page's own time, too.
  await mark('watch');
  await sleep(1000 * SECONDS);
  await mark('watched');
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const [from, to] = ['watch', 'watched'].map((mark) => events.find(({ name }) => name === mark));
  const tasks = events.filter(({ name, ph, pid, tid, ts, dur = 0 }) =>
    name === 'RunTask' && ph === 'X' && pid === from?.pid && tid === from.tid
    && ts > from.ts && ts + dur < (to?.ts ?? 0));
  return {
    count: tasks.length,
    processor: Math.max(...tasks.map(({ tdur = NaN }) => tdur / 1000)),
    clock: Math.max(...tasks.map(({ dur = NaN }) => dur / 1000)),
  };
}

inChromium('A page with a scan', (stand) => {
  test('has no task over 50 ms while a scan runs', async (t) => {
    const { page } = await visitScan(stand, LONG);
    await page.click('#scan-run');
    await isUnderWay(page, 2_000_000);
    const { count, processor, clock } = await longestTask(page);
    t.diagnostic(`${count} tasks, the longest of ${processor.toFixed(0)} ms; ${clock.toFixed(0)} ms by the clock`);
    assert.ok(count > SECONDS, 'nothing was measured');
    assert.ok(processor <= LONG_TASK, `${processor} ms`);
  });

  test('leaves the lab smooth while a scan runs', async (t) => {
    const { page, errors } = await visitScan(stand, LONG);
    await page.click('#scan-run');
    await isUnderWay(page, 2_000_000);
    await page.click('#to-lab');
    await poll(page, 'the lab', () => globalThis.uphill.lab?.playing);
    await poll(page, 'a word about the scan', () =>
      /^Figure 2: [\d.]+.%$/.test(document.getElementById('scan-status')?.innerText ?? ''),
    );
    await runsOn(page, errors);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    const limit = await page.evaluate(() => globalThis.uphill.figures.pool.limit);
    assert.equal(limit, Math.max(1, Math.min(32, cores) - 1));
    const { count, processor, clock } = await longestTask(page);
    t.diagnostic(`${count} tasks, the longest of ${processor.toFixed(0)} ms; ${clock.toFixed(0)} ms by the clock`);
    assert.ok(count > SECONDS, 'nothing was measured');
    assert.ok(processor <= LONG_TASK, `${processor} ms`);
    assert.deepEqual(errors, []);
  });
});
