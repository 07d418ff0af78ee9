// The module and the element by which a page talks with a frame, and the messages that they carry.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { inBothBrowsers, poll } from './browser.js';
import { frameOf, hostPage, openHost, otherHost, plays } from './frames.js';
import { ENDLESS, isUnderWay } from './scans.js';
import { runInTerminal } from './terminal.js';

/** @typedef {import('./browser.js').Stand} Stand */

/** What a browser needs of it, in bytes. */
const MOST = 3000;
const SOON = 'L=8&beta=0.6&m=0.9&seed=1';

/** @param {Stand} stand */
function tests(stand) {
  /** @type {Awaited<ReturnType<typeof otherHost>>} */
  let other;
  before(async () => { other = await otherHost(); });
  after(() => other.close());

  /** Opens a frame with the client beside it. @param {string} query @param {string} [attributes] */
  async function open(query, attributes = 'sandbox="allow-scripts allow-same-origin"') {
    const { page, errors } = await openHost(stand, other, hostPage(`<input id="own" autofocus><iframe src="${stand.url}?${query.replaceAll('&', '&amp;')}" ${attributes} width="700" height="400"></iframe>
<script type="module">
import { connect } from '${stand.url}uphill-embed.js';
globalThis.told = [];
globalThis.client = connect(document.querySelector('iframe'));
client.on('*', (data) => told.push(data));
client.ready.then(() => { globalThis.isReady = true; });
</script>`));
    await poll(page, 'the frame to be ready', () => /** @type {any} */ (globalThis).isReady, { errors: errors() });
    return { page, frame: await frameOf(page, 'embed='), errors };
  }

  /** What comes of a call of the client. @param {import('puppeteer-core').Page} page @param {string} name @param {...unknown} args */
  const call = (page, name, ...args) => page.evaluate((name, args) => /** @type {any} */ (globalThis).client[name](...args).then((/** @type {unknown} */ value) => ({ value }), (/** @type {Error} */ { message }) => ({ error: message })), name, args);
  /** Waits for an event. @param {import('puppeteer-core').Page} page @param {string} event @param {Record<string, unknown>} [what] */
  const told = (page, event, what = {}) => poll(page, `the event ${event} ${JSON.stringify(what)}`, (event, what) => /** @type {any} */ (globalThis).told.find((/** @type {any} */ data) => data.event === event && Object.entries(what).every(([key, value]) => data[key] === value)), { args: [event, what] });

  test(`is below ${MOST} bytes, without dependencies`, () => {
    const text = readFileSync(new URL('../../dist/uphill-embed.js', import.meta.url), 'utf8');
    assert.ok(text.length < MOST, `${text.length} bytes`);
    assert.doesNotMatch(text, /\bimport\b/);
  });

  test('runs to a time, tells when the word has come, and takes pictures', async () => {
    const { page, frame, errors } = await open(`embed=lab&${SOON}`);
    await told(page, 'playing', { playing: true });
    const { word, current } = await told(page, 'significant');
    assert.match(word, /^(up|down)hill$/);
    assert.match(current, /·10|\d/);
    assert.equal((await call(page, 'set', 'L=12&m=0.9&seed=4')).error, undefined);
    await call(page, 'pause');
    await call(page, 'reset');
    const { value } = await call(page, 'until', 300);
    assert.deepEqual([value.time, value.digest], [300, (await runInTerminal('L=12&m=0.9&seed=4', 300)).digest]);
    assert.match((await call(page, 'until', 200)).error, /time=200: allowed is a number above the present t = 300/);
    await told(page, 'playing', { playing: false });
    const broken = page.evaluate(() => /** @type {any} */ (globalThis).client.until(1e15).catch((/** @type {Error} */ { message }) => message));
    await plays(frame);
    await call(page, 'pause');
    assert.match(await broken, /paused or changed at t = /);
    const pictures = await page.evaluate(async () => {
      const [png, svg] = [await /** @type {any} */ (globalThis).client.picture('png'), await /** @type {any} */ (globalThis).client.picture('svg')];
      const image = await createImageBitmap(png);
      const drawn = new DOMParser().parseFromString(await svg.text(), 'image/svg+xml');
      return { types: [png.type, svg.type], width: image.width, path: drawn.querySelector('path')?.getAttribute('d')?.length, title: drawn.querySelector('title')?.textContent };
    });
    assert.deepEqual(pictures.types, ['image/png', 'image/svg+xml']);
    assert.ok(pictures.width > 200 && Number(pictures.path) > 50, JSON.stringify(pictures));
    assert.match(String(pictures.title), /L=12/);
    assert.match((await call(page, 'picture', 'gif')).error, /format=gif: allowed are png and svg/);
    const state = (await call(page, 'state')).value;
    assert.deepEqual([state.level, state.playing, state.compare, state.hidden], ['lab', false, null, []]);
    assert.deepEqual(errors(), []);
  });

  test('sets a second run as the address bar does, and takes it away', async () => {
    const { page } = await open(`embed=lab&${SOON}`);
    assert.match((await call(page, 'set', 'm=0.9&seed=1#compare=7')).error, /compare=7: allowed is a number/);
    assert.equal((await call(page, 'state')).value.compare, null);
    await call(page, 'set', 'L=8&m=0.9&seed=1#compare=0.5');
    assert.equal((await call(page, 'state')).value.compare, 0.5);
    await call(page, 'set', 'L=8&m=0.9&seed=1');
    assert.equal((await call(page, 'state')).value.compare, null);
  });

  test('tells every change of a scan, whoever caused it', async () => {
    const { page, frame, errors } = await open(`embed=figure&${ENDLESS.slice(1)}`);
    await call(page, 'play');
    await told(page, 'scan', { state: 'running' });
    await isUnderWay(frame);
    await call(page, 'reset');
    const states = () => page.evaluate(() => /** @type {any} */ (globalThis).told.filter((/** @type {any} */ { event }) => event === 'scan').map((/** @type {any} */ { state }) => state));
    assert.deepEqual((await states()).filter((/** @type {string} */ state, /** @type {number} */ at, /** @type {string[]} */ all) => state !== all[at - 1]), ['running', 'pausing', 'paused', 'pausing', 'ready', 'running']);
    await call(page, 'set', ENDLESS.slice(1).replace('seed=1', 'seed=2'));
    assert.match((await told(page, 'scan', { state: 'ready', link: (await call(page, 'state')).value.link })).link, /seed=2/);
    await frame.evaluate(() => document.getElementById('scan-run')?.click());
    await poll(page, 'the run that a person has begun', () => /** @type {any} */ (globalThis).told.at(-1).state === 'running');
    await call(page, 'pause');
    await poll(page, 'the pause', () => /** @type {any} */ (globalThis).told.filter((/** @type {any} */ { event }) => event === 'scan').at(-1).state === 'paused');
    assert.deepEqual(errors(), []);
  });

  test('wants a height by its width alone', async () => {
    const { page, frame } = await open(`embed=lab&${SOON}`);
    for (const width of [320, 390, 500, 640, 800, 1100, 1280]) {
      await page.evaluate((width) => { const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe')); /** @type {any} */ (globalThis).told.length = 0; frame.width = String(width); frame.height = '200'; }, width);
      await poll(frame, `a width of ${width}`, (width) => innerWidth === width, { args: [width] });
      const { height } = (await call(page, 'state')).value;
      await page.$eval('iframe', (frame, height) => { frame.height = String(height); }, height);
      await poll(frame, `a height of ${height}`, (height) => innerHeight === height, { args: [height] });
      await frame.evaluate(async () => { for (let turn = 0; turn < 6; turn += 1) await new Promise(requestAnimationFrame); });
      assert.equal((await call(page, 'state')).value.height, height);
      assert.equal(await frame.evaluate(() => [...document.querySelectorAll('[data-gone]')].map((element) => `${element.id} ${element.className}`).filter((name) => !/presets/.test(name)).join()), '', `${width} × ${height}`);
    }
  });

  test('hears a page that the browser does not tell of, as with referrerpolicy', async () => {
    for (const attributes of ['referrerpolicy="no-referrer"', 'referrerpolicy="no-referrer" sandbox="allow-scripts"']) {
      const { page } = await open(`embed=lab&${SOON}`, attributes);
      await call(page, 'pause');
      assert.equal((await call(page, 'state')).value.playing, false);
    }
  });

  test('takes no focus by itself, and gives it back', async () => {
    const { page, frame } = await open(`embed=lab&${SOON}`);
    await page.focus('#own');
    for (const [name, ...args] of [['pause'], ['play'], ['set', 'L=8&m=0.9&seed=2#compare=0.5'], ['reset'], ['reveal'], ['picture', 'png']]) await call(page, /** @type {string} */ (name), ...args);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'own');
    await frame.focus('#m-field');
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'IFRAME');
    await page.evaluate(() => { /** @type {any} */ (globalThis).told.length = 0; });
    await frame.evaluate(() => {
      for (const key of ['ArrowLeft', 'b', 'PageDown']) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      document.activeElement instanceof HTMLElement && document.activeElement.blur();
      for (const key of ['ArrowLeft', 'F', 'x', ' ', '.']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    });
    await told(page, 'key', { key: '.' });
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).told.filter((/** @type {any} */ { event }) => event === 'key').map((/** @type {any} */ { key }) => key)), ['PageDown', 'ArrowLeft', 'F', '.']);
    await page.keyboard.press('Escape');
    await told(page, 'key', { key: 'Escape' });
  });

  test('is an element of its own', async () => {
    const { page, errors } = await openHost(stand, other, hostPage(`<script type="module" src="${stand.url}uphill-lab.js"></script>
<div style="height:3000px"></div><uphill-lab m="0.9" l="8" beta="0.6" seed="1" hide="word" style="width:640px;height:420px"></uphill-lab>`));
    await poll(page, 'the element', () => Boolean(/** @type {any} */ (document.querySelector('uphill-lab')).embed));
    const size = await page.evaluate(() => { const { width, height } = /** @type {any} */ (document.querySelector('uphill-lab')).embed.frame.getBoundingClientRect(); return [width, height]; });
    assert.deepEqual(size, [640, 420]);
    assert.equal(await page.evaluate(() => /** @type {any} */ (document.querySelector('uphill-lab')).embed.frame.loading), 'lazy');
    await page.evaluate(() => {
      /** @type {any} */ (globalThis).heardEvents = [];
      for (const name of ['ready', 'significant', 'refused']) document.querySelector('uphill-lab')?.addEventListener(name, (event) => /** @type {any} */ (globalThis).heardEvents.push([name, /** @type {CustomEvent} */ (event).detail]));
      document.querySelector('uphill-lab')?.scrollIntoView();
    });
    await poll(page, 'the word', () => /** @type {any} */ (globalThis).heardEvents.some((/** @type {any[]} */ [name]) => name === 'significant'));
    const frame = await frameOf(page, 'hide=word');
    assert.match(await frame.evaluate(() => globalThis.uphill.lab.simulator.link()), /L=8&beta=0\.6&m=0\.9&seed=1/);
    await page.evaluate(() => document.querySelector('uphill-lab')?.setAttribute('m', '0.5'));
    await poll(frame, 'another m₊', () => globalThis.uphill.lab.simulator.params().mRight === 0.5);
    await page.evaluate(() => document.querySelector('uphill-lab')?.setAttribute('m', '5'));
    await poll(page, 'a refusal', () => /** @type {any} */ (globalThis).heardEvents.some((/** @type {any[]} */ [name, detail]) => name === 'refused' && /m=5/.test(detail)));
    await page.evaluate(() => document.querySelector('uphill-lab')?.setAttribute('m', '0.6'));
    await page.evaluate(() => document.querySelector('uphill-lab')?.setAttribute('embed', 'plot'));
    const plot = await frameOf(page, 'embed=plot');
    await poll(plot, 'the plot', () => document.documentElement.dataset.embed === 'plot');
    assert.deepEqual(errors(), []);
  });
}

inBothBrowsers('The client of a frame', tests, { shared: true });
