// What a link says of the page itself: parts hidden until they are revealed, shown besides, controls
// that are fixed, colours; in a frame and on the page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { inAllBrowsers, poll, screenshot } from './browser.js';
import { frameOf, hostPage, openHost, otherHost, plays } from './frames.js';
import { ENDLESS, isUnderWay } from './scans.js';

/** @typedef {import('./browser.js').Stand} Stand */
/** @typedef {import('puppeteer-core').Page | import('puppeteer-core').Frame} Shown */

/** A run whose word comes soon. */
const SOON = 'L=8&beta=0.6&m=0.9&seed=1';

/** Which parts can be seen. @param {Shown} page */
const seen = (page) => page.evaluate(() => ['[data-part="word"]', '.sentence', '.value', '.sigmas', '.arrow.current', '[data-plot="integrated"]', '#play', '.presets', '.reveal']
  .filter((part) => [...document.querySelectorAll(part)].some((element) => element.checkVisibility({ visibilityProperty: true }))));

/** All that is said beside the pictures. @param {Shown} page */
const said = (page) => page.evaluate(() => [...document.querySelectorAll('canvas, .arrows, [role="status"]')].map((element) => `${element.getAttribute('aria-label') ?? ''} ${element.textContent}`).join(' '));

/** @param {Stand} stand */
function tests(stand) {
  /** @type {Awaited<ReturnType<typeof otherHost>>} */
  let other;
  before(async () => { other = await otherHost(); });
  after(() => other.close());

  test('keeps the answer back until somebody wants it, and again when the run begins anew', async () => {
    const { page, errors } = await openHost(stand, other, hostPage(`<iframe src="${stand.url}?embed=lab&amp;hide=word,number,plots&amp;${SOON.replaceAll('&', '&amp;')}" sandbox="allow-scripts allow-same-origin" width="900" height="560"></iframe>`));
    const frame = await frameOf(page, 'embed=lab');
    await plays(frame);
    await poll(frame, 'a word', () => globalThis.uphill.lab.first.word);
    await poll(frame, 'the button', () => document.querySelector('.reveal')?.checkVisibility());
    assert.deepEqual(await seen(frame), ['#play', '.reveal']);
    await frame.evaluate(() => globalThis.uphill.lab.pause());
    await poll(frame, 'words that tell nothing', () => /not told yet/.test(document.getElementById('lattice')?.getAttribute('aria-label') ?? ''));
    assert.doesNotMatch(await said(frame), /uphill|downhill/i);
    await screenshot(page, `${stand.kind.toLowerCase()}-frame-asks`);
    await frame.click('.reveal button');
    await poll(frame, 'the word', () => document.querySelector('[data-part="word"]')?.checkVisibility());
    const shown = await seen(frame);
    for (const part of ['[data-part="word"]', '.value', '.arrow.current', '[data-plot="integrated"]']) assert.ok(shown.includes(part), part);
    assert.ok(!shown.includes('.reveal'));
    await poll(frame, 'words that tell', () => /uphill|downhill/i.test(document.getElementById('lattice')?.getAttribute('aria-label') ?? ''));
    await frame.click('#reset');
    await poll(frame, 'the button again', () => document.querySelector('.reveal')?.checkVisibility());
    assert.deepEqual(await seen(frame), ['#play', '.reveal']);
    assert.deepEqual(errors(), []);
  });

  test('shows the presets in a frame, and fixes what is locked', async () => {
    const { page } = await openHost(stand, other, hostPage(`<iframe src="${stand.url}?embed=lab&amp;show=presets&amp;lock=m,play&amp;seed=1" sandbox="allow-scripts allow-same-origin" width="1280" height="700"></iframe>`));
    const frame = await frameOf(page, 'embed=lab');
    await plays(frame);
    await poll(frame, 'the presets', () => document.querySelector('.presets')?.checkVisibility());
    const fixed = await poll(frame, 'what is fixed', () => [...document.querySelectorAll('.first :disabled')].map(({ id }) => id).join());
    assert.equal(fixed, 'waits-play,play,m-slider,m-field');
    await frame.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true })));
    assert.equal(await frame.evaluate(() => globalThis.uphill.lab.playing), true);
    // It stays so when all has found its place.
    assert.equal(await frame.$eval('.presets', (presets) => presets.checkVisibility()), true);
    const plots = (/** @type {import('puppeteer-core').Frame} */ frame) => frame.$$eval('.lab [data-plot]', (all) => all.filter((plot) => plot.checkVisibility()).map((plot) => /** @type {HTMLElement} */ (plot).dataset.plot));
    assert.deepEqual(await plots(frame), ['integrated']);
    const tall = await openHost(stand, other, hostPage(`<iframe src="${stand.url}?embed=lab&amp;show=plots&amp;seed=1" sandbox="allow-scripts allow-same-origin" width="900" height="1300"></iframe>`), { viewport: { width: 940, height: 1100 } });
    const shown = await frameOf(tall.page, 'embed=lab');
    await plays(shown);
    assert.ok((await plots(shown)).includes('profile'), String(await plots(shown)));
  });

  test('fixes the buttons of a figure, whatever its state', async () => {
    const { page, errors } = await openHost(stand, other, hostPage(`<iframe src="${stand.url}?embed=figure&amp;lock=run,cancel,anew&amp;${ENDLESS.slice(1).replaceAll('&', '&amp;')}#run" sandbox="allow-scripts allow-same-origin" width="900" height="640"></iframe>`));
    const frame = await frameOf(page, 'embed=figure');
    await poll(frame, 'the figure', () => Boolean(globalThis.uphill?.figures));
    await isUnderWay(frame);
    const fixed = () => frame.evaluate(() => ['scan-run', 'scan-cancel', 'scan-anew', 'scan-refine'].map((id) => /** @type {HTMLButtonElement} */ (document.getElementById(id)).disabled));
    assert.deepEqual(await fixed(), [true, true, true, false]);
    await frame.evaluate(() => globalThis.uphill.figures.pause());
    await poll(frame, 'the scan to pause', () => globalThis.uphill.figures.state === 'paused');
    assert.deepEqual(await fixed(), [true, true, true, false]);
    assert.deepEqual(errors(), []);
  });

  test('stands in the address in one form, and names what there is not', async () => {
    const { page, errors } = await stand.visit(`?lock=beta,m&hide=number,word,colour&theme=contrast&show=&${SOON}`);
    await poll(page, 'the address', () => location.search.includes('v=1'));
    assert.match(await page.evaluate(() => location.search), /^\?theme=contrast&hide=word,number&lock=m,beta&v=1&/);
    const notices = await page.$eval('#notices', (notices) => notices.textContent ?? '');
    assert.match(notices, /In the link, hide=colour: allowed are word, number, controls, plots, presets\. It is passed over\./);
    assert.equal(await page.$$eval('#notices > p', (lines) => lines.length), 1, notices);
    assert.match(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink')), /^\s*#(000000|000|ffffff|fff)\s*$/);
    await poll(page, 'the button', () => document.querySelector('.reveal')?.checkVisibility());
    assert.ok(!(await seen(page)).includes('.value'));
    assert.deepEqual(errors, []);
  });

  test('is chosen in the dialog, which shows the frame', async () => {
    const { page, errors } = await stand.visit(`?${SOON}`);
    await page.click('#embed');
    await poll(page, 'the dialog with its frame', () => Boolean(document.querySelector('#embed-dialog[open] #embed-preview')));
    await page.select('#embed-theme', 'dark');
    await page.click('#embed-hide-word');
    await page.click('#embed-lock-m');
    await page.click('#embed-show-presets');
    const text = await page.$eval('#embed-snippet', (text) => /** @type {HTMLTextAreaElement} */ (text).value);
    assert.match(text, /\?embed=lab&amp;theme=dark&amp;show=presets&amp;hide=word&amp;lock=m&amp;v=1&amp;/);
    const frame = await frameOf(page, 'hide=word');
    await poll(frame, 'the preview', () => globalThis.uphill?.lab && document.documentElement.dataset.theme === 'dark' && document.documentElement.dataset.hide === 'word');
    await screenshot(page, `${stand.kind.toLowerCase()}-embed-dialog-preview`);
    await page.click('#close-embed');
    await poll(page, 'the preview to be gone', () => document.getElementById('embed-preview') === null);
    // A preview that was made anew breaks off what the one before asked for.
    assert.deepEqual(errors.filter((error) => !/^failed: .*(ABORTED|closed)/i.test(error)), []);
  });
}

inAllBrowsers('What a link says of the page', tests, { shared: true });
