// The link: what the page writes into its address describes its run, for the page and for the
// terminal, and what is wrong in a link is said and does no harm.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { inAllBrowsers, inChromium, poll } from './browser.js';
import { digestAt, enter, params, press, runsOn, text } from './person.js';
import { runInTerminal } from './terminal.js';

const LINKS = [
  'm=0.998',
  'm=0.998&seed=7&L=20&v=1',
  'Lx=24&Ly=10&beta=0.6&m=0.5&mL=-0.25&bc=shifted&seed=3',
  'dyn=metropolis&L=12&m=0.9&seed=9007199254740991',
  'res=off&init=stripe&width=6&L=16&beta=0.7&seed=0',
];

/** A simulated time that every one of them reaches within seconds. */
const TIME = 2000;

/** A line of the table of links as they arrive: the text, the canonical link that it stands for, and the keys that are named as wrong. */
const ARRIVING = readFileSync(new URL('../links/arriving.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .map(([text, link, wrong = '']) => ({
    text: text.replaceAll('\\n', '\n').replace(/\\u\{(\w+)\}/g, (_, code) => String.fromCodePoint(parseInt(code, 16))),
    asked: new URLSearchParams(link),
    wrong: wrong.split(',').filter(Boolean),
  }));

// In Chromium alone: the links are many, and the engine that reads them is the same.
inChromium('A link as it arrives', (stand) => {
  test('is the run that it stands for, on a phone, whatever was open in the tab before', async () => {
    const { page, errors } = await stand.visit('', { viewport: { width: 390, height: 844 } });
    // Of a whole address the page has the query; one that is hidden in another stays whole, and is the terminal's to read.
    const links = ARRIVING.filter(({ text, asked }) => !asked.has('exp') && !/^https:\/\/(host\/%3F|nam\.|www\.)|^https%3A/.test(text));
    assert.ok(links.length > 40, String(links.length));
    for (const { text, asked, wrong } of links) {
      await page.goto(`${stand.url}?${text.replace(/^[^?&= ]*\?/, '')}`, { waitUntil: 'load' });
      await poll(page, `the run of ${text}`, () => Boolean(globalThis.uphill?.lab?.simulator), { errors });
      const { lx, ly, beta, mRight, seed } = await params(page);
      // A seed that is not read is drawn by the page.
      assert.deepEqual({ lx, ly, beta, mRight, seed: asked.get('seed') === '0' ? 0 : seed }, {
        lx: 40, ly: 40, beta: Number(asked.get('beta') ?? 1), mRight: Number(asked.get('m') ?? 0.999), seed: Number(asked.get('seed')),
      }, text);
      const { share, said } = await page.evaluate(() => ({
        share: /** @type {HTMLElement} */ (document.getElementById('notices-place')).getBoundingClientRect().height / innerHeight,
        said: document.getElementById('notices')?.textContent ?? '',
      }));
      assert.ok(share <= 0.2, `${text}: notices on ${share} of the screen`);
      for (const key of wrong) assert.ok(share > 0 && said.includes(key), `${text}: no ${key} in: ${said}`);
    }
    assert.deepEqual(errors, []);
  });
});

inAllBrowsers('The link', (stand) => {
  for (const link of LINKS) {
    test(`${link} round-trips, here and in the terminal`, async () => {
      const { page, errors } = await stand.visit(`?${link}`);
      const written = await poll(page, 'the address to be canonical', () => {
        const { search } = location;
        return search === `?${globalThis.uphill.lab.simulator.link()}` && search;
      });
      const keys = new URLSearchParams(written);
      assert.equal(keys.get('v'), '1');
      assert.match(keys.get('seed') ?? '', /^\d+$/);
      const given = new URLSearchParams(link).get('seed');
      if (given !== null) assert.equal(keys.get('seed'), given);

      const before = await params(page);
      const digest = await digestAt(page, written, TIME);
      await page.reload({ waitUntil: 'load' });
      await poll(page, 'the run again', () => Boolean(globalThis.uphill?.lab?.simulator));
      assert.equal(await page.evaluate(() => location.search), written);
      assert.deepEqual(await params(page), before);
      assert.equal(await digestAt(page, written, TIME), digest);
      assert.equal((await runInTerminal(written.slice(1), TIME)).digest, digest);
      assert.deepEqual(errors, []);
    });
  }

  test('with bad keys is answered by name, and the page works', async () => {
    const { page, errors } = await stand.visit('?beta=-1&foo=2&L=40&L=50');
    const notices = await text(page, 'notices');
    for (const word of ['beta', '-1', 'foo', '2', 'L', '50']) {
      assert.ok(notices.replaceAll('−', '-').includes(word), `no ${word} in: ${notices}`);
    }
    const { beta, lx, ly } = await params(page);
    assert.deepEqual({ beta, lx, ly }, { beta: 1, lx: 40, ly: 40 });
    await runsOn(page, errors);
    assert.deepEqual(errors, []);
  });

  test('as a mail leaves it is read as it was meant', async () => {
    const { page, errors } = await stand.visit('?L%3D16%26amp%3Bm=0,5&seed=7&utm_source=mail&fbclid=x).');
    const { lx, mRight, seed } = await params(page);
    assert.deepEqual({ lx, mRight, seed }, { lx: 16, mRight: 0.5, seed: 7 });
    assert.equal(await text(page, 'notices'), 'Passed over in the link: utm_source, fbclid, by which others count visits.\nDismiss');
    // The fields read by the same rules.
    for (const [typed, m] of /** @type {[string, number][]} */ ([['−0,25', -0.25], ['０．７５', 0.75], [' +0.5 ', 0.5]])) {
      await enter(page, 'm-field', typed);
      assert.equal((await params(page)).mRight, m, typed);
    }
    await enter(page, 'm-field', '0.1&beta=2');
    assert.match(await text(page, 'm-field-notice'), /0\.1 beta=2/);
    assert.deepEqual(errors, []);
  });

  test('with very many bad keys leaves four fifths of a phone to the run', async () => {
    const { page, errors } = await stand.visit(`?seed=1&m=7&beta=-1&${Array.from({ length: 9 }, (_, i) => `key${i}=a%20b`).join('&')}?L=8`, { viewport: { width: 390, height: 844 } });
    const measured = () => page.evaluate(() => {
      const [place, lines] = ['notices-place', 'notices'].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
      return { share: place.getBoundingClientRect().height / innerHeight, lines: lines.children.length };
    });
    const unfold = '#unfold-notices';
    for (const [width, height] of [[390, 844], [320, 568]]) {
      await page.setViewport({ width, height });
      await poll(page, 'a way to open them', () => document.querySelector('#notices-bar:not([hidden])') !== null);
      await poll(page, 'nothing to stick out', () => document.documentElement.scrollWidth <= innerWidth);
      const { share, lines } = await measured();
      assert.ok(share > 0 && share <= 0.2, `${share} of ${width} × ${height}`);
      assert.equal(lines, 12);
      assert.equal(await page.$eval(unfold, (button) => button.textContent), 'Show all 12');
      await page.focus(unfold);
      await page.keyboard.press('Enter');
      assert.equal(await page.$eval(unfold, (button) => button.getAttribute('aria-expanded')), 'true');
      assert.ok((await measured()).share > 0.4);
      await page.keyboard.press('Enter');
      assert.ok((await measured()).share <= 0.2);
    }
    await page.click('#dismiss-notices');
    assert.deepEqual(await measured(), { share: 0, lines: 0 });
    assert.deepEqual(errors, []);
  });

  for (const [name, query, noticed] of /** @type {[string, string, boolean][]} */ ([
    ['nonsense', '?%F0%9F%90%88&&==&=1&&x=', true],
    ['junk in percents', '?%E0%A4%A&m=%ff%fe&%00=%00&%=%', true],
    ['markup', '?beta=%3Cimg%20src=x%20onerror=alert(1)%3E&%3Cscript%3E=1', true],
    ['a very long value', `?m=0.${'9'.repeat(9000)}`, false],
    ['a very long key', `?${'k'.repeat(9000)}=1`, true],
    ['very many keys', `?${Array.from({ length: 900 }, (_, i) => `k${i}=${i}`).join('&')}`, true],
    ['numbers that are none', '?beta=NaN&m=Infinity&mL=-inf&L=1e999&seed=0x10', true],
    ['numbers out of range', '?L=99999999999999999999&beta=10.5&m=1.0000001&seed=-1', true],
    ['a seed past the last', '?seed=9007199254740992', true],
    ['another version', '?v=2', true],
    ['names that JavaScript knows', '?__proto__=1&constructor=2&toString=3', true],
    ['a shift and a width of nothing', '?shift=3&width=5', true],
    ['the largest and hottest', '?L=512&beta=0&m=0', false],
    ['the smallest and coldest', '?L=4&beta=10&m=-1', false],
  ])) {
    test(`may be hostile: ${name}`, async () => {
      const { page, errors } = await stand.visit(query);
      if (noticed) assert.notEqual(await text(page, 'notices'), '');
      assert.equal(await page.$('#notices img, #notices script'), null);
      await page.evaluate(() => globalThis.uphill.lab.simulator.observables());
      assert.deepEqual(errors, []);
      // Where the clock cannot tell one move from the next, a run ends at once, in words.
      assert.ok(await page.evaluate(() => globalThis.uphill.lab.playing || globalThis.uphill.lab.pausedBecause !== ''));
    });
  }

  test('follows the sliders without filling the history', async () => {
    // In a tab of its own: a history that is full does not get longer.
    const { page } = await stand.visit('?seed=1', { tab: 'own' });
    const length = await page.evaluate(() => history.length);
    await press(page, 'm-slider', 'ArrowLeft', 30);
    await press(page, 'beta-slider', 'ArrowLeft', 30);
    const { mRight, beta } = await params(page);
    assert.ok(mRight < 0.999 && beta < 1, `the sliders moved to ${mRight} and ${beta}`);
    assert.equal(await page.evaluate(() => history.length), length);
  });

  test('keeps the page alive through thirty changes in a row', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    for (let round = 0; round < 6; round += 1) {
      await enter(page, 'm-field', String(0.9 + 0.01 * round));
      await enter(page, 'beta-field', String(0.3 + 0.3 * round));
      await enter(page, 'ml-field', String(-0.5 - 0.05 * round));
      await page.click('#new-seed');
      await page.evaluate((size) => globalThis.uphill.lab.restart(`?L=${size}&seed=1`), 8 << round);
    }
    await runsOn(page, errors);
    assert.deepEqual(errors, []);
  });
});
