// The view of the figures on a laptop and on phones: nothing sticks out, nothing shifts while a
// scan runs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inAllBrowsers, poll, screenshot } from './browser.js';
import { drawn, pictured, smallTargets, sticksOut } from './person.js';
import { complete, ENDLESS, isUnderWay, SHORT, visitScan } from './scans.js';

inAllBrowsers('The view of the figures', (stand) => {
  for (const width of [1280, 390, 320]) {
    test(`does not stick out sideways at ${width} pixels`, async () => {
      const viewport = { width, height: 720 };
      const { page, errors } = await visitScan(stand, SHORT, { viewport });
      await complete(page, errors);
      await page.evaluate(() => {
        /** @type {HTMLDetailsElement} */ (document.getElementById('scan-more')).open = true;
      });
      // It is drawn where it is seen, and on a phone what is said above it may be long.
      await page.$eval('#picture-current', (picture) => picture.scrollIntoView());
      await pictured(page, 'picture-current', ({ colours }) => colours >= 12);
      await poll(page, 'the findings', () => document.querySelectorAll('#findings dd').length > 0);
      await screenshot(page, `${stand.kind.toLowerCase()}-figures-${width}`);
      assert.deepEqual(await sticksOut(page), []);
      assert.deepEqual(await smallTargets(page), []);
      const clipped = await page.evaluate(() =>
        [...document.querySelectorAll('#figures button')]
          .filter((button) => button.scrollWidth > button.clientWidth + 1)
          .map((button) => button.textContent),
      );
      assert.deepEqual(clipped, []);
      assert.deepEqual(errors, []);
    });
  }

  for (const width of stand.kind === 'WebKit' ? [] : [1280, 390]) {
    test(`does not shift at ${width} pixels while a scan runs`, async () => {
      const { page } = await visitScan(stand, ENDLESS, { viewport: { width, height: 720 } });
      const places = () =>
        page.evaluate(() =>
          ['picture-current', 'scan-run', 'scan-cancel', 'scan-progress', 'scan-points'].map((id) => {
            const { left, top, width } = /** @type {HTMLElement} */ (
              document.getElementById(id)
            ).getBoundingClientRect();
            return [id, left, top + scrollY, width].map((x) => (typeof x === 'number' ? Math.round(x) : x)).join(' ');
          }),
        );
      // The picture takes its height once it is opened.
      let before = await places();
      for (let last = ''; last !== before.join(); before = await places()) {
        last = before.join();
        await drawn(page);
      }
      await page.click('#scan-run');
      await isUnderWay(page);
      await drawn(page);
      assert.deepEqual(await places(), before);
    });
  }

  test('is read by the keyboard alone', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    await page.focus('#scan-run');
    await page.keyboard.press('Enter');
    await poll(page, 'the end', () => globalThis.uphill.figures.state === 'complete');
    await poll(page, 'the points', () =>
      Number(document.querySelector('.picture .probe')?.getAttribute('aria-valuemax')) > 0,
    );
    await page.focus('.picture .probe');
    await page.keyboard.press('End');
    await poll(page, 'the last point to be read', () => {
      const probe = document.querySelector('.picture .probe');
      const read = document.querySelector('.picture output')?.textContent;
      return read && probe?.getAttribute('aria-valuetext') === read;
    });
    assert.deepEqual(errors, []);
  });
});
