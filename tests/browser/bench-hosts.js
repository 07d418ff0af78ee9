// Where the kernels run: the native program and the pages of browsers. All take the same
// orders, so that they can take turns at the same work.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { launch } from './browser.js';
import { engineAddress, engineStarted } from './engine-page.js';
import { freshWebKit } from './webkit.js';

/** @typedef {import('./browser.js').Kind} Kind */

/**
 * Advance the run of `link` to the clock `until`, in `calls` calls of equal simulated time. A
 * link's run begins with its first order and goes on with every later one. V8 runs a single
 * long call in its baseline compiler, hence the many.
 *
 * @typedef {object} Order
 * @property {string} link
 * @property {number} until
 * @property {number} calls
 */

/**
 * What it took, and where the run then stands.
 *
 * @typedef {object} Answer
 * @property {number} seconds
 * @property {number} time
 * @property {number} events
 * @property {number} attempts
 * @property {string} digest
 */

/** @typedef {{mean: number | null, error: number | null, reason: string | null}} Known */

/**
 * Both estimates of J from the same time, with one standard deviation each.
 *
 * @typedef {{rate: Known, count: Known}} Current
 */

/**
 * @typedef {object} Host
 * @property {string} name
 * @property {string} version
 * @property {string} engine the version of the engine, where it is asked for it
 * @property {(order: Order) => Promise<Answer>} run
 * @property {() => Promise<void>} close
 */

/** @typedef {Host & {measure: (order: Order) => Promise<Answer & {current: Current}>}} Native */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @returns {Native} */
export function native() {
  const program = spawn('cargo', ['bench', '--quiet', '--bench', 'kernels', '--', '--serve'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => program.once('close', resolve));
  const answers = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  /** @param {Order & {measure?: boolean}} order */
  const ask = async (order) => {
    program.stdin.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error('the native program has ended; it says why above');
    return JSON.parse(value);
  };
  return {
    name: 'native',
    version: '',
    engine: '',
    run: ask,
    measure: (order) => ask({ ...order, measure: true }),
    async close() {
      program.stdin.end();
      await ended;
    },
  };
}

/**
 * @param {Kind} kind
 * @param {string} url the site's address
 * @returns {Promise<Host>}
 */
export async function inBrowser(kind, url) {
  const browser = kind === 'WebKit' ? await freshWebKit({ url, prepared: '' }) : await launch(kind);
  const page = await browser.newPage();
  await page.goto(url + engineAddress(), { waitUntil: 'load' });
  await engineStarted(page);
  return {
    name: kind,
    version: (await page.browser().version()).replace(/^\w+\//, ''),
    engine: await page.evaluate(() => globalThis.engine.engineVersion()),
    run: (order) => page.evaluate(advance, order),
    close: () => browser.close(),
  };
}

/**
 * Runs in the page.
 *
 * @param {Order} order
 * @returns {Answer}
 */
function advance({ link, until, calls }) {
  const { Simulator, readLink } = globalThis.engine;
  const runs = (globalThis.runs ??= new Map());
  const run = runs.get(link) ?? new Simulator(readLink(link).params);
  runs.set(link, run);
  const start = run.time;
  const step = (until - start) / calls;
  const began = performance.now();
  for (let call = 1; call < calls; call += 1) run.advance(Infinity, start + call * step);
  run.advance(Infinity, until);
  const seconds = (performance.now() - began) / 1000;
  const { time, events, attempts } = run;
  return { seconds, time, events, attempts, digest: run.digest() };
}
