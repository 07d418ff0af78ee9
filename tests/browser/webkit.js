// WebKit under test: the engine of every browser on an iPhone, as Debian's MiniBrowser has it, on a
// display that nobody sees, started and ended. What its pages do stands in webkit-page.js.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, fstatSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { Builder, Capabilities } from 'selenium-webdriver';

import { WebKitPage } from './webkit-page.js';

/** @typedef {import('selenium-webdriver').WebDriver} WebDriver */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {import('./browser.js').Fresh} Fresh */

const LIBRARIES = '/usr/lib';

/** Where Debian has the browser. @returns {string | undefined} */
function miniBrowser() {
  const folders = existsSync(LIBRARIES) ? readdirSync(LIBRARIES) : [];
  return folders.map((folder) => `${LIBRARIES}/${folder}/webkit2gtk-4.1/MiniBrowser`).find((file) => existsSync(file));
}

/** Whether WebKit is to be tested: `./build.sh test` says so where it is installed. */
export const hasWebKit = process.env.UPHILL_WEBKIT === '1';

/** How long a program may take to start, in ms; a busy machine takes its time. */
const PATIENCE = 120_000;

/** How long a program has to end by itself, in ms. */
const GRACE = 10_000;

/** A port that nobody listens on. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a program that ends with this process, however that ends, and keeps what it complains of.
 *
 * @param {string} command
 * @param {string[]} given
 * @param {import('node:child_process').SpawnOptions} how
 */
function startProgram(command, given, how) {
  const running = spawn('setpriv', ['--pdeathsig', 'TERM', command, ...given], how);
  const program = {
    running,
    said: '',
    /** What it said as it ended, or nothing while it runs. @type {string | undefined} */
    ended: undefined,
    stop: async () => {
      if (program.ended !== undefined) return;
      const end = once(running, 'close');
      running.kill();
      await Promise.race([end, sleep(GRACE, undefined, { ref: false })]);
      running.kill('SIGKILL');
    },
  };
  running.stderr?.on('data', (part) => { program.said = `${program.said}${part}`.slice(-1000); });
  running.on('error', (error) => { program.ended = String(error); });
  running.on('exit', (status, signal) => { program.ended ??= `${command} has ended (${status ?? signal}): ${program.said.trim() || 'it said nothing'}`; });
  return program;
}

/** A display of its own. @typedef {{name: string, pixels: () => Buffer, stop: () => Promise<void>}} Display */

/** Starts a display, whose pixels can be read. @returns {Promise<Display>} */
async function startDisplay() {
  const folder = mkdtempSync(join(tmpdir(), 'uphill-display-'));
  const program = startProgram('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-fbdir', folder, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let name = '';
  program.running.stdio[3]?.on('data', (said) => { name += said; });
  for (const end = performance.now() + PATIENCE; !name.endsWith('\n'); await sleep(50)) {
    if (program.ended === undefined && performance.now() < end) continue;
    await program.stop();
    rmSync(folder, { recursive: true });
    throw new Error(`no display for WebKit: ${program.ended ?? `Xvfb told no number in ${PATIENCE / 1000} s`}`);
  }
  // The file is nobody's leftover: it is gone with whoever has opened it.
  const file = openSync(join(folder, 'Xvfb_screen0'), 'r');
  rmSync(folder, { recursive: true });
  return {
    name: `:${name.trim()}`,
    pixels: () => {
      const pixels = Buffer.alloc(fstatSync(file).size);
      readSync(file, pixels, 0, pixels.length, 0);
      return pixels;
    },
    stop: async () => {
      await program.stop();
      closeSync(file);
    },
  };
}

/** Starts WebDriver on a display, and through it the browser. @param {Display} display @param {string} binary */
async function startDriver(display, binary) {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary, args: ['--automation'] },
  });
  let why = '';
  const end = performance.now() + PATIENCE;
  // Somebody else may have taken the port meanwhile.
  for (let time = 0; time < 3; time += 1) {
    const port = await freePort();
    const program = startProgram('WebKitWebDriver', [`--port=${port}`], {
      env: { ...process.env, DISPLAY: display.name, WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    while (program.ended === undefined && performance.now() < end) {
      try {
        const driver = await within(end - performance.now(), 'no session', new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build());
        return { driver, program };
      } catch (error) {
        why = String(error);
        // It does not listen yet.
        if (!why.includes('ECONNREFUSED')) break;
        await sleep(100);
      }
    }
    why = program.ended ?? why;
    await program.stop();
  }
  throw new Error(`WebKit did not start: ${why}`);
}

/**
 * What is waited for, or an error that says what did not come.
 *
 * @template T
 * @param {number} limit in ms
 * @param {string} what
 * @param {Promise<T>} awaited
 * @returns {Promise<T>}
 */
async function within(limit, what, awaited) {
  const enough = new AbortController();
  const late = sleep(limit, undefined, { signal: enough.signal }).then(() => {
    throw new Error(`WebKit did not answer in ${Math.ceil(limit / 1000)} s: ${what}`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([awaited, late]);
  } finally {
    enough.abort();
  }
}

/**
 * WebKit with one window, in which nothing is stored yet.
 *
 * @param {{url: string, prepared: string}} host runs what is prepared before the scripts of its pages
 * @returns {Promise<Fresh>}
 */
export async function freshWebKit(host) {
  const binary = miniBrowser();
  if (binary === undefined) throw new Error('WebKit is missing: install it (on Debian: webkit2gtk-driver xvfb)');
  const display = await startDisplay();
  const { driver, program } = await startDriver(display, binary).catch(async (error) => {
    await display.stop();
    throw error;
  });
  // A command that is never answered would end no test.
  const execute = driver.execute.bind(driver);
  driver.execute = (/** @type {any} */ command) => within(2 * PATIENCE, command.getName(), execute(command));
  await driver.manage().setTimeouts({ script: PATIENCE, pageLoad: PATIENCE });
  /** @type {import('./webkit-page.js').Turn} */
  const turn = {};
  return {
    newPage: async () => /** @type {any} */ (new WebKitPage(driver, display, host, turn)),
    close: async () => {
      await within(GRACE, 'quit', driver.quit()).catch(() => {});
      await program.stop();
      await display.stop();
    },
  };
}
