// Two tabs with the same scan: one works on it, the other watches and can go on when the first has
// left it; and whatever is clicked in either, what was computed stays.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers, poll, visit } from './browser.js';
import { text } from './person.js';
import { ADDING, hasAdded, hold, isUnderWay, letGo, LONGER, opened, reaches, result, same, SHORT, uninterrupted, visitScan } from './scans.js';
import { scanInTerminal } from './terminal.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** Opens another tab of the same browser. @param {Page} first @param {string} url @param {() => void} [prepare] */
async function beside(first, url, prepare) {
  const { page, errors } = await visit(await first.browserContext().newPage(), url, { started: false, prepare });
  await opened(page, errors);
  return { page, errors };
}

/** Clicks in a tab, which comes to the front for it. @param {Page} page @param {string} selector */
async function click(page, selector) {
  await page.bringToFront();
  await page.click(selector);
}

/** How many tasks of scans are stored. @param {Page} page */
const stored = (page) => page.evaluate(() => new Promise((resolve) => {
  const request = indexedDB.open('uphill');
  request.onsuccess = () => {
    const count = request.result.transaction('tasks').objectStore('tasks').count();
    count.onsuccess = () => {
      request.result.close();
      resolve(count.result);
    };
  };
}));

/** Whether a button can be pressed. @param {Page} page @param {string} id */
const isEnabled = (page, id) => page.$eval(`#${id}`, (button) => !button.matches(':disabled'));

/** Waits until a scan is saved. @param {Page} page */
const isSaved = (page) => poll(page, 'it to be saved', () => globalThis.uphill.figures.runner.saved > 0 && globalThis.uphill.figures.runner.unlock === null);

inBothBrowsers('Two tabs with a scan', (stand) => {
  test('share it: the second watches, and goes on when the first is closed', async () => {
    const expected = await uninterrupted(LONGER);
    const first = await visitScan(stand, LONGER, { tab: 'own' });
    await hold(first.page);
    await click(first.page, '#scan-run');
    await isUnderWay(first.page);
    await first.page.evaluate(() => globalThis.uphill.figures.runner.save());
    const second = await beside(first.page, stand.url + LONGER);
    await reaches(second.page, 'elsewhere', second.errors);
    assert.equal(await text(second.page, 'scan-run'), 'Runs in another tab');
    assert.match(await text(second.page, 'scan-words'), /runs in another tab.*Saved at/s);
    for (const id of ['scan-run', 'scan-cancel', 'scan-anew']) assert.ok(!await isEnabled(second.page, id), id);
    // It shows what the first has saved.
    await poll(second.page, 'the moves of the first', () => Number(globalThis.uphill.figures.scan?.progress().events) > 0);
    // Nor can it be run by other ways, such as a message or the fragment.
    await second.page.evaluate(() => globalThis.uphill.figures.run());
    assert.equal(await second.page.evaluate(() => globalThis.uphill.figures.state), 'elsewhere');
    await first.page.close();
    await reaches(second.page, 'left', second.errors);
    assert.equal(await text(second.page, 'scan-run'), 'Go on here');
    await click(second.page, '#scan-run');
    await reaches(second.page, 'complete', second.errors);
    same(await result(second.page), expected);
    assert.deepEqual([...first.errors, ...second.errors], []);
    await second.page.close();
  });

  test('share the points that it adds, and either ends as the terminal does', async () => {
    const terminal = scanInTerminal(ADDING.slice(1));
    const first = await visitScan(stand, ADDING, { tab: 'own' });
    const planned = await first.page.evaluate(() => globalThis.uphill.figures.runner.tasks.length);
    await hold(first.page, 'the added');
    const second = await beside(first.page, stand.url + ADDING);
    await click(first.page, '#scan-run');
    const added = await hasAdded(first.page, planned, first.errors);
    await first.page.evaluate(() => globalThis.uphill.figures.runner.save());
    await reaches(second.page, 'elsewhere', second.errors);
    // A tab that is hidden does not look.
    await second.page.bringToFront();
    assert.equal(await hasAdded(second.page, planned, second.errors), added);
    // The second goes on with them, and adds the others; the first is told.
    await click(first.page, '#scan-run');
    await reaches(second.page, 'left', second.errors);
    await click(second.page, '#scan-run');
    await reaches(second.page, 'complete', second.errors);
    await reaches(first.page, 'complete', first.errors);
    const expected = await terminal;
    for (const { page } of [first, second]) same(await result(page), expected);
    assert.deepEqual([...first.errors, ...second.errors], []);
    await second.page.close();
  });

  test('hand it to and fro', async () => {
    const expected = await uninterrupted(LONGER);
    const first = await visitScan(stand, LONGER, { tab: 'own' });
    await hold(first.page);
    const second = await beside(first.page, stand.url + LONGER);
    await click(first.page, '#scan-run');
    await isUnderWay(first.page);
    await reaches(second.page, 'elsewhere', second.errors);
    await click(first.page, '#scan-run');
    await reaches(first.page, 'paused', first.errors);
    await reaches(second.page, 'left', second.errors);
    const moves = (/** @type {Page} */ page) => page.evaluate(() => Number(globalThis.uphill.figures.scan?.progress().events));
    assert.equal(await moves(second.page), await moves(first.page));
    // The second works; the first, whose own state is older now, is told, and ends where that ends.
    await click(second.page, '#scan-run');
    await reaches(first.page, 'elsewhere', first.errors);
    await reaches(second.page, 'complete', second.errors);
    await reaches(first.page, 'complete', first.errors);
    for (const { page } of [first, second]) same(await result(page), expected);
    assert.deepEqual([...first.errors, ...second.errors], []);
    await second.page.close();
  });

  test('lose nothing by what is clicked in either', async () => {
    const first = await visitScan(stand, LONGER, { tab: 'own' });
    await hold(first.page);
    await click(first.page, '#scan-run');
    await isUnderWay(first.page);
    await click(first.page, '#scan-run');
    await reaches(first.page, 'paused', first.errors);
    await isSaved(first.page);
    const known = Number(await stored(first.page));
    assert.ok(known > 0);
    const second = await beside(first.page, stand.url + LONGER);
    const kept = async (/** @type {string} */ what) => {
      assert.equal(await stored(second.page), known, what);
      assert.equal(await text(first.page, 'scan-run'), 'Resume', what);
    };
    for (const id of ['scan-cancel', 'scan-anew']) {
      await click(second.page, `#${id}`);
      await poll(second.page, 'a refusal', () => /open in another tab as well/.test(document.getElementById('scan-words')?.innerText ?? ''));
      await kept(id);
    }
    // Room is made at the cost of none that is open, here or there.
    await second.page.evaluate(() => globalThis.uphill.figures.keeper.purge('another', 1));
    await kept('purge');
    // Nor does About erase it.
    await second.page.evaluate(() => document.getElementById('kept')?.setAttribute('open', ''));
    await poll(second.page, 'what is kept', () => Boolean(document.querySelector('#kept-rows tr')));
    await click(second.page, '#erase');
    await poll(second.page, 'a word about it', () => /open in another tab/.test(document.getElementById('kept-words')?.innerText ?? ''));
    await kept('erase');
    // What the list of stored scans offers to erase stays as well.
    await second.page.evaluate(() => document.getElementById('stored')?.setAttribute('open', ''));
    await poll(second.page, 'the list', () => Boolean(document.querySelector('#stored li button:last-child')));
    await click(second.page, '#stored li button:last-child');
    await poll(second.page, 'a notice', () => /open in another tab as well/.test(document.getElementById('notices')?.innerText ?? ''));
    await kept('the list');
    await second.page.close();
    // Alone, the first does as it is told.
    await click(first.page, '#scan-cancel');
    await reaches(first.page, 'cancelled', first.errors);
    assert.equal(await stored(first.page), 0);
    await letGo(first.page);
    await click(first.page, '#scan-run');
    await reaches(first.page, 'complete', first.errors);
    same(await result(first.page), await uninterrupted(LONGER));
    assert.deepEqual([...first.errors, ...second.errors], []);
  });

  test('are told where the browser has no locks', async () => {
    const { page, errors } = await visitScan(stand, SHORT, {
      prepare: () => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
    });
    await hold(page);
    await page.click('#scan-run');
    await poll(page, 'a word about it', () => /does not let tabs know of each other/.test(document.getElementById('scan-words')?.innerText ?? ''));
    await letGo(page);
    await reaches(page, 'complete', errors);
    assert.deepEqual(errors, []);
  });
});
