// A run that no link holds, painted or changed while it ran, outlives a reload of its tab, and no
// other tab's; whoever opens a link has the run of the link.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers, poll } from './browser.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** Paints, runs on a little, and waits until that is kept; returns the digest. @param {Page} page @param {string[]} errors */
async function painted(page, errors) {
  await poll(page, 'some moves', () => globalThis.uphill.lab.simulator.events > 100, { errors });
  await page.evaluate(() => {
    const { lab } = globalThis.uphill;
    lab.pause();
    lab.alter(lab.first, (simulator) => simulator.paint(3, 3, 2, 1) || simulator.paint(3, 3, 2, -1));
  });
  await page.click('#one-event');
  const digest = await page.evaluate(() => globalThis.uphill.lab.simulator.digest());
  await poll(page, 'it to be kept', () => new Promise((resolve) => {
    if (sessionStorage.getItem('uphill-run') === null) return resolve(false);
    const request = indexedDB.open('uphill-runs');
    request.onsuccess = () => {
      const all = request.result.transaction('runs').objectStore('runs').getAll();
      // Another look, three seconds later, has found nothing new.
      all.onsuccess = () => {
        request.result.close();
        resolve(all.result.some(({ saved }) => Date.now() - saved > 3500));
      };
    };
    return undefined;
  }), { errors });
  return digest;
}

const now = (/** @type {Page} */ page) => page.evaluate(() => ({ digest: globalThis.uphill.lab.simulator.digest(), playing: globalThis.uphill.lab.playing }));
const told = (/** @type {Page} */ page) => page.$eval('#notices', (notices) => notices.textContent ?? '');

inBothBrowsers('A changed run', (stand) => {
  test('is there again after a reload, paused; Reset starts the run of the link', async () => {
    const { page, errors } = await stand.visit('?L=12&m=0.9&beta=0.6&seed=1', { tab: 'own' });
    const digest = await painted(page, errors);
    await page.reload();
    await poll(page, 'the run of before', (digest) => globalThis.uphill?.lab?.simulator.digest() === digest, { errors, args: /** @type {const} */ ([digest]) });
    assert.deepEqual(await now(page), { digest, playing: false });
    assert.match(await told(page), /as it was before the page was loaded again/);
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.first.observables.painted), true);
    // About lists it.
    await page.$eval('#kept', (kept) => { /** @type {HTMLDetailsElement} */ (kept).open = true; });
    await poll(page, 'the list', () => /painted and changed runs/.test(document.getElementById('kept-rows')?.textContent ?? ''), { errors });
    await page.click('#reset');
    await poll(page, 'it to be forgotten', () => sessionStorage.getItem('uphill-run') === null && !globalThis.uphill.lab.first.observables.altered, { errors });
    await page.reload();
    await poll(page, 'the run of the link', () => globalThis.uphill?.lab?.simulator.events > 100);
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.first.observables.altered), false);
    assert.equal(await told(page), '');
    assert.deepEqual(errors, []);
  });

  test('is of its tab alone, and a link opens its own run', async () => {
    const { page, errors } = await stand.visit('?L=12&m=0.9&beta=0.6&seed=2', { tab: 'own' });
    const digest = await painted(page, errors);
    const address = await page.evaluate(() => location.href);
    const other = await page.browserContext().newPage();
    await other.goto(address);
    await poll(other, 'the run of the link', () => globalThis.uphill?.lab?.simulator.events > 100);
    assert.equal(await other.evaluate(() => globalThis.uphill.lab.first.observables.altered), false);
    await other.close();
    await page.reload();
    await poll(page, 'the run of before', (digest) => globalThis.uphill?.lab?.simulator.digest() === digest, { errors, args: /** @type {const} */ ([digest]) });
    await page.goto(address.replace('seed=2', 'seed=3'));
    await page.goto(address);
    await poll(page, 'the run of the link', () => globalThis.uphill?.lab?.simulator.events > 100);
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.first.observables.altered), false);
    assert.deepEqual(errors, []);
  });

  test('that cannot be kept says so once, and goes on', async () => {
    const { page, errors } = await stand.visit('?L=12&m=0.9&beta=0.6&seed=4', {
      tab: 'own',
      prepare: () => { IDBFactory.prototype.open = () => { throw new Error('none here'); }; },
    });
    await poll(page, 'some moves', () => globalThis.uphill.lab.simulator.events > 100, { errors });
    await page.evaluate(() => globalThis.uphill.lab.alter(globalThis.uphill.lab.first, (simulator) => simulator.paint(3, 3, 2, 1) || simulator.paint(3, 3, 2, -1)));
    await poll(page, 'a word about it', () => /is lost when this page is loaded again.*none here/.test(document.getElementById('notices')?.textContent ?? ''), { errors });
    const events = await page.evaluate(() => globalThis.uphill.lab.simulator.events);
    await poll(page, 'it to go on', (events) => globalThis.uphill.lab.simulator.events > events, { errors, args: /** @type {const} */ ([events]) });
    assert.equal(await page.$$eval('#notices p', (all) => all.length), 1);
    assert.deepEqual(errors, []);
  });
});
