// The page stays smooth while a scan runs, in the figures and in the lab. Firefox does not tell the
// time of a thread.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inChromium, poll } from './browser.js';
import { runsOn } from './person.js';
import { isUnderWay, visitScan } from './scans.js';
import { LONG_TASK, longestTaskOfWindows } from './tasks.js';

/** A scan of the size of the paper's that does not end soon. */
const LONG = '?exp=current&seed=1';

const SECONDS = 5;

inChromium('A page with a scan', (stand) => {
  test('has no task over 50 ms while a scan runs', async (t) => {
    const { page } = await visitScan(stand, LONG, { frames: 'all' });
    await page.click('#scan-run');
    await isUnderWay(page, 2_000_000);
    const { count, processor, clock } = await longestTaskOfWindows(page, () => sleep(1000 * SECONDS));
    t.diagnostic(`${count} tasks, the longest of ${processor.toFixed(0)} ms; ${clock.toFixed(0)} ms by the clock`);
    assert.ok(count > SECONDS, 'nothing was measured');
    assert.ok(processor <= LONG_TASK, `${processor} ms`);
  });

  test('leaves the lab smooth while a scan runs', async (t) => {
    const { page, errors } = await visitScan(stand, LONG, { frames: 'all' });
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
    const { count, processor, clock } = await longestTaskOfWindows(page, () => sleep(1000 * SECONDS));
    t.diagnostic(`${count} tasks, the longest of ${processor.toFixed(0)} ms; ${clock.toFixed(0)} ms by the clock`);
    assert.ok(count > SECONDS, 'nothing was measured');
    assert.ok(processor <= LONG_TASK, `${processor} ms`);
    assert.deepEqual(errors, []);
  });
});
