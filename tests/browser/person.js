// What a person does with the page, by real key presses and clicks, and what they can see of it.

import { setTimeout as sleep } from 'node:timers/promises';

import { PATIENCE, poll } from './browser.js';

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * Types into a field in place of what stands there, and confirms.
 *
 * @param {Page} page
 * @param {string} id
 * @param {string} text
 */
export async function enter(page, id, text) {
  // What was opened just now may take the focus a frame later.
  await poll(page, `#${id} to be typed into`, (id) => {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
    field?.focus();
    if (!field || document.activeElement !== field) return false;
    field.select();
    return true;
  }, { args: /** @type {const} */ ([id]) });
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/**
 * Presses a key on a control, so many times.
 *
 * @param {Page} page
 * @param {string} id
 * @param {import('puppeteer-core').KeyInput} key
 * @param {number} [times]
 */
export async function press(page, id, key, times = 1) {
  await page.focus(`#${id}`);
  for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
}

/**
 * Opens the part of the controls that is rarely needed.
 *
 * @param {Page} page
 */
export async function openMore(page) {
  const open = await page.evaluate(
    () => /** @type {HTMLDetailsElement} */ (document.getElementById('more')).open,
  );
  if (!open) await page.click('#more > summary');
}

/**
 * Waits some frames: until what hears of a new size, or of a change, has drawn itself, or, for
 * more of them, through a time in which nothing happens.
 *
 * @param {Page} page
 * @param {number} [frames]
 */
export const drawn = (page, frames = 4) => page.evaluate(async (frames) => {
  for (let frame = 0; frame < frames; frame += 1) await new Promise(requestAnimationFrame);
}, frames);

/**
 * The visible text of an element.
 *
 * @param {Page} page
 * @param {string} id
 */
export function text(page, id) {
  return page.evaluate((id) => {
    const element = document.getElementById(id);
    if (element === null) throw new Error(`there is no #${id}`);
    return element.innerText.trim();
  }, id);
}

/**
 * The parameters of the run on the page.
 *
 * @param {Page} page
 */
export function params(page) {
  return page.evaluate(() => globalThis.uphill.lab.simulator.params());
}

/**
 * Waits until one parameter of the run has a value.
 *
 * @template {keyof import('../../dist/engine/uphill.js').Params} K
 * @param {Page} page
 * @param {K} key
 * @param {import('../../dist/engine/uphill.js').Params[K]} value
 */
export async function becomes(page, key, value) {
  await poll(
    page,
    `${key} to be ${value}, of ${JSON.stringify(await params(page))}`,
    (key, value) => Object.is(globalThis.uphill.lab.simulator.params()[key], value),
    { args: /** @type {const} */ ([key, value]) },
  );
}

/**
 * Waits until the page's clock has moved on: the run is alive.
 *
 * @param {Page} page
 * @param {string[]} [errors]
 */
export async function runsOn(page, errors) {
  const events = await page.evaluate(() => globalThis.uphill.lab.simulator.events);
  await poll(page, 'more events', (events) => globalThis.uphill.lab.simulator.events > events, {
    args: /** @type {const} */ ([events]),
    errors,
  });
}

/**
 * Lets the run go on to a time and returns the digest there.
 *
 * @param {Page} page
 * @param {number} time
 */
export async function runTo(page, time) {
  await page.evaluate((time) => {
    const { lab } = globalThis.uphill;
    // A run that began to play by itself may be further on already.
    if (lab.simulator.time > time) throw new Error(`the run is at t = ${lab.simulator.time} already, beyond ${time}`);
    // Not awaited: the answer is asked for below, for as long as a slow machine needs.
    lab.runUntil(time);
  }, time);
  return poll(
    page,
    `t = ${time}`,
    (time) => {
      const { lab } = globalThis.uphill;
      return !lab.playing && lab.simulator.time === time && lab.simulator.digest();
    },
    { args: /** @type {const} */ ([time]) },
  );
}

/**
 * Runs a link from its beginning to a time and returns the digest there.
 *
 * @param {Page} page
 * @param {string} query
 * @param {number} time
 */
export async function digestAt(page, query, time) {
  await page.evaluate((query) => {
    globalThis.uphill.lab.restart(query);
    globalThis.uphill.lab.pause();
  }, query);
  return runTo(page, time);
}

/**
 * What a canvas shows: its size, its number of colours, and the share that is not of the commonest.
 *
 * @param {Page} page
 * @param {string} id
 */
export function picture(page, id) {
  return page.evaluate((id) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById(id));
    const { width, height } = canvas;
    const copy = document.createElement('canvas');
    Object.assign(copy, { width, height });
    const context = copy.getContext('2d');
    if (context === null || width * height === 0) return { width, height, colours: 0, drawn: 0 };
    context.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    const drawn = 1 - Math.max(...counts.values()) / pixels.length;
    return { width, height, colours: counts.size, drawn };
  }, id);
}

/**
 * The same, once it is drawn as far as is wanted.
 *
 * @param {Page} page
 * @param {string} id
 * @param {(seen: Awaited<ReturnType<typeof picture>>) => boolean} drawn
 */
export async function pictured(page, id, drawn) {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const seen = await picture(page, id);
    if (drawn(seen)) return seen;
    if (performance.now() > end) throw new Error(`waited for #${id} to be drawn; last seen: ${JSON.stringify(seen)}`);
    await sleep(100);
  }
}

/**
 * What makes the page wider than its window; nothing if it is not wider.
 *
 * @param {Page} page
 */
export function sticksOut(page) {
  return page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const scroller = document.scrollingElement ?? document.documentElement;
    if (scroller.scrollWidth <= limit) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .map(({ tagName, id, className }) => `${tagName}#${id}.${className}`);
  });
}

/**
 * Controls that a finger hardly hits.
 *
 * @param {Page} page
 */
export function smallTargets(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, select, input:not([type=checkbox])')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ id: element.id, ...element.getBoundingClientRect().toJSON() }))
      // WCAG 2.2, target size (minimum): 24 CSS pixels.
      .filter(({ width, height }) => width < 24 || height < 24)
      .map(({ id, width, height }) => `${id}: ${width} × ${height}`),
  );
}

/**
 * Pairs of controls of which one lies over the other. What stays in its place while the page
 * scrolls under it is left out.
 *
 * @param {Page} page
 */
export function overlapping(page) {
  return page.evaluate(() => {
    const fixed = (/** @type {Element} */ element) => {
      for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement) if (getComputedStyle(at).position === 'fixed') return true;
      return false;
    };
    const controls = [...document.querySelectorAll('button, select, input, a, summary, [role="slider"]')]
      .filter((element) => element.checkVisibility() && element.id !== 'skip')
      .map((element) => ({ element, fixed: fixed(element), ...element.getBoundingClientRect().toJSON() }));
    return controls.flatMap((one, at) => controls.slice(at + 1)
      .filter((other) => one.fixed === other.fixed && !one.element.contains(other.element)
        && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1)
      .map((other) => `${one.element.tagName}#${one.element.id} and ${other.element.tagName}#${other.element.id}`));
  });
}
