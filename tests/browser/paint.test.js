// Painting: spins are set by mouse, finger and keys, exactly where the brush is, on a lattice that
// rests or runs; the measurement begins anew, both balances stay exact, and the page says that no
// link leads there, until the run starts anew.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers, inChromium, poll, screenshot } from './browser.js';
import { becomes, drawn, enter, openMore, runsOn, smallTargets, sticksOut } from './person.js';

/** @typedef {import('puppeteer-core').Page} Page */

const pause = (/** @type {Page} */ page) => page.evaluate(() => globalThis.uphill.lab.pause());
const spins = (/** @type {Page} */ page) => page.evaluate(() => [...globalThis.uphill.lab.simulator.spins()].map((code) => code & 1));
const observables = (/** @type {Page} */ page) => page.evaluate(() => globalThis.uphill.lab.simulator.observables());
const marked = (/** @type {Page} */ page) => page.evaluate(() => {
  const mark = /** @type {HTMLElement} */ (document.getElementById('painted'));
  return mark.checkVisibility({ visibilityProperty: true }) ? mark.innerText : '';
});

/** Waits until a lattice is drawn and rests where it is: one that was shown a moment ago has no sites to paint yet. @param {Page} page @param {string} [id] */
const settled = (page, id = 'lattice') => poll(page, `#${id}, drawn and at rest`, async (id) => {
  const canvas = /** @type {HTMLElement} */ (document.getElementById(id));
  const box = () => JSON.stringify(canvas.getBoundingClientRect());
  const before = box();
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return canvas.style.width !== '' && box() === before;
}, { args: [id] });

/** Puts a brush on the lattice. @param {Page} page @param {{radius?: number, spin?: 'plus' | 'minus'}} [how] */
async function takeBrush(page, { radius = 1, spin = 'plus' } = {}) {
  await settled(page);
  await page.click('#paint');
  await poll(page, 'the brush', () => document.getElementById('brush')?.checkVisibility());
  await page.click(`[data-radius="${radius}"]`);
  await page.click(`#paint-${spin}`);
  await settled(page);
}

/** Where the middle of a site is in the window, to which its lattice is scrolled if it must; the lattice is in the middle of its canvas. @param {Page} page @param {number} x @param {number} y @param {string} [id] */
const place = (page, x, y, id = 'lattice') => page.evaluate((x, y, id) => {
  const { lx, ly } = globalThis.uphill.lab.simulator.params();
  const canvas = /** @type {HTMLElement} */ (document.getElementById(id));
  if (canvas.getBoundingClientRect().top < 0) canvas.scrollIntoView({ block: 'nearest' });
  const box = canvas.getBoundingClientRect();
  const cell = box.height / ly;
  return { x: box.left + (box.width - lx * cell) / 2 + (x + 0.5) * cell, y: box.bottom - (y + 0.5) * cell };
}, x, y, id);

/** Drags from a site to others, as fast as a mouse can. @param {Page} page @param {[x: number, y: number][]} sites */
async function drag(page, sites) {
  for (const [number, [x, y]] of sites.entries()) {
    const at = await place(page, x, y);
    await page.mouse.move(at.x, at.y);
    if (number === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/**
 * Spins with all sites at most a radius from a line of columns in a row set, the rows periodic.
 *
 * @param {number[]} before @param {{from: number, to: number, row: number, radius: number, spin: 0 | 1, ly?: number}} line
 */
const withLine = (before, { from, to, row, radius, spin, ly = 40 }) => before.map((old, site) => {
  const [x, y] = [Math.floor(site / ly), site % ly];
  const [aside, along] = [Math.max(from - x, x - to, 0), Math.abs(y - row)];
  return aside ** 2 + Math.min(along, ly - along) ** 2 <= radius ** 2 ? spin : old;
});

/** Pluses, and Σ of their columns from 1. @param {number[]} up @param {number} ly @returns {[number, number]} */
const sums = (up, ly) => [up.reduce((sum, spin) => sum + spin, 0), up.reduce((sum, spin, site) => sum + spin * (Math.floor(site / ly) + 1), 0)];

/** What came and went since the measurement began, as pluses and moment. @param {Page} page */
async function flown(page) {
  const { lx, ly } = await page.evaluate(() => globalThis.uphill.lab.simulator.params());
  const { left, right, count, span } = await observables(page);
  const [inLeft, outRight, within] = [(left ?? NaN) * ly * span, (right ?? NaN) * ly * span, (count.mean ?? NaN) * (lx - 1) * ly * span].map(Math.round);
  return [inLeft - outRight, within + inLeft - lx * outRight];
}

inBothBrowsers('Painting', (stand) => {
  test('by mouse sets the spins under the brush, without gaps, and is marked until the run starts anew', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    await pause(page);
    const link = await page.evaluate(() => globalThis.uphill.lab.simulator.link());
    await takeBrush(page);
    assert.equal(await marked(page), '');
    const before = await spins(page);
    const { painted, time } = await observables(page);
    assert.equal(painted, false);
    await drag(page, [[3, 20], [15, 20]]);
    const after = await spins(page);
    assert.deepEqual(after, withLine(before, { from: 3, to: 15, row: 20, radius: 1, spin: 1 }));
    const then = await observables(page);
    assert.deepEqual([then.painted, then.paintedAt, then.span, then.altered], [true, time, 0, true]);
    assert.match(then.paintedText, /^painted by hand at t = .+: not reproducible from this link$/);
    const [[pluses, moment], [plusesThen, momentThen]] = [sums(before, 40), sums(after, 40)];
    assert.deepEqual([then.paintedPluses, then.paintedMoment], [plusesThen - pluses, momentThen - moment]);
    assert.ok((await marked(page)).startsWith(then.paintedText));
    await poll(page, 'the words in the table and of the picture', (text) => ['[data-number="time"]', '#altered'].every((part) => document.querySelector(part)) &&
      document.querySelector('[data-number="time"]')?.textContent?.includes(text) && document.getElementById('lattice')?.getAttribute('aria-label')?.includes(text), { args: [then.paintedText] });

    // Over the edge in y, with the other spin; a stroke that leaves the lattice paints what is on it.
    await page.click('#paint-minus');
    await page.click('[data-radius="3"]');
    await drag(page, [[30, 0], [39, 0], [60, 0]]);
    assert.deepEqual(await spins(page), withLine(after, { from: 30, to: 39, row: 0, radius: 3, spin: 0 }));
    assert.equal((await observables(page)).paintedAt, time);

    await page.click('#start-anew');
    await poll(page, 'no mark', () => !globalThis.uphill.lab.simulator.observables().painted);
    assert.equal(await marked(page), '');
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.simulator.link()), link);
    assert.deepEqual(errors, []);
  });

  test('is off until it is asked for, and once more when it was put down', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    await pause(page);
    const before = await spins(page);
    await drag(page, [[3, 20], [15, 20]]);
    await takeBrush(page);
    await page.click('#paint');
    await drag(page, [[3, 20], [15, 20]]);
    assert.deepEqual(await spins(page), before);
    assert.equal(await page.$eval('#lattice', (canvas) => canvas.hasAttribute('tabindex')), false);
    // What the engine is not to be asked for is named.
    const refused = await page.evaluate(() => [[40, 0, 1, 1], [0, 0.5, 1, 1], [0, 0, 1e9, 1], [0, 0, 1, NaN]].map((asked) => {
      try {
        return globalThis.uphill.lab.simulator.paint(...(/** @type {[number, number, number, number]} */ (asked)));
      } catch (error) {
        return String(error);
      }
    }));
    ['x=40', 'y=0.5', 'radius=1000000000', 'spin=NaN'].forEach((named, number) => assert.ok(String(refused[number]).includes(`${named}: allowed is`), String(refused[number])));
    assert.deepEqual(errors, []);
  });

  test('by keys moves the brush, paints, and keeps the keys from the page', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    await pause(page);
    await page.keyboard.press('b');
    await poll(page, 'the brush', () => document.getElementById('brush')?.checkVisibility());
    await page.focus('#lattice');
    const before = await spins(page);
    const press = async (/** @type {import('puppeteer-core').KeyInput[]} */ ...keys) => { for (const key of keys) await page.keyboard.press(key); };
    // From the middle, (20, 20), by (−10, −2).
    await page.keyboard.down('Shift');
    await press('ArrowLeft', 'ArrowLeft');
    await page.keyboard.up('Shift');
    await press('ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown');
    assert.match(await page.$eval('#brush-place', (words) => words.textContent ?? ''), /^column 11, row 19: −; the brush paints \+$/);
    const outline = await page.$eval('.brush-outline:not([hidden])', (ring) => {
      const { left, width, top, height } = ring.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    });
    const middle = await place(page, 10, 18);
    assert.ok(Math.abs(outline.x - middle.x) < 2 && Math.abs(outline.y - middle.y) < 2, JSON.stringify({ outline, middle }));
    await press(' ');
    const painted = withLine(before, { from: 10, to: 10, row: 18, radius: 3, spin: 1 });
    assert.deepEqual(await spins(page), painted);
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.playing), false);
    await page.keyboard.type('-');
    await press('ArrowRight', ' ');
    assert.deepEqual(await spins(page), withLine(painted, { from: 11, to: 11, row: 18, radius: 3, spin: 0 }));
    assert.match(await page.$eval('#lattice', (canvas) => `${canvas.getAttribute('role')} ${(canvas.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)}`), /^application .*Space paints/);
    const described = await page.$$eval('#paint, #brush button, #start-anew', (controls) => controls.map((control) => Boolean(document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent)));
    assert.deepEqual(described, Array(7).fill(true), 'each control has its help');
    await press('Escape');
    assert.deepEqual(await page.evaluate(() => [document.activeElement?.id, document.getElementById('brush')?.hidden]), ['paint', true]);
    assert.deepEqual(errors, []);
  });

  test('goes on while the run does, thirty strokes long, and the balances are exact', async () => {
    const { page, errors } = await stand.visit('?seed=1&L=24&beta=0.7&m=0.9');
    await takeBrush(page, { radius: 3 });
    for (let stroke = 0; stroke < 30; stroke += 1) {
      await page.click(`#paint-${stroke % 2 ? 'plus' : 'minus'}`);
      await drag(page, [[stroke % 24, (stroke * 7) % 24], [(stroke * 5) % 24, (stroke * 11) % 24]]);
    }
    await runsOn(page, errors);
    await pause(page);
    await drag(page, [[2, 2], [20, 12]]);
    const [pluses, moment] = sums(await spins(page), 24);
    assert.deepEqual(await flown(page), [NaN, NaN], 'nothing is measured yet');
    await page.evaluate(() => globalThis.uphill.lab.play());
    await runsOn(page, errors);
    await poll(page, 'crossings', () => globalThis.uphill.lab.simulator.observables().span > 200);
    await pause(page);
    const [plusesThen, momentThen] = sums(await spins(page), 24);
    assert.deepEqual([plusesThen - pluses, momentThen - moment], await flown(page));
    // What was painted is in the state: saved and restored, it is still said.
    const kept = await page.evaluate(() => {
      const { simulator } = globalThis.uphill.lab;
      const Kind = /** @type {typeof import('../../dist/engine/uphill.js').Simulator} */ (simulator.constructor);
      const restored = Kind.restore(simulator.save());
      return [restored.digest() === simulator.digest(), restored.observables().paintedText === simulator.observables().paintedText];
    });
    assert.deepEqual(kept, [true, true]);
    assert.deepEqual(errors, []);
  });

  test('a run that begins anew is not painted any more, one that goes on at another m₊ is', async () => {
    const { page, errors } = await stand.visit('?seed=1&L=16');
    await takeBrush(page, { radius: 6 });
    await openMore(page);
    const anew = /** @type {[string, () => Promise<unknown>][]} */ ([
      ['reset', () => page.click('#reset')],
      ['a new seed', () => page.click('#new-seed')],
      ['a preset', () => page.click('[data-preset="m=0.998"]')],
      ['another size', async () => { await enter(page, 'size-lx', '12'); await becomes(page, 'lx', 12); }],
    ]);
    for (const [what, begin] of anew) {
      await page.evaluate(() => scrollTo(0, 0));
      await drag(page, [[1, 1], [9, 9]]);
      await poll(page, `the mark before ${what}`, () => document.getElementById('painted')?.checkVisibility({ visibilityProperty: true }));
      await enter(page, 'm-field', '0.9');
      assert.notEqual(await marked(page), '', what);
      await begin();
      await poll(page, `no mark after ${what}`, () => !document.getElementById('painted')?.checkVisibility({ visibilityProperty: true }));
    }
    assert.deepEqual(errors, []);
  });

  test('paints the second of two runs as well', async () => {
    const { page, errors } = await stand.visit('?seed=1&L=16');
    await page.click('#compare');
    await pause(page);
    await settled(page, 'lattice-second');
    await takeBrush(page, { radius: 6 });
    await settled(page, 'lattice-second');
    const at = await place(page, 4, 4, 'lattice-second');
    await page.mouse.click(at.x, at.y);
    assert.deepEqual(await page.evaluate(() => [globalThis.uphill.lab.simulator, globalThis.uphill.lab.second].map((run) => run?.observables().painted)), [false, true]);
    assert.notEqual(await marked(page), '');
    await page.click('#compare');
    await poll(page, 'no mark', () => !document.getElementById('painted')?.checkVisibility({ visibilityProperty: true }));
    assert.deepEqual(errors, []);
  });

  test('in a bare page is there where the lattice is', async () => {
    const lab = await stand.visit('?embed=lab&seed=1');
    await pause(lab.page);
    await takeBrush(lab.page);
    const before = await spins(lab.page);
    await drag(lab.page, [[3, 20], [15, 20]]);
    assert.deepEqual(await spins(lab.page), withLine(before, { from: 3, to: 15, row: 20, radius: 1, spin: 1 }));
    assert.notEqual(await marked(lab.page), '');
    assert.deepEqual(await sticksOut(lab.page), []);
    await screenshot(lab.page, `${stand.kind.toLowerCase()}-paint-embed`);
    assert.deepEqual(lab.errors, []);
    const plot = await stand.visit('?embed=plot&seed=1');
    await plot.page.keyboard.press('b');
    assert.deepEqual(await plot.page.evaluate(() => [document.getElementById('paint')?.checkVisibility(), document.getElementById('brush')?.hidden]), [false, true]);
    assert.deepEqual(plot.errors, []);
  });

  for (const [width, height, scheme] of /** @type {const} */ ([[1280, 720, 'light'], [1280, 720, 'dark'], [390, 844, 'light'], [390, 844, 'dark'], [320, 640, 'light'], [900, 700, 'light']])) {
    test(`fits at ${width} pixels, ${scheme}, and moves nothing while a stroke is drawn`, async () => {
      const { page, errors } = await stand.visit('?m=0.999&seed=1', { viewport: { width, height } });
      await page.select('#theme', scheme);
      await takeBrush(page, { radius: 3 });
      const top = () => page.$eval('#lattice', (canvas) => canvas.getBoundingClientRect().top + scrollY);
      const before = await top();
      await drag(page, [[5, 12], [9, 30], [13, 12]]);
      assert.notEqual(await marked(page), '');
      assert.equal(await top(), before);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await page.evaluate(() => scrollTo(0, 0));
      const at = await place(page, 24, 20);
      await page.mouse.move(at.x, at.y);
      await screenshot(page, `${stand.kind.toLowerCase()}-paint-${width}-${scheme}`);
      assert.deepEqual(await sticksOut(page), []);
      assert.deepEqual(await smallTargets(page), []);
      assert.deepEqual(errors, []);
    });
  }
});

inChromium('Painting by finger', (stand) => {
  test('paints where the finger goes; the page scrolls by it only when the brush is down', async () => {
    const viewport = { width: 390, height: 700, hasTouch: true, isMobile: true };
    const { page, errors } = await stand.visit('?seed=1', { viewport });
    await pause(page);
    const session = await page.createCDPSession();
    const swipe = async () => {
      const [from, to] = [await place(page, 12, 8), await place(page, 12, 30)];
      const point = (/** @type {number} */ share) => [{ x: from.x, y: from.y + share * (to.y - from.y) }];
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(0) });
      for (let step = 1; step <= 10; step += 1) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(step / 10) });
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    const before = await spins(page);
    // Fingers of the protocol that come while the browser is laying the page out may go unheard.
    for (let tries = 0; tries < 5 && !await page.evaluate(() => scrollY > 20); tries += 1) {
      await swipe();
      await drawn(page, 30);
    }
    await poll(page, 'the page to scroll', () => scrollY > 20);
    assert.deepEqual(await spins(page), before);
    // A finger that comes down while the page still glides would only hold it.
    await poll(page, 'the page to rest', async () => {
      const then = scrollY;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return scrollY === then;
    });
    await page.evaluate(() => scrollTo(0, 0));
    await page.tap('#paint');
    await poll(page, 'the brush', () => document.getElementById('brush')?.checkVisibility());
    await page.tap('[data-radius="1"]');
    const scrolled = await page.evaluate(() => scrollY);
    await swipe();
    assert.equal(await page.evaluate(() => scrollY), scrolled);
    const after = await spins(page);
    for (let y = 8; y <= 30; y += 1) assert.equal(after[12 * 40 + y], 1, `row ${y}`);
    const elsewhere = after.filter((spin, site) => spin !== before[site] && Math.abs(Math.floor(site / 40) - 12) > 1);
    assert.deepEqual(elsewhere, []);
    assert.notEqual(await marked(page), '');
    assert.deepEqual(errors, []);
  });
});
