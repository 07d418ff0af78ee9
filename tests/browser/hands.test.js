// The page under people's hands: input methods, held keys, fingers that scroll, and a window that
// is moved to another screen.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers, inChromium, poll } from './browser.js';

/** @typedef {import('puppeteer-core').Page} Page */

/** @param {Page} page */
const params = (page) => page.evaluate(() => globalThis.uphill.lab.simulator.params());
/** @param {Page} page */
const playing = (page) => page.evaluate(() => globalThis.uphill.lab.playing);

inBothBrowsers('Keys', (stand) => {
  test('there and back on a slider end where they began, between its steps too', async () => {
    const { page, errors } = await stand.visit('?m=0.999&beta=0.4407&L=8&seed=1');
    for (const slider of ['#m-slider', '#beta-slider']) {
      await page.focus(slider);
      for (const key of /** @type {const} */ (['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowRight'])) {
        const before = await params(page);
        await page.keyboard.press(key);
        const { mRight, beta } = await params(page);
        assert.ok(mRight !== before.mRight || beta !== before.beta, key);
      }
      const { mRight, mLeft, beta } = await params(page);
      assert.deepEqual([mRight, mLeft, beta], [0.999, -0.999, 0.4407], slider);
    }
    assert.deepEqual(errors, []);
  });

  test('of an input method at work commit nothing', async () => {
    const { page, errors } = await stand.visit('?L=8&seed=1');
    for (const of of [{ isComposing: true }, { keyCode: 229 }]) {
      await page.focus('#m-field');
      await page.evaluate((of) => {
        const field = /** @type {HTMLInputElement} */ (document.getElementById('m-field'));
        field.value = '0.5';
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...of }));
      }, of);
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'm-field');
      assert.equal((await params(page)).mRight, 0.999);
    }
    await page.keyboard.press('Enter');
    assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'm-field');
    assert.deepEqual(errors, []);
  });

  test('play and pause once while they are held, and not behind a dialog or with another key', async () => {
    const { page, errors } = await stand.visit('?L=8&seed=1');
    const before = await playing(page);
    await page.keyboard.down(' ');
    for (let times = 0; times < 3; times += 1) await page.keyboard.down(' ');
    await page.keyboard.up(' ');
    assert.equal(await playing(page), !before);
    for (const other of /** @type {const} */ (['Shift', 'Control', 'Alt'])) {
      await page.keyboard.down(other);
      await page.keyboard.press(' ');
      await page.keyboard.up(other);
      assert.equal(await playing(page), !before, other);
    }
    await page.keyboard.type('?');
    await poll(page, 'the dialog', () => Boolean(document.querySelector('#shortcuts[open]')));
    await page.keyboard.press(' ');
    assert.equal(await playing(page), !before);
    assert.deepEqual(errors, []);
  });

  test('press what has the focus once while Enter is held', async () => {
    const { page, errors } = await stand.visit('?L=8&seed=1');
    await page.evaluate(() => {
      globalThis.handedOver = [];
      for (const type of ['keydown', 'click']) document.addEventListener(type, (event) => globalThis.handedOver.push(`${type}${/** @type {KeyboardEvent} */ (event).repeat ? ' again' : ''}`));
    });
    const heard = (/** @type {string} */ what) => page.evaluate((what) => globalThis.handedOver.filter((it) => it === what).length, what);
    const before = await playing(page);
    await page.focus('#play');
    for (let times = 0; times < 4; times += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    assert.ok(await heard('keydown again') > 0, 'the key was not held');
    assert.equal(await heard('click'), 1);
    assert.equal(await playing(page), !before);
    // Once more, and it is pressed once more.
    await page.keyboard.press('Enter');
    assert.equal(await heard('click'), 2);
    assert.equal(await playing(page), before);
    assert.deepEqual(errors, []);
  });
});

inChromium('A finger', (stand) => {
  test('that scrolls the page over a slider changes nothing, and one that draws it does', async () => {
    const { page, errors } = await stand.visit('?m=0.999&L=8&seed=1', { tab: 'own', viewport: { width: 390, height: 500, hasTouch: true, isMobile: true } });
    const client = await page.createCDPSession();
    await page.evaluate(() => document.getElementById('m-slider')?.scrollIntoView({ block: 'center' }));
    const { x, y, top } = await page.$eval('#m-slider', (slider) => {
      const box = slider.getBoundingClientRect();
      return { x: box.left + box.width / 4, y: box.top + box.height / 2, top: scrollY };
    });
    /** @param {[number, number][]} way */
    const draw = async (way) => {
      const at = (/** @type {[number, number]} */ [x, y]) => [{ x, y }];
      await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(way[0]) });
      for (const step of way.slice(1)) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step) });
      await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    const steps = Array.from({ length: 15 }, (_, step) => step * 10);
    await draw(steps.map((step) => [x + step / 50, y - step]));
    await poll(page, 'the page to scroll', (top) => scrollY > top + 20, { args: [top] });
    const after = await params(page);
    assert.equal(after.mRight, 0.999);
    const box = await page.$eval('#m-slider', (slider) => {
      slider.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = slider.getBoundingClientRect();
      return { x: left + width / 4, y: top + height / 2 };
    });
    await draw(steps.map((step) => [box.x + step, box.y]));
    await poll(page, 'another m₊', () => globalThis.uphill.lab.simulator.params().mRight !== 0.999);
    assert.deepEqual(errors, []);
  });
});

inChromium('A window', (stand) => {
  test('on a screen with other pixels is drawn sharp and read off at the right place', async () => {
    const size = { width: 1280, height: 800 };
    const { page, errors } = await stand.visit('?m=0.999&L=40&seed=1', { tab: 'own', viewport: size });
    await poll(page, 'a curve', () => globalThis.uphill.lab.simulator.time > 1000);
    // What goes on is drawn anew in any case.
    await page.evaluate(() => globalThis.uphill.lab.pause());
    const client = await page.createCDPSession();
    for (const deviceScaleFactor of [2, 1.25]) {
      // Emulation does not tell the page, as screens do: it is seen when a pointer comes.
      await client.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor, mobile: false });
      await page.mouse.move(10, 400);
      await page.mouse.move(300, 300);
      await poll(page, `canvases for ${deviceScaleFactor} pixels`, (ratio) => devicePixelRatio === ratio
        && [...document.querySelectorAll('#lab figure.plot .plot-area, #lab .stage')].filter((area) => area.clientWidth > 0 && area.getBoundingClientRect().top < innerHeight)
          .every((area) => {
            const canvas = area.querySelector('canvas');
            return canvas && Math.abs(canvas.width - area.clientWidth * ratio) <= 1;
          }), { args: [deviceScaleFactor], within: 10_000 });
      const { dot, wide } = await page.evaluate(() => {
        const probe = /** @type {HTMLElement} */ (document.querySelector('#lab figure.plot .probe'));
        probe.focus();
        probe.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
        const figure = /** @type {HTMLElement} */ (probe.closest('figure'));
        const dot = /** @type {HTMLElement} */ (figure.querySelector('.dot'));
        return { dot: parseFloat(dot.style.left), wide: probe.clientWidth };
      });
      assert.ok(dot > 0.8 * wide && dot <= wide, `${dot} of ${wide}`);
    }
    assert.deepEqual(errors, []);
  });
});
