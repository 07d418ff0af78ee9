// Small scans for the tests, and what a person does with them.

import assert from 'node:assert/strict';

import { poll } from './browser.js';
import { scanInTerminal } from './terminal.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */
/** @typedef {import('./browser.js').Stand} Stand */
/** @typedef {import('./browser.js').VisitOptions} VisitOptions */

/** Work of the scans, as a share of what they usually have: nothing may depend on how long they take. */
const WORK = Number(process.env.UPHILL_WORK ?? 1);

/** A scan that is over in a second. */
export const SHORT =
  `?exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.002&relax=200&cap=${20_000 * WORK}&reps=2&seed=1`;

/** The same with smaller errors, for several slices of work. What has to be interrupted is held: see `hold`. */
export const LONGER =
  `?exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.0002&relax=200&cap=${2_000_000 * WORK}&reps=2&seed=1`;

/** One that adds points by itself, some to those that it has added. */
export const ADDING =
  '?exp=current&L=4&beta=0.6&ms=0.5:1:0.25&err=0.001&errc=0.004&relax=200&cap=1000000&seed=1';

/** A scan that no machine ends. */
export const ENDLESS =
  '?exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=1e-12&relax=200&cap=1e15&reps=2&seed=1';

/** Runs before the page's own scripts: nothing is stored from the test before. */
function forgetOnce() {
  // The session outlives a reload, but not the tab.
  if (sessionStorage.getItem('forgot')) return;
  sessionStorage.setItem('forgot', 'yes');
  indexedDB.deleteDatabase('uphill');
}

/**
 * Opens a scan, or whatever figure an address asks for; of earlier tests nothing is stored,
 * unless the test prepares the page in its own way.
 *
 * @param {Stand} stand
 * @param {string} address
 * @param {VisitOptions} [options]
 */
export async function visitScan(stand, address, options = {}) {
  const { page, errors } = await stand.visit(address, {
    prepare: forgetOnce,
    ...options,
    started: false,
  });
  await opened(page, errors);
  return { page, errors };
}

/**
 * Waits until a scan is open.
 *
 * @param {Page} page
 * @param {string[]} [errors]
 */
export async function opened(page, errors) {
  await poll(page, 'a scan to be open', () => Boolean(globalThis.uphill?.figures?.scan), {
    errors,
  });
}

/**
 * Waits for a state of the scan.
 *
 * @param {Page} page
 * @param {string} state
 * @param {string[]} [errors]
 */
export async function reaches(page, state, errors) {
  await poll(page, `the scan to be ${state}`, (state) => globalThis.uphill.figures.state === state, {
    args: /** @type {const} */ ([state]),
    errors,
  });
}

/**
 * Waits until so many moves are known.
 *
 * @param {Page | Frame} page
 * @param {number} [moves]
 */
export async function isUnderWay(page, moves = 1) {
  await poll(
    page,
    `${moves} moves`,
    (moves) => Number(globalThis.uphill.figures.scan?.progress().events) >= moves,
    { every: 20, args: /** @type {const} */ ([moves]) },
  );
}

/**
 * Keeps the scans of a page from ending, however fast the machine is: the workers go on, but their
 * slices of the last task, of every task, or of those that the scan adds after this, have no time
 * for a move until `letGo`.
 *
 * @param {Page | Frame} page
 * @param {'the last' | 'every' | 'the added'} [which]
 */
export function hold(page, which = 'the last') {
  return page.evaluate((which) => {
    const { figures } = globalThis.uphill;
    const { pool } = figures;
    const work = pool.work.bind(pool);
    const known = figures.runner.tasks.length;
    const isHeld = (/** @type {number} */ task) => {
      if (which === 'the added') return task >= known;
      return which === 'every' || task === figures.runner.tasks.length - 1;
    };
    pool.work = async (slice) => {
      if (!isHeld(slice.task)) return work(slice);
      const answer = await work({ ...slice, ms: 0 });
      // Else the page would do nothing but hand out such slices.
      await new Promise((resolve) => { setTimeout(resolve, 50); });
      return answer;
    };
  }, which);
}

/** Lets the scans of a page end, which `hold` has kept from it. @param {Page | Frame} page */
export function letGo(page) {
  return page.evaluate(() => { Reflect.deleteProperty(globalThis.uphill.figures.pool, 'work'); });
}

/** Waits until a scan has more tasks than before, of points that it has added. @param {Page} page @param {number} before @param {string[]} errors */
export function hasAdded(page, before, errors) {
  return poll(page, 'points to be added', (before) => globalThis.uphill.figures.runner.tasks.length > before && globalThis.uphill.figures.runner.tasks.length, { args: [before], errors });
}

/**
 * The results, byte for byte.
 *
 * @param {Page} page
 */
export function result(page) {
  return page.evaluate(() => String(globalThis.uphill.figures.scan?.json()));
}

/**
 * That two results are the same, byte for byte; a difference is not printed whole.
 *
 * @param {string} found
 * @param {string} expected
 * @param {string} [what]
 */
export function same(found, expected, what = 'the results') {
  let at = 0;
  while (at < expected.length && found[at] === expected[at]) at += 1;
  const near = (/** @type {string} */ text) => text.slice(Math.max(0, at - 60), at + 60);
  assert.ok(found === expected, `${what} differ from byte ${at} on: …${near(found)}… is not …${near(expected)}…`);
}

/**
 * Runs the scan that is open to its end and returns its results.
 *
 * @param {Page} page
 * @param {string[]} [errors]
 */
export async function complete(page, errors) {
  await page.click('#scan-run');
  await reaches(page, 'complete', errors);
  return result(page);
}

/** @type {Map<string, Promise<string>>} */
const references = new Map();

/**
 * The results of an uninterrupted run: those of the terminal's command, which are the same for all
 * browsers and take no page.
 *
 * @param {string} address
 */
export function uninterrupted(address) {
  const known = references.get(address);
  if (known) return known;
  const made = scanInTerminal(address.slice(1));
  references.set(address, made);
  return made;
}
