// The page on paper: what was found and its pictures, dark or light as the screen may be, on white
// and without the controls.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

import { inChromium, poll } from './browser.js';
import { drawn, pictured, sticksOut } from './person.js';
import { AROUND } from './server.js';
import { complete, SHORT, visitScan } from './scans.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** The width of A4 with narrow margins, in CSS pixels. */
const PAPER = { width: 718, height: 1000 };

/** Shows the page as paper has it. @param {Page} page */
async function onPaper(page) {
  await page.setViewport(PAPER);
  await page.emulateMediaType('print');
  await drawn(page);
}

/** The controls that are printed. @param {Page} page */
const controls = (page) => page.evaluate(() => [...document.querySelectorAll('button, input, select, progress, #scan-more, #more')]
  .filter((element) => element.checkVisibility())
  .map((element) => `${element.tagName}#${element.id} ${element.textContent}`));

/** What stands around more than fits on half a page and cannot be cut between its parts: the rest of a page would stay blank. @param {Page} page */
const uncut = (page) => page.evaluate((most) => [...document.querySelectorAll('main, main *')]
  .filter((element) => element.children.length > 1 && element.getBoundingClientRect().height > most && !element.matches('.stages, .stages *'))
  .filter((element) => /grid|flex/.test(getComputedStyle(element).display))
  .map((element) => `${element.tagName}#${element.id}.${element.className}`), PAPER.height / 2);

/** The paper, and how bright the commonest colour of a picture is, from 0 to 255. @param {Page} page @param {string} id */
const ground = (page, id) => page.evaluate((id) => {
  const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById(id));
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    // What is transparent shows the paper.
    const level = data[at + 3] === 0 ? 255 : data[at + 1];
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const [[bright]] = [...counts].sort((a, b) => b[1] - a[1]);
  return { paper: getComputedStyle(document.body).backgroundColor, bright };
}, id);

/** The pages of the browser's own PDF: their text without spaces, and how many pictures and lines each has. @param {Page} page */
async function printed(page) {
  const pdf = await getDocument({ data: new Uint8Array(await page.pdf({ format: 'a4' })), verbosity: 0 }).promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const sheet = await pdf.getPage(number);
    const { items } = await sheet.getTextContent();
    const { fnArray } = await sheet.getOperatorList();
    const count = (/** @type {number} */ drawing) => fnArray.filter((done) => done === drawing).length;
    pages.push({
      text: items.map((item) => ('str' in item ? item.str : '')).join('').normalize('NFKC').replace(/\s+/g, ''),
      pictures: count(OPS.paintImageXObject) + count(OPS.paintImageMaskXObject),
      lines: count(OPS.constructPath),
    });
  }
  await pdf.loadingTask.destroy();
  return pages;
}

/** Waits until the module that writes the foot has come, as it does at the first sign of a person. @param {Page} page */
const footIsReady = (page) => poll(page, 'the module of the foot', () => performance.getEntriesByType('resource').some(({ name, startTime, duration }) => name.includes('/print-foot') && duration > 0 && performance.now() - startTime - duration > 200));

inChromium('On paper', (stand) => {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    test(`a run is whole, white and without controls where the screen is ${theme}`, async () => {
      const { page, errors } = await stand.visit('?m=0.998&seed=1', { tab: 'own' });
      await page.select('#theme', theme);
      await poll(page, 'a sign', () => globalThis.uphill.lab.first.word !== null);
      await page.evaluate(() => globalThis.uphill.lab.pause());
      await onPaper(page);
      assert.deepEqual(await controls(page), []);
      assert.deepEqual(await sticksOut(page), []);
      assert.deepEqual(await uncut(page), []);
      for (const id of ['plot-integrated', 'plot-profile', 'plot-mean']) {
        // Also what is far below the window.
        await pictured(page, id, ({ colours }) => colours >= 12);
        const { paper, bright } = await ground(page, id);
        assert.equal(paper, 'rgb(255, 255, 255)');
        assert.ok(bright > 240, `${id}: ${bright}`);
      }
      const empty = await page.$$eval('.digest dt', (all) => all.filter((name) => name.checkVisibility() && !/** @type {HTMLElement | null} */ (name.nextElementSibling)?.innerText.trim()).map((name) => name.textContent));
      assert.deepEqual(empty, [], 'a name without anything');
      for (const part of ['#lattice', '#verdict', '#numbers', '#about', '#digest']) {
        assert.ok(await page.$eval(part, (element) => element.checkVisibility() && element.getBoundingClientRect().height > 10), part);
      }
      // The screen has its colours again.
      await page.emulateMediaType('screen');
      await drawn(page);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme);
      // Of a run that goes on there is no digest, and so no line for it.
      await page.evaluate(() => globalThis.uphill.lab.play());
      await onPaper(page);
      assert.equal(await page.$eval('#digest', (element) => element.checkVisibility()), false);
      assert.deepEqual(errors, []);
    });
  }

  test('a run has one page, with its caption, its link and its code at the foot; the numbers have the next', async () => {
    const { page, errors } = await stand.visit('?m=0.998&seed=1', { tab: 'own' });
    for (const [host, codes] of /** @type {const} */ ([['127.0.0.1', 0], ['uphill.example', 1]])) {
      // A code that leads nowhere on another machine is not printed.
      await page.goto(`${stand.url.replace('127.0.0.1', host)}?m=0.998&seed=1`);
      await poll(page, 'a number', () => Boolean(globalThis.uphill?.lab?.first.observables.current.error));
      await page.mouse.move(300, 300);
      await page.evaluate(() => globalThis.uphill.lab.pause());
      await onPaper(page);
      await poll(page, 'the foot', () => Boolean(document.querySelector('.print-foot')?.checkVisibility()), { errors });
      const { said, link, bottom, numbers, found } = await page.evaluate(() => {
        const foot = /** @type {HTMLElement} */ (document.querySelector('.print-foot'));
        const [said, link] = [...foot.querySelectorAll('p')].map((line) => line.textContent ?? '');
        return {
          said, link, bottom: foot.getBoundingClientRect().bottom,
          numbers: getComputedStyle(/** @type {HTMLElement} */ (document.querySelector('.lab .rest'))).breakBefore,
          found: foot.querySelectorAll('svg.qr').length,
        };
      });
      assert.match(said, /^J = .+\(.*\), measured over t = .+ of 40 × 40 spins, β = 1, between reservoirs of m₋ = −0\.998 and m₊ = 0\.998\. Uphill, engine/);
      assert.ok(link.endsWith(`//${host}:${new URL(stand.url).port}/some/folder/?v=1&m=0.998&seed=1`), link);
      assert.ok(bottom <= PAPER.height, `the foot ends at ${bottom}`);
      assert.equal(numbers, 'page');
      assert.equal(found, codes, host);
      await page.emulateMediaType('screen');
      assert.equal(await page.$eval('.print-foot', (foot) => foot.checkVisibility()), false);
    }
    assert.deepEqual(errors, []);
  });

  test('the PDF of the browser has all of a run, and of a figure, in their order', async () => {
    const { page, errors } = await stand.visit(AROUND, { tab: 'own', started: false });
    const site = stand.url.replace('127.0.0.1', 'uphill.example');
    await page.goto(`${site}?m=0.998&seed=1`);
    await poll(page, 'a word', () => Boolean(globalThis.uphill?.lab?.first.word));
    await page.mouse.move(300, 300);
    await page.evaluate(() => globalThis.uphill.lab.pause());
    await footIsReady(page);
    const run = await printed(page);
    // The lattice with what it shows, plots with their axes, caption and link.
    for (const words of ['R₊m=0.998', 'Jₜ', 't/10', 'mᵦ', 'measuredovert=', 'seed=1']) assert.ok(run[0].text.includes(words.normalize('NFKC')), `${words}: ${run[0].text}`);
    assert.ok(run[0].pictures + run[0].lines > 50, `${run[0].lines} lines`);
    assert.match(run[1].text, /Terminaluphillrun/);
    for (const { text } of run) assert.ok(text.length > 200, `a page with hardly anything on it: ${text}`);
    await page.goto(`${site}${SHORT}`);
    await poll(page, 'the figure', () => Boolean(globalThis.uphill?.figures));
    await complete(page, errors);
    await poll(page, 'the findings', () => document.querySelectorAll('#findings dd').length > 1);
    await page.mouse.move(300, 300);
    await footIsReady(page);
    const figure = await printed(page);
    assert.match(figure[0].text, /uphill,J>0/);
    assert.ok(figure[0].text.includes('exp=current'), figure[0].text);
    assert.ok(figure[0].lines > 50, `${figure[0].lines} lines`);
    assert.match(figure[1].text, /Findings/);
    for (const { text } of figure) assert.ok(text.length > 200, `a page with hardly anything on it: ${text}`);
    assert.deepEqual(errors, []);
  });

  test('a frame that nobody has seen has its picture, and what there is to say of it', async () => {
    const frame = (/** @type {string} */ query) => `<iframe width="600" height="400" src="${query}"></iframe>`;
    const { page, errors } = await stand.visit(AROUND, { tab: 'own', started: false });
    await page.evaluate((html) => { document.body.innerHTML = html; }, `<div style="height: 3000px"></div>${frame('./?embed=lab&m=0.999&seed=1')}${frame('./?embed=plot&autoplay=slide&m=0.999&seed=1')}`);
    for (const index of [1, 2]) await poll(page, 'its run', (index) => Boolean(/** @type {any} */ (frames[index - 1])?.uphill?.lab), { args: /** @type {const} */ ([index]), errors });
    const said = () => page.evaluate(() => [0, 1].map((index) => frames[index].document.getElementById('verdict')?.textContent));
    await page.emulateMediaType('print');
    await poll(page, 'what is said', () => [0, 1].every((index) => frames[index].document.getElementById('verdict')?.textContent === 'not yet significant'), { errors });
    assert.deepEqual(await said(), ['not yet significant', 'not yet significant']);
    assert.deepEqual(await page.evaluate(() => [0, 1].map((index) => /** @type {any} */ (frames[index]).uphill.lab.simulator.events)), [0, 0]);
    await poll(page, 'the pictures', () => ['lattice', 'plot-integrated'].every((id, index) => {
      const canvas = /** @type {HTMLCanvasElement} */ (frames[index].document.getElementById(id));
      const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size >= [2, 4][index];
    }), { errors });
    assert.deepEqual(errors, []);
  });

  test('a figure has its pictures, findings and table', async () => {
    const { page, errors } = await visitScan(stand, SHORT, { tab: 'own' });
    await page.select('#theme', 'dark');
    await complete(page, errors);
    await poll(page, 'the findings', () => document.querySelectorAll('#findings dd').length > 1);
    await onPaper(page);
    assert.deepEqual(await controls(page), []);
    assert.deepEqual(await sticksOut(page), []);
    assert.deepEqual(await uncut(page), []);
    const pictures = await page.$$eval('#pictures canvas', (all) => all.map(({ id }) => id));
    assert.equal(pictures.length, 2);
    for (const id of pictures) {
      await pictured(page, id, ({ colours }) => colours >= 12);
      const { paper, bright } = await ground(page, id);
      assert.equal(paper, 'rgb(255, 255, 255)');
      assert.ok(bright > 240, `${id}: ${bright}`);
    }
    for (const part of ['#findings', '#results']) {
      assert.ok(await page.$eval(part, (element) => element.checkVisibility() && element.getBoundingClientRect().height > 10), part);
    }
    assert.deepEqual(errors, []);
  });
});
