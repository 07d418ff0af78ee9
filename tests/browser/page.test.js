// The page as a static host serves it, in a subfolder: it starts by itself without an error, draws
// what the engine holds, and says so when there is nothing to run.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers, poll } from './browser.js';
import { drawn, openMore, pictured, runsOn, text } from './person.js';

const PLOTS = ['plot-integrated', 'plot-mean', 'plot-profile'];

inBothBrowsers('The page', (stand) => {
  test('starts by itself, and nothing goes wrong in a hundred frames', async () => {
    const { page, errors } = await stand.visit();
    await runsOn(page, errors);
    await drawn(page, 100);
    assert.deepEqual(errors, []);
    assert.equal(await text(page, 'notices'), '');
    assert.ok(await page.evaluate(() => globalThis.uphill.lab.playing));
  });

  test('loads nothing from elsewhere', async () => {
    const { page } = await stand.visit();
    const others = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => !name.startsWith(new URL('.', location.href).href)),
    );
    assert.deepEqual(others, []);
  });

  test('has no blank plot', async () => {
    const { page } = await stand.visit();
    await openMore(page);
    for (const id of PLOTS) {
      await page.evaluate((id) => document.getElementById(id)?.scrollIntoView(), id);
      // Axes, their smoothed labels and at least one line.
      const { width, height } = await pictured(page, id, ({ colours, drawn }) => colours >= 12 && drawn > 0.005);
      assert.ok(width >= 200 && height >= 80, `#${id} has ${width} × ${height} pixels`);
    }
  });

  for (const link of ['seed=1', 'L=8&seed=1', 'Lx=40&Ly=16&m=0.5&seed=1', 'L=512&m=0.9&seed=1']) {
    test(`draws every spin where it is: ${link}`, async () => {
      const { page } = await stand.visit(`?${link}`);
      await page.evaluate(() => globalThis.uphill.lab.pause());
      await page.evaluate(() => scrollTo(0, 0));
      await pictured(page, 'lattice', ({ colours }) => colours >= 2);
      // What is drawn is drawn within some frames.
      await page.evaluate(async () => {
        for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
      });
      const { up, down, cell } = await page.evaluate(coloursOfSpins);
      assert.ok(Number.isInteger(cell) && cell >= 1, `a site has ${cell} pixels`);
      assert.equal(up.length, 1, `up spins are drawn in ${up}`);
      assert.equal(down.length, 1, `down spins are drawn in ${down}`);
      assert.notEqual(up[0], down[0]);
    });
  }

  test('says that a frozen run is frozen', async () => {
    const { page, errors } = await stand.visit('?init=plus&res=off&seed=1');
    await poll(page, 'a word about it', () => /frozen|no move/i.test(document.body.innerText), {
      errors,
    });
    assert.ok(await page.evaluate(() => globalThis.uphill.lab.simulator.observables().frozen));
    assert.deepEqual(errors, []);
  });

  test('says that a hidden page has paused, and costs nothing meanwhile', async () => {
    const { page } = await stand.visit('?seed=1');
    const hide = (/** @type {boolean} */ hidden) => {
      const state = hidden ? 'hidden' : 'visible';
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };
    const events = () => page.evaluate(() => globalThis.uphill.lab.simulator.events);
    await runsOn(page);
    await page.evaluate(hide, true);
    await drawn(page);
    const then = await events();
    await drawn(page, 20);
    assert.equal(await events(), then);
    await page.evaluate(hide, false);
    assert.match(await page.evaluate(() => document.body.innerText), /paused/i);
  });

  test('says so when the engine panics, and offers a way on', async () => {
    const { page } = await stand.visit('?seed=1');
    await page.evaluate(() => {
      dispatchEvent(new CustomEvent('uphill-panic', { detail: 'a panic for the test' }));
    });
    await poll(page, 'a word about it', () => {
      const failure = document.getElementById('failure');
      return failure?.checkVisibility() && failure.innerText.includes('a panic for the test');
    });
    assert.ok(await page.$('#start-again'));
  });

  test('says so without WebAssembly', async () => {
    const { page } = await stand.visit('', {
      started: false,
      prepare: () => {
        Reflect.deleteProperty(globalThis, 'WebAssembly');
      },
    });
    await poll(page, 'a word about it', () => {
      const failure = document.getElementById('failure');
      return failure?.checkVisibility() && /WebAssembly/.test(failure.innerText);
    });
  });

  test('works where storage throws', async () => {
    const { page, errors } = await stand.visit('?seed=1', {
      prepare: () => {
        for (const name of ['localStorage', 'sessionStorage']) {
          Object.defineProperty(globalThis, name, {
            get() {
              throw new DOMException('denied', 'SecurityError');
            },
          });
        }
      },
    });
    await runsOn(page, errors);
    await page.select('#theme', 'dark');
    assert.deepEqual(errors, []);
  });

  test('says so when the browser takes the canvas away, and goes on', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    await page.evaluate(() => document.getElementById('lattice')?.dispatchEvent(new Event('contextlost')));
    assert.match(await text(page, 'notices'), /picture/);
    await runsOn(page, errors);
    assert.deepEqual(errors, []);
  });
});

inBothBrowsers(
  'A host with a wrong type for wasm',
  (stand) => {
    test('is good enough', async () => {
      const { page, errors } = await stand.visit('?seed=1');
      await runsOn(page, errors);
      assert.deepEqual(errors, []);
    });
  },
  { wasmType: 'application/octet-stream' },
);

/**
 * Runs in the page: the colours in the middle of every site of #lattice, of up and of down spins.
 * Row 0 is at the bottom: y points upwards. The canvas may have the reservoirs beside the lattice,
 * as wide on the left as on the right.
 */
function coloursOfSpins() {
  const { simulator } = globalThis.uphill.lab;
  const { lx, ly } = simulator.params();
  const spins = simulator.spins();
  const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('lattice'));
  const { width, height } = canvas;
  const copy = document.createElement('canvas');
  Object.assign(copy, { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (copy.getContext('2d'));
  context.drawImage(canvas, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  const cell = height / ly;
  const left = (width - lx * cell) / 2;
  /** @type {[Set<string>, Set<string>]} */
  const colours = [new Set(), new Set()];
  for (let x = 0; x < lx; x += 1) {
    for (let y = 0; y < ly; y += 1) {
      const column = Math.floor(left + (x + 0.5) * cell);
      const row = Math.floor((ly - y - 0.5) * cell);
      colours[spins[x * ly + y] & 1].add(pixels[row * width + column].toString(16));
    }
  }
  return { down: [...colours[0]], up: [...colours[1]], cell };
}
