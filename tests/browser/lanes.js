// Runs files of tests in lanes side by side: `node lanes.js FILE…`. A browser takes longer to start
// than most tests, so every lane has one of each, which its files use one after another, each
// with contexts of its own; a file still is a process of its own, and prints when it is done.

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import process from 'node:process';

import { launch } from './browser.js';

/** A page that runs, and the browser that shows it, keep a core busy: with more lanes the pages only run longer. */
const LANES = availableParallelism();

/** @typedef {import('./browser.js').Driven} Kind */
/** @typedef {import('puppeteer-core').Browser} Browser */

/**
 * A browser that runs without anybody connected to it.
 *
 * @param {Kind} kind
 */
async function idle(kind) {
  const browser = await launch(kind);
  const [endpoint, running] = [browser.wsEndpoint(), browser.process()];
  await browser.disconnect();
  return { kind, endpoint, running };
}

/** @typedef {Awaited<ReturnType<typeof idle>>} Idle */

/** @param {Idle} browser */
const runs = ({ running }) => running !== null && running.exitCode === null && running.signalCode === null;

/**
 * Runs one file, and tells whether its tests passed.
 *
 * @param {string} file
 * @param {Idle[]} browsers
 * @returns {Promise<boolean>}
 */
function run(file, browsers) {
  const started = performance.now();
  const endpoints = Object.fromEntries(browsers.map(({ kind, endpoint }) => [kind, endpoint]));
  const tests = spawn(process.execPath, ['--test', '--test-reporter=spec', file], {
    env: { ...process.env, UPHILL_SHARED: '1', UPHILL_BROWSERS: JSON.stringify(endpoints) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const said = [];
  tests.stdout.on('data', (part) => said.push(part));
  tests.stderr.on('data', (part) => said.push(part));
  return new Promise((resolve, reject) => {
    tests.on('error', reject);
    tests.on('close', (status) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      process.stdout.write(`${Buffer.concat(said)}${basename(file)}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
      resolve(status === 0);
    });
  });
}

// Puppeteer would close the browsers and go on.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => process.exit(1));

const waiting = process.argv.slice(2);
/** @type {string[]} */
const failed = [];

/** Runs one file after another, as long as there are any. */
async function lane() {
  /** @type {Map<Kind, Idle>} */
  const browsers = new Map();
  try {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      for (const kind of /** @type {const} */ (['Chromium', 'Firefox'])) {
        const browser = browsers.get(kind);
        if (browser === undefined || !runs(browser)) browsers.set(kind, await idle(kind));
      }
      if (!await run(file, [...browsers.values()])) failed.push(basename(file));
    }
  } finally {
    for (const { running } of browsers.values()) running?.kill();
  }
}

await Promise.all(Array.from({ length: Math.min(LANES, waiting.length) }, lane));
if (failed.length > 0) {
  process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
