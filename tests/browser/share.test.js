// What is passed on: the share sheet with its QR code, picture, caption and entry for a bibliography;
// the code as large as the window; the presenter's view. Codes are read by jsQR.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { inAllBrowsers, inBothBrowsers, poll, screenshot } from './browser.js';
import { misplaced } from './boxes.js';
import { drawn, sticksOut } from './person.js';
import { catchSaves, nextSave } from './saves.js';
import { complete, SHORT, visitScan } from './scans.js';

/** @typedef {import('puppeteer-core').Page} Page */

const jsQR = /** @type {(pixels: Uint8ClampedArray, width: number, height: number) => {data: string} | null} */ (createRequire(import.meta.url)('jsqr'));

/** What a QR code within an element says, drawn with some pixels a side. @param {Page} page @param {string} within */
async function read(page, within) {
  const side = 400;
  const pixels = await page.evaluate((within, side) => {
    const svg = document.querySelector(`${within} svg.qr`);
    if (!svg) throw new Error(`no code in ${within}`);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const box = svg.getAttribute('viewBox')?.split(' ').map(Number) ?? [];
    context.fillStyle = '#fff';
    context.fillRect(0, 0, side, side);
    context.scale(side / box[2], side / box[3]);
    context.fillStyle = '#000';
    context.fill(new Path2D(svg.querySelector('path')?.getAttribute('d') ?? ''));
    // One sign a pixel: whether it is light.
    const { data } = context.getImageData(0, 0, side, side);
    return Array.from({ length: side * side }, (_, pixel) => (data[4 * pixel] > 127 ? '1' : '0')).join('');
  }, within, side);
  return jsQR(Uint8ClampedArray.from([...pixels].flatMap((light) => Array(4).fill(255 * Number(light)))), side, side)?.data;
}

/** Waits for the sheet with its picture. @param {Page} page @param {string[]} errors */
const opened = (page, errors) => poll(page, 'the sheet and its picture', () => {
  const image = /** @type {HTMLImageElement | null} */ (document.querySelector('#share-dialog[open] img'));
  return image?.complete && image.naturalWidth > 400 && document.querySelectorAll('#share-dialog .share-picture button').length >= 2;
}, { errors });

/** Runs in the page before its scripts: what is copied and sent is remembered. */
function standIns() {
  globalThis.handedOver = [];
  const remember = (/** @type {unknown} */ given) => {
    globalThis.handedOver.push(typeof given === 'string' ? given : JSON.stringify(given));
    return Promise.resolve();
  };
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: remember } });
  Object.defineProperty(navigator, 'share', { value: remember, configurable: true });
}

inAllBrowsers('The share sheet', (stand) => {
  test('has the link, its code, a picture, a caption and an entry for a bibliography', async () => {
    const { page, errors } = await stand.visit('?m=0.998&L=16&seed=1', { prepare: standIns });
    await poll(page, 'a sign with an error', () => globalThis.uphill.lab.first.observables.current.error !== null && globalThis.uphill.lab.first.word !== null);
    await page.evaluate(() => globalThis.uphill.lab.pause());
    await poll(page, 'the whole address', () => location.search.startsWith('?v=1&L=16'));
    await catchSaves(page);
    await page.click('#share');
    await opened(page, errors);
    const address = await page.evaluate(() => location.href);
    assert.equal(await read(page, '#share-dialog'), address);
    const said = await page.evaluate(() => ['share-caption', 'share-bibtex'].map((id) => /** @type {HTMLTextAreaElement} */ (document.getElementById(id)).value));
    const { current, digest, time } = await page.evaluate(() => {
      const { simulator } = globalThis.uphill.lab;
      return { current: simulator.observables().current.text, digest: simulator.digest(), time: simulator.time };
    });
    assert.ok(said[0].startsWith(`J = ${current} (`), said[0]);
    assert.ok(said[0].endsWith(` ${address}`), said[0]);
    assert.ok(!said[0].includes('\n'));
    assert.match(said[1], new RegExp(`^@misc\\{Uphill-${digest.slice(0, 24)},\\n`));
    assert.ok(said[1].includes(`url     = {${address}}`) && said[1].includes(`$t = ${time}$, digest ${digest}, $J = `), said[1]);
    // Nothing in it that an old BibTeX cannot read.
    assert.match(said[1], /^[\x20-\x7e\n]*$/);
    const buttons = await page.$$eval('#share-dialog button', (all) => all.map((button) => button.textContent));
    for (const name of ['Copy link', 'Copy caption', 'Copy BibTeX', 'PNG', 'SVG', 'Send…']) {
      assert.ok(buttons.includes(name), `${name} among ${buttons.join()}`);
      await page.evaluate((name) => [...document.querySelectorAll('#share-dialog button')].find((button) => button.textContent === name)?.dispatchEvent(new MouseEvent('click')), name);
    }
    const handed = await poll(page, 'all of it', () => globalThis.handedOver.length === 4 && globalThis.handedOver, { errors });
    assert.ok(handed.includes(address) && handed.includes(said[0]) && handed.includes(said[1]), handed.join('\n'));
    assert.ok(handed.some((given) => given.startsWith('{') && JSON.parse(given).url === address && JSON.parse(given).text === said[0]), handed.join('\n'));
    const [png, svg] = [await nextSave(page, errors), await nextSave(page, errors)].sort((a, b) => a.type.localeCompare(b.type));
    assert.match(png.name, /^uphill-.*m0\.998.*\.png$/);
    assert.equal(png.bytes.toString('latin1', 1, 4), 'PNG');
    assert.equal(svg.name, png.name.replace('.png', '.svg'));
    assert.ok(svg.bytes.toString().includes(`J = ${current}`), 'the picture has the number of the caption');
    await page.keyboard.press('Escape');
    await poll(page, 'it to be closed', () => !document.getElementById('share-dialog'));
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'share');
    assert.deepEqual(errors, []);
  });
}, { shared: true });

inBothBrowsers('What is passed on', (stand) => {
  test('tells of a run that no link holds, of one without an error, and of a figure', async () => {
    const { page, errors } = await stand.visit('?seed=1&L=8');
    await page.evaluate(() => globalThis.uphill.lab.pause());
    await page.click('#reset');
    await page.evaluate(() => globalThis.uphill.lab.pause());
    await page.$eval('#m-field', (field) => { /** @type {HTMLInputElement} */ (field).value = '0.5'; field.dispatchEvent(new Event('change')); });
    await page.click('#one-event');
    await poll(page, 'a changed run', () => globalThis.uphill.lab.first.observables.altered);
    await page.click('#share');
    await opened(page, errors);
    assert.equal(await page.$$eval('#share-dialog .altered', (all) => all.length), 1);
    assert.match(await page.$eval('#share-caption', (area) => /** @type {HTMLTextAreaElement} */ (area).value), /as yet without an error: /);
    const { page: figure, errors: wrong } = await visitScan(stand, SHORT);
    await complete(figure, wrong);
    await poll(figure, 'the findings', () => document.querySelectorAll('#findings dd').length > 1);
    await figure.click('#share');
    await opened(figure, wrong);
    const caption = await figure.$eval('#share-caption', (area) => /** @type {HTMLTextAreaElement} */ (area).value);
    assert.match(caption, /^Figure 2\. .+\. Uphill, engine \d.*exp=current/);
    assert.equal(await read(figure, '#share-dialog'), await figure.evaluate(() => location.href));
    assert.deepEqual([...errors, ...wrong], []);
  });

  test('lies right at all widths', async () => {
    for (const [width, scheme] of /** @type {const} */ ([[1280, 'light'], [390, 'dark'], [320, 'light']])) {
      const { page, errors } = await stand.visit('?seed=1', { viewport: { width, height: 720 } });
      await page.select('#theme', scheme);
      assert.deepEqual(await sticksOut(page), []);
      await page.click('#share');
      await opened(page, errors);
      await screenshot(page, `${stand.kind.toLowerCase()}-share-${width}`);
      assert.deepEqual(await misplaced(page, '#share-dialog'), []);
      assert.deepEqual(errors, []);
    }
  });

  test('is a code as large as the window, by one key, on the page and in a frame of it', async () => {
    for (const query of ['?m=0.998&seed=1', '?embed=lab&m=0.998&seed=1']) {
      const { page, errors } = await stand.visit(query, { viewport: { width: 1280, height: 720 } });
      await poll(page, 'the whole address', () => location.search.includes('v=1'));
      await page.keyboard.press('q');
      await poll(page, 'the code', () => Boolean(document.querySelector('#qr-screen[open] .qr')), { errors });
      assert.equal(await read(page, '#qr-screen'), await page.evaluate(() => location.href.replace('embed=lab&', '')));
      const { height } = await page.$eval('#qr-screen .qr', (code) => code.getBoundingClientRect().toJSON());
      assert.ok(height > 0.7 * 720, `${height}`);
      await page.keyboard.press('q');
      await poll(page, 'it to be gone', () => !document.getElementById('qr-screen'));
      assert.equal(await page.evaluate(() => globalThis.uphill.lab.playing), true);
      assert.deepEqual(errors, []);
    }
  });

  test('is presented: the lattice, the word and the number, until Escape', async () => {
    const { page, errors } = await stand.visit('?m=0.998&seed=1', { viewport: { width: 1280, height: 720 } });
    await poll(page, 'a sign', () => globalThis.uphill.lab.first.word !== null);
    await page.evaluate(() => globalThis.uphill.lab.pause());
    const order = () => page.$$eval('.hero > *, .first > *', (all) => all.map((element) => element.className));
    const before = await order();
    await drawn(page, 10);
    const places = () => page.$$eval('#lattice, #verdict, .value, #play', (all) => all.map((element) => element.getBoundingClientRect().toJSON()));
    const rested = await places();
    await page.keyboard.press('v');
    await poll(page, 'the view', () => document.documentElement.dataset.present === '' && Boolean(document.getElementById('leave-presenter')?.checkVisibility()), { errors });
    await drawn(page, 10);
    await screenshot(page, `${stand.kind.toLowerCase()}-presenter`);
    const [lattice, word, value] = await places();
    assert.ok(lattice.height > 0.75 * 720, `${lattice.height}`);
    assert.ok(word.height > 1.2 * rested[1].height || word.height > 30, `${word.height}`);
    assert.ok(value.width > 0);
    for (const part of ['.top', '.rest', '.about', '.presets']) assert.equal(await page.$eval(part, (element) => element.checkVisibility()), false, part);
    assert.deepEqual(await misplaced(page), []);
    // The keys do what they do elsewhere.
    await page.keyboard.press('q');
    await poll(page, 'the code', () => Boolean(document.querySelector('#qr-screen[open]')));
    await page.keyboard.press('q');
    await poll(page, 'it to be gone', () => !document.getElementById('qr-screen'));
    await page.keyboard.press('v');
    await poll(page, 'the page', () => document.documentElement.dataset.present === undefined);
    assert.equal(await page.evaluate(() => document.fullscreenElement), null);
    await drawn(page, 10);
    assert.deepEqual(await order(), before);
    assert.equal(await page.evaluate(() => document.querySelectorAll('[data-gone], #leave-presenter').length), 0);
    assert.deepEqual((await places()).map(({ height }) => Math.round(height)), rested.map(({ height }) => Math.round(height)));
    assert.deepEqual(errors, []);
  });
});
