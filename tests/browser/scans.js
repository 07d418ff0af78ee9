// Small scans for the tests, and what a person does with them.

import { poll } from './browser.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('./browser.js').Stand} Stand */
/** @typedef {import('./browser.js').VisitOptions} VisitOptions */

/** A scan that is over in a second. */
export const SHORT =
  '?exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.002&relax=200&cap=20000&reps=2&seed=1';

/** The same with smaller errors: some seconds, so that it can be interrupted. */
export const LONGER =
  '?exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.0002&relax=200&cap=2000000&reps=2&seed=1';

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
    within: 60_000,
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
    within: 60_000,
    args: /** @type {const} */ ([state]),
    errors,
  });
}

/**
 * Waits until so many moves are known.
 *
 * @param {Page} page
 * @param {number} [moves]
 */
export async function isUnderWay(page, moves = 100_000) {
  await poll(
    page,
    `${moves} moves`,
    (moves) => Number(globalThis.uphill.figures.scan?.progress().events) > moves,
    { within: 30_000, every: 20, args: /** @type {const} */ ([moves]) },
  );
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
 * The results of an uninterrupted run.
 *
 * @param {Stand} stand
 * @param {string} address
 */
export function uninterrupted(stand, address) {
  const key = `${stand.kind} ${address}`;
  const known = references.get(key);
  if (known) return known;
  const made = visitScan(stand, address).then(({ page, errors }) => {
    return complete(page, errors);
  });
  references.set(key, made);
  return made;
}
