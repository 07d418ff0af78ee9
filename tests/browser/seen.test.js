// A run in a frame goes on only while somebody sees it: on the screen, shown by the page around, on
// the slide that a deck shows; several share the time.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { inAllBrowsers, poll } from './browser.js';
import { frameOf, goesOn, hostPage, openHost, otherHost, plays, stands } from './frames.js';
import { hold, isUnderWay, ENDLESS } from './scans.js';

/** @typedef {import('./browser.js').Stand} Stand */

/** @param {Stand} stand */
function tests(stand) {
  /** @type {Awaited<ReturnType<typeof otherHost>>} */
  let other;
  before(async () => { other = await otherHost(); });
  after(() => other.close());

  /** A frame of the site. @param {string} query @param {string} [style] */
  const frame = (query, style = '') => `<iframe src="${stand.url}?${query.replaceAll('&', '&amp;')}" sandbox="allow-scripts allow-same-origin" width="320" height="240" style="border:0;${style}"></iframe>`;

  for (const [how, hide, show] of /** @type {const} */ ([
    ['below the screen', 'position:absolute;top:5000px', 'position:absolute;top:300px'],
    ['not displayed', 'display:none', 'display:block'],
  ])) {
    test(`begins when it is first seen, and pauses when it is not: ${how}`, async () => {
      const { page, errors } = await openHost(stand, other, hostPage(frame('embed=lab&seed=1') + frame('embed=lab&seed=2', hide)));
      const [seen, unseen] = [await frameOf(page, 'seed=1'), await frameOf(page, 'seed=2')];
      await plays(seen);
      assert.equal(await stands(unseen), 0);
      await goesOn(seen);
      assert.equal(await stands(unseen), 0);
      const style = (/** @type {string} */ style) => page.$$eval('iframe', (frames, style) => { frames[1].style.cssText = `border:0;${style}`; }, style);
      await style(show);
      await plays(unseen);
      assert.equal(await unseen.evaluate(() => globalThis.uphill.lab.pausedBecause), '');
      await style(hide);
      const events = await stands(unseen);
      assert.equal(await unseen.evaluate(() => globalThis.uphill.lab.pausedBecause), 'Paused while nobody saw it.');
      await goesOn(seen);
      assert.equal(await stands(unseen), events);
      await style(show);
      await plays(unseen);
      await goesOn(unseen);
      assert.equal(await unseen.evaluate(() => globalThis.uphill.lab.pausedBecause), 'Was paused while nobody saw it.');
      // What a person has paused stays so.
      await unseen.evaluate(() => document.getElementById('play')?.click());
      const left = await stands(unseen);
      await style(hide);
      await goesOn(seen);
      await style(show);
      await goesOn(seen);
      assert.equal(await stands(unseen), left);
      assert.deepEqual(errors(), []);
    });
  }

  test('stands still where a page of the same origin hides it', async () => {
    const { page } = await stand.visit('icon.svg', { started: false });
    await page.goto(`${stand.url}icon.svg`);
    const host = await openHost(stand, { ...other, url: stand.url, pages: inSite }, hostPage(frame('embed=lab&seed=1') + frame('embed=lab&seed=2', 'visibility:hidden') + frame('embed=lab&seed=3', 'opacity:0')));
    const [seen, hidden, clear] = [await frameOf(host.page, 'seed=1'), await frameOf(host.page, 'seed=2'), await frameOf(host.page, 'seed=3')];
    await plays(seen);
    await goesOn(seen);
    assert.deepEqual([await stands(hidden), await stands(clear)], [0, 0]);
    await host.page.$$eval('iframe', (frames) => { frames[1].style.visibility = frames[2].style.opacity = ''; });
    await plays(hidden);
    await plays(clear);
  });

  test('goes by what a deck says', async () => {
    const { page } = await openHost(stand, other, hostPage(frame('embed=lab&seed=1') + frame('embed=lab&autoplay=slide&seed=2')));
    const [first, second] = [await frameOf(page, 'seed=1'), await frameOf(page, 'seed=2')];
    const post = (/** @type {number} */ at, /** @type {string} */ words) => page.evaluate((at, words) => frames[at].postMessage(words, '*'), at, words);
    await plays(first);
    assert.equal(await stands(second), 0);
    await post(1, 'slide:start');
    await plays(second);
    await post(0, 'slide:stop');
    const events = await stands(first);
    await goesOn(second);
    assert.equal(await stands(first), events);
    await post(0, 'slide:start');
    await plays(first);
  });

  test('waits for a person with autoplay=off, and names what autoplay cannot be', async () => {
    const { page } = await openHost(stand, other, hostPage(frame('embed=lab&seed=1') + frame('embed=lab&autoplay=off&seed=2') + frame('embed=lab&autoplay=never&seed=3')));
    const [seen, waiting, strange] = [await frameOf(page, 'seed=1'), await frameOf(page, 'seed=2'), await frameOf(page, 'seed=3')];
    await plays(seen);
    await plays(strange);
    assert.match(await strange.$eval('#notices', (notices) => notices.textContent ?? ''), /autoplay=never: allowed are on, slide and off/);
    assert.equal(await stands(waiting), 0);
    await page.evaluate(() => { frames[1].postMessage('slide:start', '*'); });
    await goesOn(seen);
    assert.equal(await stands(waiting), 0);
    await waiting.evaluate(() => document.getElementById('play')?.click());
    await plays(waiting);
  });

  test('shares the time with the others that are seen', async () => {
    const { page } = await openHost(stand, other, hostPage([1, 2, 3].map((seed) => frame(`embed=lab&seed=${seed}`, 'display:block')).join('')), { viewport: { width: 640, height: 760 } });
    const labs = [await frameOf(page, 'seed=1'), await frameOf(page, 'seed=2'), await frameOf(page, 'seed=3')];
    const sharers = (/** @type {number} */ count) => (/** @type {import('puppeteer-core').Frame} */ lab) => poll(lab, `${count} to share the time`, (count) => globalThis.uphill?.lab?.sharers === count, { args: [count] });
    for (const lab of labs) await plays(lab);
    await Promise.all(labs.map(sharers(3)));
    await page.$$eval('iframe', ([first]) => { first.style.display = 'none'; });
    await stands(labs[0]);
    await Promise.all(labs.slice(1).map(sharers(2)));
    await page.$$eval('iframe', ([, second]) => second.remove());
    await sharers(1)(await frameOf(page, 'seed=3'));
  });

  // WebKit takes no script in a frame without an origin.
  if (stand.kind !== 'WebKit') {
    test('shares the time with frames that have no origin', async () => {
      const strict = (/** @type {number} */ seed) => frame(`embed=lab&seed=${seed}`, 'display:block').replace('allow-scripts allow-same-origin', 'allow-scripts');
      const { page } = await openHost(stand, other, hostPage(strict(1) + strict(2) + frame('embed=lab&seed=3', 'display:block')), { viewport: { width: 640, height: 760 } });
      const labs = [await frameOf(page, 'seed=1'), await frameOf(page, 'seed=2'), await frameOf(page, 'seed=3')];
      const sharers = (/** @type {number} */ count) => (/** @type {import('puppeteer-core').Frame} */ lab) => poll(lab, `${count} to share the time`, (count) => globalThis.uphill?.lab?.sharers === count, { args: [count] });
      for (const lab of labs) await plays(lab);
      assert.deepEqual(await Promise.all(labs.map((lab) => lab.evaluate(() => self.origin === 'null'))), [true, true, false]);
      await Promise.all(labs.map(sharers(3)));
      await page.$$eval('iframe', ([first]) => { first.style.display = 'none'; });
      await stands(labs[0]);
      await Promise.all(labs.slice(1).map(sharers(2)));
      await page.$$eval('iframe', ([, second]) => second.remove());
      await sharers(1)(labs[2]);
    });
  }

  test('steps once a refresh, however often it is called', async () => {
    const { page } = await stand.visit('?seed=1');
    const [once, again, later] = await page.evaluate(() => {
      const { lab } = globalThis.uphill;
      const steps = [1e7, 1e7, 1e7 + 10].map((now) => {
        lab.step(now);
        return lab.simulator.events;
      });
      return steps;
    });
    assert.equal(again, once);
    assert.ok(later > again, `${later}`);
  });

  test('a scan pauses and goes on with its frame', async () => {
    const { page } = await openHost(stand, other, hostPage(frame('embed=lab&seed=1') + frame(`embed=figure&${ENDLESS.slice(1)}#run`, 'position:absolute;top:5000px')));
    const [lab, scan] = [await frameOf(page, 'embed=lab'), await frameOf(page, 'exp=current')];
    await plays(lab);
    await poll(scan, 'the scan', () => Boolean(globalThis.uphill?.figures?.scan));
    await goesOn(lab);
    assert.equal(await scan.evaluate(() => globalThis.uphill.figures.state), 'ready');
    const move = (/** @type {number} */ top) => page.$$eval('iframe', (frames, top) => { frames[1].style.top = `${top}px`; }, top);
    await move(250);
    await isUnderWay(scan);
    await move(5000);
    await poll(scan, 'the scan to pause', () => globalThis.uphill.figures.state === 'paused');
    assert.equal(await scan.evaluate(() => globalThis.uphill.figures.runner.words), 'Paused while nobody saw it.');
    await move(250);
    await poll(scan, 'the scan to go on', () => globalThis.uphill.figures.state === 'running');
    await hold(scan, 'every');
  });
}

/** Pages of the site's own host. @type {Record<string, string>} */
const inSite = {};

inAllBrowsers('A frame that is seen or not', tests, { shared: true, pages: inSite });
