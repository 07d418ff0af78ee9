// The bare page in a frame of another host's page: its three levels, its messages, and the snippet
// that puts it there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { inAllBrowsers, poll, screenshot } from './browser.js';
import { frameOf } from './frames.js';
import { serveSite } from './server.js';
import { sticksOut } from './person.js';
import { ENDLESS, hold, isUnderWay } from './scans.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('./browser.js').Stand} Stand */

const SCAN = 'exp=current&L=8&beta=0.6&ms=0.5,0.8&err=0.01&relax=200&cap=20000&reps=2&seed=1';

/** What no page should take a frame down with. */
const MALFORMED = [
  null, undefined, 0, '', 'play', [], {}, [{ uphill: 1 }], { uphill: 1 }, { uphill: 2, type: 'pause' }, { type: 'pause' },
  { uphill: '1', type: 'pause' }, { uphill: 1, type: 'Pause' }, { uphill: 1, type: 'constructor' }, { uphill: 1, type: '__proto__' },
  { uphill: 1, type: ['pause'] }, { uphill: 1, type: {} }, { uphill: 1, type: 'pause', id: {} },
  { uphill: 1, type: 'pause', id: 'x'.repeat(101) }, { uphill: 1, type: 'pause', id: NaN }, { uphill: 1, type: 'pause', id: null },
];

/** A page of another host around a frame, with the client where its site is given. @param {string} frame @param {string} [site] */
const around = (frame, site) => `<!doctype html><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><body style="margin:0">${frame}<script>
heard = [];
addEventListener('message', ({ data, source }) => { if (source === frames[0]) heard.push(data); });
</script>${site === undefined ? '' : `<script type="module">
import { connect } from '${site}uphill-embed.js';
globalThis.client = connect(document.querySelector('iframe'));
</script>`}`;

/**
 * What the page around the frame was told; runs in the page.
 * @typedef {{id?: number, event?: string, ok?: boolean, error?: string, value?: any, state?: string, link?: string}} Told
 */

/** @param {Stand} stand */
function tests(stand) {
  /** @type {import('./server.js').Host} */
  let other;
  /** @type {Record<string, string>} */
  const pages = {};
  before(async () => { other = await serveSite({ pages }); });
  after(() => other.close());

  /** Opens a frame within a page of another host. @param {string} query @param {{sandbox?: string, width?: number}} [how] */
  async function open(query, { sandbox = 'allow-scripts allow-same-origin', width = 640 } = {}) {
    const { page, errors: all } = await stand.visit('icon.svg', { started: false, viewport: { width, height: 700 } });
    pages['host.html'] = around(`<iframe src="${stand.url}?${query.replaceAll('&', '&amp;')}" sandbox="${sandbox}" width="100%" height="690" style="border:0"></iframe>`, stand.url);
    await page.goto(`${other.url}host.html`);
    await poll(page, 'the frame to be ready', () => /** @type {Told[]} */ (/** @type {any} */ (globalThis).heard).some(({ event }) => event === 'ready'), { errors: all });
    // The picture from which it set out has no icon, and the host of the page around neither.
    const errors = all.filter((error) => !/favicon|status of 404/.test(error));
    all.splice(0);
    const frame = page.frames()[1];
    await poll(page, 'the client', () => Boolean(/** @type {any} */ (globalThis).client), { errors: all });
    /** What the client answers. @param {{type: string, link?: string}} message @returns {Promise<Told>} */
    const ask = ({ type, ...more }) => page.evaluate((type, args) => /** @type {any} */ (globalThis).client[type](...args).then((/** @type {unknown} */ value) => ({ ok: true, value }), (/** @type {Error} */ { message }) => ({ ok: false, error: message })), type, Object.values(more));
    assert.deepEqual(errors, []);
    return { page, frame, ask, errors: all };
  }

  /** Which parts of the page can be seen. @param {import('puppeteer-core').Frame} frame */
  const seen = (frame) => frame.evaluate(() => ['.top', '.hero', '[data-plot="integrated"]', '[data-plot="profile"]', '.rest', '.result', '#play', '#reset', '.picture', '#scan-run', '.about', '#to-full']
    .filter((part) => [...document.querySelectorAll(part)].some((element) => element.getClientRects().length > 0)));

  for (const [level, query, parts] of /** @type {const} */ ([
    ['lab', 'm=0.999&seed=1', ['.hero', '.result', '#play', '#reset', '#to-full']],
    ['plot', 'm=0.999&seed=1', ['[data-plot="integrated"]', '.result', '#play', '#reset', '#to-full']],
    ['figure', SCAN, ['.picture', '#scan-run', '#to-full']],
  ])) {
    test(`the ${level} is bare, fits, and leads to the whole page`, async () => {
      for (const width of [640, 320]) {
        const { page, frame, errors } = await open(`embed=${level}&${query}`, { width });
        await poll(page, 'a word of the frame', () => /** @type {Told[]} */ (/** @type {any} */ (globalThis).heard).length > 0);
        for (let tries = 0; tries < 100 && (await seen(frame)).length < parts.length; tries += 1) await sleep(100);
        await frame.evaluate(() => new Promise(requestAnimationFrame));
        assert.deepEqual(await seen(frame), parts);
        assert.deepEqual(await sticksOut(/** @type {any} */ (frame)), []);
        await frame.hover('#to-full');
        const full = await frame.$eval('#to-full', (anchor) => /** @type {HTMLAnchorElement} */ (anchor).href);
        assert.equal(new URL(full).searchParams.get('embed'), null);
        assert.equal(new URL(full).searchParams.get('seed'), '1');
        await screenshot(page, `${stand.kind.toLowerCase()}-embed-${level}-${width}`);
        assert.deepEqual(errors, []);
      }
    });
  }

  // WebKit takes no script for the site's own in a frame without an origin, and no style.
  const strict = 'allow-scripts';
  if (stand.kind === 'WebKit') {
    test(`says why nothing runs with sandbox="${strict}"`, async () => {
      const { page } = await stand.visit('icon.svg', { started: false });
      pages['host.html'] = around(`<iframe src="${stand.url}?embed=lab&amp;seed=1" sandbox="${strict}" width="600" height="600"></iframe>`);
      await page.goto(`${other.url}host.html`);
      const words = await page.frames()[1].$eval('#not-started', (words) => (words.checkVisibility() ? words.textContent ?? '' : ''));
      assert.match(words, /Safari.*sandbox="allow-scripts allow-same-origin"/);
    });
  }
  for (const sandbox of [...(stand.kind === 'WebKit' ? [] : [strict]), 'allow-scripts allow-same-origin']) {
    test(`hears messages and runs a scan with sandbox="${sandbox}"`, async () => {
      const { page, frame, ask, errors } = await open('embed=lab&m=0.999&seed=1', { sandbox });
      assert.equal((await ask({ type: 'pause' })).ok, true);
      const set = await ask({ type: 'set', link: 'L=12&m=0.9&seed=3' });
      assert.deepEqual([set.ok, set.error], [true, undefined]);
      const { value } = await ask({ type: 'observables' });
      assert.match(String(value.link), /L=12/);
      assert.match(String(value.link), /m=0\.9&|m=0\.9$/);
      assert.equal(value.playing, false);
      const wrong = await ask({ type: 'set', link: 'm=7' });
      assert.equal(wrong.ok, false);
      assert.match(String(wrong.error), /m=7|m: |m = /);
      assert.equal((await ask({ type: 'observables' })).value.link, value.link);
      await ask({ type: 'play' });
      await poll(frame, 'a move', () => globalThis.uphill.lab.simulator.events > 0);
      const later = (await ask({ type: 'observables' })).value;
      assert.equal(later.playing, true);
      assert.notEqual(later.digest, value.digest);
      await ask({ type: 'pause' });
      await ask({ type: 'reset' });
      assert.equal((await ask({ type: 'observables' })).value.digest, value.digest);
      assert.deepEqual(errors, []);

      const figure = await open(`embed=figure&${SCAN}`, { sandbox });
      await figure.ask({ type: 'play' });
      const ended = await poll(figure.page, 'the end of the scan', () => /** @type {Told[]} */ (/** @type {any} */ (globalThis).heard).find(({ event }) => event === 'scan-ended'), { errors: figure.errors });
      assert.equal(ended.state, 'complete', await figure.frame.$eval('#scan-words', (words) => words.textContent ?? ''));
      assert.match(String(ended.link), /exp=current/);
      const found = (await figure.ask({ type: 'observables' })).value;
      assert.equal(found.share, 1);
      assert.deepEqual([...new Set(found.table.rows.map((/** @type {{point: number}} */ { point }) => point))], [0, 1]);
      // A scan that runs is begun anew as well, and takes no focus from the page around.
      await figure.page.evaluate(() => { /** @type {any} */ (globalThis).heard.length = 0; });
      await figure.ask({ type: 'set', link: ENDLESS.slice(1) });
      await figure.ask({ type: 'play' });
      await poll(figure.page, 'the frame to keep the focus away', () => document.activeElement === document.body);
      await isUnderWay(figure.frame);
      assert.equal((await figure.ask({ type: 'observables' })).value.state, 'running');
      // Not a move is made any more: what is known after it is known from before.
      await hold(figure.frame, 'every');
      const reset = await figure.ask({ type: 'reset' });
      assert.equal(reset.ok, true, reset.error);
      const anew = (await figure.ask({ type: 'observables' })).value;
      assert.deepEqual([anew.state, anew.share], ['running', 0]);
      await figure.ask({ type: 'pause' });
      assert.equal(await figure.page.evaluate(() => document.activeElement === document.body), true);
      assert.deepEqual(figure.errors, []);
    });
  }

  test('does nothing on malformed messages, nor on those of others', async () => {
    const { page, ask, errors } = await open('embed=lab&m=0.999&seed=1');
    await ask({ type: 'play' });
    // What the frame says by itself is no answer.
    const answers = () => page.evaluate(() => /** @type {Told[]} */ (/** @type {any} */ (globalThis).heard).filter(({ event }) => !event).length);
    const before = await answers();
    await page.evaluate((messages) => {
      for (let time = 0; time < 100; time += 1) for (const message of messages) frames[0].postMessage(message, '*');
    }, MALFORMED);
    // A frame beside it is not the page around it.
    await page.evaluate(() => new Promise((resolve) => {
      const beside = document.createElement('iframe');
      beside.srcdoc = `<script>parent.frames[0].postMessage({ uphill: 1, id: 'beside', type: 'pause' }, '*')<${'/'}script>`;
      beside.onload = () => setTimeout(resolve, 300);
      document.body.append(beside);
    }));
    assert.equal(await answers(), before);
    assert.equal((await ask({ type: 'observables' })).value.playing, true);
    assert.deepEqual(errors, []);
  });

  test('hears only the host that the address names', async () => {
    const named = await open(`embed=lab&seed=1&host=${encodeURIComponent(new URL(other.url).origin)}`);
    assert.equal((await named.ask({ type: 'pause' })).ok, true);
    // The wrong one, and none: a page that is not heard is not answered, and cannot be told that.
    for (const [host, words] of [['https://example.org', ''], ['nobody', 'host=nobody']]) {
      const { page } = await stand.visit('icon.svg', { started: false });
      pages['host.html'] = around(`<iframe src="${stand.url}?embed=lab&amp;seed=1&amp;host=${encodeURIComponent(host)}"></iframe>`);
      await page.goto(`${other.url}host.html`);
      const lab = await poll(page, 'the frame', () => frames.length === 1) && page.frames()[1];
      await poll(/** @type {any} */ (lab), 'the run', () => globalThis.uphill?.lab?.playing);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await page.evaluate(() => frames[0].postMessage({ uphill: 1, id: 1, type: 'pause' }, '*'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(await lab.evaluate(() => globalThis.uphill.lab.playing), true, host);
      assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).heard), []);
      assert.ok((await lab.$eval('#notices', (notices) => notices.textContent ?? '')).includes(words), words);
    }
  });

  test('keeps the level from the engine, however it is written', async () => {
    const { frame } = await open('%65mbed=lab&embed=plot&seed=1');
    assert.match(await frame.$eval('#notices', (notices) => notices.textContent ?? ''), /^In the link, embed: .* The first counts\.Dismiss$/);
    assert.ok((await seen(frame)).includes('.hero'));
  });

  test('names a level that there is not, and shows the whole page', async () => {
    const { page, errors } = await stand.visit('?embed=all&seed=1');
    await poll(page, 'a word about it', () => /embed=all.*lab, plot and figure/.test(document.getElementById('notices')?.innerText ?? ''));
    assert.equal(await page.$eval('.top', (top) => top.getClientRects().length), 1);
    assert.deepEqual(errors, []);
  });

  test('gives a snippet that works', async () => {
    const { page, errors } = await stand.visit('?m=0.998&seed=5');
    await page.click('#embed');
    const written = await poll(page, 'the snippet', () => /** @type {HTMLTextAreaElement} */ (document.getElementById('embed-snippet')).value);
    // The frame that it shows has all that it asks for.
    if (stand.kind !== 'WebKit') await poll(page, 'the frame', () => Boolean(document.querySelector('#embed-preview'))) && await poll(await frameOf(page, 'embed=lab'), 'its run', () => globalThis.uphill?.lab?.simulator.events > 0 && performance.getEntriesByType('resource').some(({ name }) => name.includes('messages')));
    await screenshot(page, `${stand.kind.toLowerCase()}-embed-dialog`);
    await page.click('#close-embed');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'embed');
    assert.deepEqual(errors, []);
    pages['host.html'] = around(written);
    await page.goto(`${other.url}host.html`);
    await poll(page, 'the frame to be ready', () => /** @type {Told[]} */ (/** @type {any} */ (globalThis).heard).some(({ event }) => event === 'ready'));
    const link = await page.frames()[1].evaluate(() => globalThis.uphill.lab.simulator.link());
    assert.match(link, /m=0\.998/);
    assert.match(link, /seed=5/);
  });
}

inAllBrowsers('The page in a frame', tests, { shared: true });
