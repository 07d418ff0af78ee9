// The page in another language: no text is left in English, numbers, digests and files are the same,
// all has room, and links lead on in the language.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { STEPS } from '../../www/js/words/tour.js';
import { misplaced } from './boxes.js';
import { inAllBrowsers, inBothBrowsers, poll } from './browser.js';
import { digestAt, drawn, openMore } from './person.js';
import { complete, result, SHORT, visitScan } from './scans.js';
import { hasWord, SAME } from './translations.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** A scan of each kind that is over soon. */
const SCANS = {
  current: SHORT,
  states: '?exp=states&L=12&beta=0.6&ms=0.9,0.99&err=0.001&relax=100&cap=5000&reps=2&seed=3',
  equilibrium: '?exp=equilibrium&Ls=4:8:2&beta=0.6&errm=0.01&relax=100&cap=5000&reps=2&seed=4',
  sizes: '?exp=sizes&Ls=4,5,6&ms=0.5&beta=0.3&err=0.02&relax=100&cap=5000&reps=1&seed=5',
  relation: '?exp=relation&Ls=4&betas=0.6&err=0.002&errm=0.01&relax=100&cap=5000&seed=5',
  map: '?exp=map&L=8&ms=0:1:0.5&betas=0.3,0.7&moves=30000&relax=100&seed=7',
  regimes: '?exp=regimes&L=8&ms=0.5,0.9&beta=0.6&err=0.000001&relax=100&cap=20000&reps=1&seed=5',
  exact: '?exp=exact&ms=0.5&betas=0.44&err=0.01&relax=100&cap=5000&seed=6',
};

/** An address in German. @param {string} address */
const german = (address) => address.replace('?', '?lang=de&');

/** All texts of a page, seen or not, but for what is no language, or another. @param {Page} page */
function said(page) {
  return page.evaluate(() => {
    const NOT_SAID = 'script, style, template, noscript, pre, code, math, textarea, cite, [hreflang], #about .languages';
    const ATTRIBUTES = ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'];
    const texts = new Set([document.title]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest(NOT_SAID)) continue;
      if (node instanceof Text) texts.add(node.data.trim());
      else for (const name of ATTRIBUTES) texts.add(element.getAttribute(name)?.trim() ?? '');
    }
    return [...texts];
  });
}

/** What is said in both languages in the same words. @param {string[]} english @param {string[]} own */
const left = (english, own) => own.filter((text) => hasWord(text) && english.includes(text) && !SAME.de.test(text));

/** What a person does to see much of the lab, and some notices. @param {Page} page */
async function seeLab(page) {
  await openMore(page);
  await page.evaluate(() => {
    for (const opens of ['#lab-help > summary', '#kept > summary', '#compare', '#paint']) /** @type {HTMLElement} */ (document.querySelector(opens)).click();
  });
  for (const field of ['m-field', 'size-lx', 'until']) {
    await page.$eval(`#${field}`, (input) => {
      /** @type {HTMLInputElement} */ (input).value = 'x';
      input.dispatchEvent(new Event('change'));
    });
  }
  await page.$eval('#until-form', (form) => /** @type {HTMLFormElement} */ (form).requestSubmit());
  await page.evaluate(() => { /** @type {HTMLElement} */ (document.querySelector('#embed')).click(); });
  await poll(page, 'the dialog', () => Boolean(document.querySelector('#embed-dialog[open]')));
  await page.evaluate(() => /** @type {HTMLDialogElement} */ (document.querySelector('#embed-dialog')).close());
  await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#show-shortcuts')).click());
  await page.evaluate(() => /** @type {HTMLDialogElement} */ (document.querySelector('#shortcuts')).close());
  await poll(page, 'the brush', () => !document.querySelector('#brush[hidden]'));
  await poll(page, 'what is kept', () => !/Looking|Sieht/.test(document.getElementById('kept-words')?.textContent ?? ''));
  await page.evaluate(() => globalThis.uphill.lab.pause());
  await drawn(page, 30);
}

/** With everything of a link that is complained of. */
const BAD = '?m=7&beta=x&L=40&Ly=3&shift=2&width=3&bc=round&foo=1&seed=1&seed=2&v=3&utm_source=x&theme=pink&autoplay=now&hide=all&embed=all&host=no#compare=9&tour=99';

inBothBrowsers('In German', (stand) => {
  test('nothing of the lab is left in English, whatever is opened, painted and complained of', async () => {
    /** @type {string[][]} */
    const texts = [];
    for (const address of [BAD, german(BAD)]) {
      const { page } = await stand.visit(address, { tab: 'own' });
      await poll(page, 'the notices', () => document.querySelectorAll('#notices p').length > 8);
      await seeLab(page);
      texts.push(await said(page));
    }
    assert.ok(texts[1].length > 400, String(texts[1].length));
    assert.deepEqual(left(texts[0], texts[1]), []);
    assert.ok(texts[1].some((text) => text.startsWith('Im Link, m=7: erlaubt ist eine Zahl von')), texts[1].join('\n'));
  });

  test('nothing of the tour is left in English, at any step', async () => {
    /** @type {string[][]} */
    const texts = [];
    for (const address of ['?m=0.999&seed=1#tour=1', '?lang=de&m=0.999&seed=1#tour=1']) {
      const { page, errors } = await stand.visit(address);
      await poll(page, 'the tour', () => Boolean(document.querySelector('.tour:not([hidden])')));
      texts.push([]);
      for (let step = 1; step <= STEPS.length; step += 1) {
        await page.evaluate((step) => /** @type {HTMLElement} */ (document.querySelectorAll('.tour-steps a')[step - 1]).click(), step);
        await drawn(page);
        texts[texts.length - 1].push(...await said(page));
      }
      assert.deepEqual(errors, []);
    }
    assert.deepEqual(left(texts[0], [...new Set(texts[1])]), []);
    assert.ok(texts[1].some((text) => text.startsWith('„Für')), 'a statement of the paper');
  });

  // In one browser: the texts are the same in the other.
  for (const [kind, address] of Object.entries(stand.kind === 'Chromium' ? SCANS : {})) {
    test(`nothing of a figure is left in English, and its numbers and files are the same: ${kind}`, async () => {
      /** @type {{texts: string[], json: string, csv: string, numbers: string[][]}[]} */
      const seen = [];
      for (const link of [address, german(address)]) {
        const { page, errors } = await visitScan(stand, link);
        await page.click('#scan-more > summary');
        const before = await said(page);
        await complete(page, errors);
        await poll(page, 'the table', () => document.querySelectorAll('#results tbody tr').length > 0);
        await poll(page, 'the findings', () => document.querySelectorAll('#findings dd').length > 1);
        await drawn(page, 10);
        await page.evaluate(() => { for (const probe of document.querySelectorAll('#pictures .probe')) probe.dispatchEvent(new FocusEvent('focus')); });
        const json = await result(page);
        const { csv, numbers } = await page.evaluate(() => {
          const { scan } = globalThis.uphill.figures;
          const isNumber = (/** @type {string} */ cell) => /^[−\d]/.test(cell) && !/\p{L}{2}/u.test(cell);
          return { csv: String(scan?.csv('point')), numbers: scan?.table().rows.map(({ cells }) => cells.filter(isNumber)) ?? [] };
        });
        seen.push({ texts: [...before, ...await said(page)], json, csv, numbers });
        assert.deepEqual(errors, []);
      }
      const [english, own] = seen;
      assert.deepEqual(left(english.texts, [...new Set(own.texts)]), []);
      assert.ok(english.numbers.flat().length > 0);
      assert.deepEqual(own.numbers, english.numbers);
      assert.equal(own.json, english.json);
      assert.equal(own.csv, english.csv);
    });
  }

  test('a run has the digest that it has in English', async () => {
    const digests = [];
    for (const address of ['?m=0.998&L=20&seed=7', '?lang=de&m=0.998&L=20&seed=7']) {
      const { page } = await stand.visit(address);
      digests.push(await digestAt(page, 'm=0.998&L=20&seed=7', 20_000));
    }
    assert.equal(digests[1], digests[0]);
  });

  test('all has room on a phone, a laptop and in frames', async () => {
    const { page, errors } = await stand.visit('?lang=de&m=0.998&seed=1');
    await poll(page, 'a sign', () => globalThis.uphill.lab.first.word !== null);
    await page.evaluate(() => globalThis.uphill.lab.pause());
    await openMore(page);
    for (const opens of ['#compare', '#lab-help summary', '#kept > summary']) await page.click(opens);
    for (const width of [320, 390, 820, 1280]) {
      await page.setViewport({ width, height: 740 });
      await drawn(page);
      assert.deepEqual(await misplaced(page), [], `at ${width} pixels`);
    }
    for (const [level, width, height] of /** @type {const} */ ([['lab', 900, 560], ['lab', 300, 200], ['plot', 300, 200], ['plot', 900, 560]])) {
      const { page: frame } = await stand.visit(`?embed=${level}&lang=de&m=0.998&seed=1`, { viewport: { width, height } });
      await poll(frame, 'a sign', () => globalThis.uphill.lab.first.word !== null);
      await frame.evaluate(() => globalThis.uphill.lab.pause());
      await drawn(frame);
      assert.deepEqual(await misplaced(frame), [], `${level} in ${width} × ${height}`);
    }
    assert.deepEqual(errors, []);
  });

  test('a figure has room on a phone and a laptop, with its results', async () => {
    const { page, errors } = await visitScan(stand, german(SHORT));
    await complete(page, errors);
    await poll(page, 'the findings', () => document.querySelectorAll('#findings dd').length > 1);
    await page.click('#scan-more > summary');
    for (const width of [320, 390, 1280]) {
      await page.setViewport({ width, height: 740 });
      await drawn(page, 20);
      assert.deepEqual(await misplaced(page), [], `at ${width} pixels`);
    }
    assert.deepEqual(errors, []);
  });
});

inAllBrowsers('The language of the page', (stand) => {
  /** What a page tells of its language. @param {Page} page */
  const spoken = (page) => page.evaluate(() => ({ lang: document.documentElement.lang, title: document.title, play: document.querySelector('#reset')?.previousElementSibling?.textContent }));

  test('is told to screen readers, kept in the address and in every link that leads on', async () => {
    const { page, errors } = await stand.visit('?lang=de&m=0.999&seed=1');
    assert.deepEqual(await spoken(page), { lang: 'de', title: 'Uphill: der Strom, der bergauf fließt', play: 'Ein Ereignis' });
    await page.click('[data-preset="m=0.998"]');
    await poll(page, 'it in the address', () => location.search.includes('m=0.998'));
    await poll(page, 'the address to follow', () => location.search === '?lang=de&v=1&m=0.998&seed=1');
    const links = await page.evaluate(() => ['#to-lab', '#to-figures', '#to-tour'].map((id) => document.querySelector(id)?.getAttribute('href')));
    assert.deepEqual(links, ['?lang=de', '?lang=de&exp=current', '?lang=de&m=0.999&seed=1#tour=1']);
    const copied = await page.evaluate(async () => {
      const written = new Promise((resolve) => { Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (/** @type {string} */ text) => resolve(text) } }); });
      /** @type {HTMLElement} */ (document.querySelector('#copy-link')).click();
      return String(await written);
    });
    assert.match(copied, /\?lang=de&v=1&m=0\.998&seed=1$/);
    await page.click('#embed');
    await poll(page, 'the dialog', () => Boolean(document.querySelector('#embed-dialog[open]')));
    const snippet = () => page.$eval('#embed-snippet', (text) => /** @type {HTMLTextAreaElement} */ (text).value);
    assert.match(await snippet(), /\?embed=lab&amp;lang=de&amp;v=1&amp;m=0\.998/);
    await page.select('#embed-lang', '');
    assert.match(await snippet(), /\?embed=lab&amp;v=1&amp;m=0\.998/);
    assert.deepEqual(errors, []);
  });

  test('is chosen beside the colours, for the run that is shown', async () => {
    const { page, errors } = await stand.visit('?m=0.999&seed=1');
    assert.equal((await spoken(page)).lang, 'en');
    await page.click('[data-preset="m=0.998"]');
    for (const [other, search] of [['de', '?lang=de&v=1&m=0.998&seed=1'], ['en', '?v=1&m=0.998&seed=1']]) {
      const link = `.top [hreflang="${other}"]`;
      assert.deepEqual(await page.$$eval('.top [hreflang]', (links) => links.filter((one) => one.checkVisibility()).map((one) => one.getAttribute('lang'))), [other]);
      // What the pointer has fetched is not broken off.
      await page.mouse.move(300, 300);
      await page.waitForNetworkIdle({ idleTime: 300 });
      await page.click(link);
      await poll(page, `the page in ${other}`, (other) => document.documentElement.lang === other && Boolean(globalThis.uphill?.lab?.simulator), { args: [other] });
      assert.equal(await page.evaluate(() => location.search), search);
    }
    assert.deepEqual(errors, []);
  });

  test('is read as the engine reads a link, whatever it has come through', async () => {
    const { page, errors } = await stand.visit('?m=0.998%26lang%3Dde%26seed%3D1', { started: false });
    await poll(page, 'German', () => document.documentElement.lang === 'de' && Boolean(globalThis.uphill?.lab?.simulator));
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.simulator.link()), 'v=1&m=0.998&seed=1');
    assert.deepEqual(errors, []);
  });

  test('is English for en, and for what there is not, which is told', async () => {
    const { page } = await stand.visit('?lang=en&m=0.999&seed=1');
    assert.equal((await spoken(page)).lang, 'en');
    await page.click('[data-preset="m=0.998"]');
    await poll(page, 'the address without it', () => location.search === '?v=1&m=0.998&seed=1');
    assert.equal(await page.$('#notices p'), null);
    const { page: other } = await stand.visit('?lang=tlh&seed=1');
    await poll(other, 'a word about it', () => document.querySelector('#notices')?.textContent?.includes('In the link, lang=tlh: allowed are en, de. The page speaks English.'));
    assert.equal((await spoken(other)).lang, 'en');
  });
});

/** What the host does not find for now. */
let lost = /^$/;

inBothBrowsers('A language that does not come', (stand) => {
  test('leaves the page in English, with a word about it', async () => {
    lost = /js\/de-/;
    const { page } = await stand.visit('?lang=de&seed=1');
    await poll(page, 'a word about it', () => document.querySelector('#notices')?.textContent?.includes('texts of the language in the link could not be fetched'));
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    lost = /^$/;
    await page.reload();
    await poll(page, 'German', () => document.documentElement.lang === 'de');
  });
}, { served: (name) => { if (lost.test(name)) throw new Error(`${name} is lost for the test`); } });

