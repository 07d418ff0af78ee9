// While a scan runs the page's own thread is nearly free: it shows what the workers find, and
// keeps it, in less than a twentieth of its time. Firefox does not tell.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inChromium } from './browser.js';
import { isUnderWay, visitScan } from './scans.js';

const SECONDS = 10;
const MOST = 0.05;

inChromium('While a scan runs', (stand) => {
  test(`the page's own thread spends less than ${MOST * 100} % on it`, async (t) => {
    const { page, errors } = await visitScan(stand, '?exp=current&err=1e-7&seed=1#run', { frames: 'all', tab: 'own' });
    await isUnderWay(page, 2_000_000);
    const session = await page.createCDPSession();
    // Time of the processor: on a busy machine the clock counts what others do, too.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return Number(metrics.find(({ name }) => name === 'TaskDuration')?.value);
    };
    const [before, began] = [await spent(), performance.now()];
    await sleep(1000 * SECONDS);
    const share = (await spent() - before) / ((performance.now() - began) / 1000);
    t.diagnostic(`${(share * 100).toFixed(1)} % of ${SECONDS} s`);
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.state), 'running');
    assert.ok(share > 0, 'nothing was measured');
    assert.ok(share < MOST, `${(share * 100).toFixed(1)} % of ${SECONDS} s`);
    assert.deepEqual(errors, []);
  });
});
