// WebKit under test: the engine of every browser on an iPhone, as Debian's MiniBrowser has it, on a
// display that nobody sees. It speaks classic WebDriver, which puppeteer does not: what the tests
// ask of a page is answered here in puppeteer's words.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, fstatSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { Builder, Capabilities, Key } from 'selenium-webdriver';

import { shown } from './display.js';
import { AROUND } from './server.js';

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

/** MiniBrowser's window is never narrower, nor is its page, in px. */
const NARROWEST = 450;

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

/** Most frames that a page of the tests has. */
const FRAMES = 2;

/** Puppeteer's names of keys, as WebDriver has them. @type {Record<string, string>} */
const KEYS = {
  ArrowDown: Key.ARROW_DOWN,
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  ArrowUp: Key.ARROW_UP,
  Control: Key.CONTROL,
  End: Key.END,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Home: Key.HOME,
  PageDown: Key.PAGE_DOWN,
  PageUp: Key.PAGE_UP,
  Shift: Key.SHIFT,
  Tab: Key.TAB,
};

/** @param {string} key */
const keyOf = (key) => KEYS[key] ?? key;

/** Runs in the page before its own scripts: keeps what goes wrong. */
function watch() {
  /** @type {string[]} */
  const wentWrong = [];
  Object.assign(globalThis, { wentWrong });
  const { error } = console;
  console.error = (...what) => {
    wentWrong.push(`console: ${what.map(String).join(' ')}`);
    error.apply(console, what);
  };
  addEventListener('error', ({ message }) => { if (message) wentWrong.push(`uncaught: ${message}`); });
  addEventListener('unhandledrejection', ({ reason }) => wentWrong.push(`uncaught: ${String(reason)}`));
}

/** What is handed to the page and comes from it as JSON: a function, its arguments, and what it says or throws. */
const CALL = (/** @type {string} */ source) => `
  const [given, done] = arguments;
  const wentWrong = globalThis.wentWrong?.splice(0) ?? [];
  (async () => (${source})(...JSON.parse(given)))().then(
    (value) => done({ value: JSON.stringify(value, (_, part) => (typeof part === 'number' && !Number.isFinite(part) ? { notFinite: String(part) } : part)), wentWrong }),
    (error) => done({ error: String(error), wentWrong }),
  );`;

/** What WebDriver says of a document that was left meanwhile. */
const LEFT = /JavascriptError|NoSuchWindowError|NoSuchFrameError|StaleElement|navigat/;

/** To which frame of its window a driver is turned; unknown after a page was left. @typedef {{frames?: number[]}} Turn */

/** A page, or a frame of it, in puppeteer's words. */
class WebKitPage {
  /** @type {string[]} What went wrong. */
  errors = [];
  /** @type {string[]} */
  #prepared = [];
  #closed = false;
  /** The size of the frame in which a page is shown that is narrower than a window can be. @type {{width: number, height: number} | undefined} */
  #narrow;

  /**
   * @param {WebDriver} driver
   * @param {Display} display
   * @param {{url: string, prepared: string}} host
   * @param {Turn} turn
   * @param {number[]} [inside] which frame of the window it is, and of that one, and so on; the whole by default
   */
  constructor(driver, display, host, turn, inside = []) {
    this.turn = turn;
    this.driver = driver;
    this.display = display;
    this.host = host;
    this.inside = inside;
    this.whole = inside.length === 0;
    if (this.whole) this.#prepare(watch);
  }

  /** Turns the driver to a frame, or the whole page, unless it is there. @param {number[]} [frames] */
  async #enter(frames = this.inside) {
    const { turn } = this;
    if (turn.frames !== undefined && String(turn.frames) === String(frames)) return;
    turn.frames = undefined;
    const to = this.driver.switchTo();
    await to.defaultContent();
    for (const frame of frames) await to.frame(frame);
    turn.frames = frames;
  }

  /** WebDriver gives a frame the focus as it turns to it: the page around has it again. */
  async #leaveFocus() {
    await this.#enter([]);
    await this.driver.executeScript('focus()');
  }

  /** Where the frame that this is stands in the window. */
  async #corner() {
    const corner = { x: 0, y: 0 };
    for (const [depth, frame] of this.inside.entries()) {
      await this.#enter(this.inside.slice(0, depth));
      const [left, top] = /** @type {number[]} */ (await this.driver.executeScript('const box = document.querySelectorAll("iframe")[arguments[0]]; const { left, top } = box.getBoundingClientRect(); return [left + box.clientLeft, top + box.clientTop];', frame));
      corner.x += left;
      corner.y += top;
    }
    await this.#enter([]);
    return corner;
  }

  /** The page and the frames in it that have an address. */
  frames() {
    return [this, ...Array.from({ length: FRAMES }, (_, index) => new WebKitPage(this.driver, this.display, this.host, this.turn, [...this.inside, index]))];
  }

  keyboard = {
    press: (/** @type {string} */ key) => this.driver.actions().keyDown(keyOf(key)).keyUp(keyOf(key)).perform(),
    down: (/** @type {string} */ key) => this.driver.actions().keyDown(keyOf(key)).perform(),
    up: (/** @type {string} */ key) => this.driver.actions().keyUp(keyOf(key)).perform(),
    type: (/** @type {string} */ text) => this.driver.actions().sendKeys(text).perform(),
  };

  mouse = {
    move: (/** @type {number} */ x, /** @type {number} */ y) => this.driver.actions().move({ x: Math.round(x), y: Math.round(y) }).perform(),
  };

  #prepare(/** @type {Function} */ run) {
    this.#prepared.push(`(${run})();`);
    this.host.prepared = this.#prepared.join('\n');
  }

  async evaluateOnNewDocument(/** @type {Function} */ run) {
    this.#prepare(run);
  }

  /** @param {Function} question @param {unknown[]} given */
  async evaluate(question, ...given) {
    /** @type {{value?: string, error?: string, wentWrong: string[]}} */
    let answer;
    try {
      await this.#enter();
      answer = await this.driver.executeAsyncScript(CALL(String(question)), JSON.stringify(given));
    } catch (error) {
      this.turn.frames = undefined;
      if (LEFT.test(`${error instanceof Error ? error.name : ''} ${error}`)) throw new Error(`Execution context was destroyed: ${error}`);
      throw error;
    }
    if (!this.whole) await this.#leaveFocus();
    this.errors.push(...answer.wentWrong);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value === undefined ? undefined : JSON.parse(answer.value, (_, part) => (part?.notFinite === undefined ? part : Number(part.notFinite)));
  }

  /** @param {string} selector @param {Function} question @param {unknown[]} given */
  $eval(selector, question, ...given) {
    return this.#ask('querySelector', selector, question, given);
  }

  /** @param {string} selector @param {Function} question @param {unknown[]} given */
  $$eval(selector, question, ...given) {
    return this.#ask('querySelectorAll', selector, question, given);
  }

  /** @param {string} how @param {string} selector @param {Function} question @param {unknown[]} given */
  async #ask(how, selector, question, given) {
    const found = how === 'querySelector' ? 'document.querySelector(selector)' : '[...document.querySelectorAll(selector)]';
    return this.evaluate(/** @type {any} */ ({ toString: () => `(selector, ...given) => {
      const found = ${found};
      if (found === null) throw new Error('there is no ' + selector);
      return (${question})(found, ...given);
    }` }), selector, ...given);
  }

  /** An element, as far as the tests ask of one. @param {string} selector */
  async $(selector) {
    if (!await this.evaluate((/** @type {string} */ selector) => document.querySelector(selector) !== null, selector)) return null;
    return {
      click: () => this.click(selector),
      hover: () => this.hover(selector),
      scrollIntoView: () => this.#pointAt(selector),
    };
  }

  /** Brings the pointer to the middle of an element, which comes into view for it. @param {string} selector */
  async #pointAt(selector) {
    const { x, y } = await this.$eval(selector, async (/** @type {HTMLElement} */ element) => {
      // What comes into view is laid out, and may move what is below it.
      let last;
      for (let time = 0; time < 30; time += 1) {
        element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        await new Promise(requestAnimationFrame);
        const [box] = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
        if (box === undefined) throw new Error(`#${element.id} cannot be seen`);
        const at = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
        if (last?.x === at.x && last.y === at.y && at.y >= 0 && at.y < innerHeight) return at;
        last = at;
      }
      throw new Error(`#${element.id} does not come to rest in view, but is at ${JSON.stringify(last)} of ${innerWidth} × ${innerHeight}`);
    });
    // The frame of a narrow page begins where its window does.
    const corner = this.whole ? { x: 0, y: 0 } : await this.#corner();
    return this.driver.actions().move({ x: Math.round(x + corner.x), y: Math.round(y + corner.y) });
  }

  /** @param {string} selector */
  async click(selector) {
    await (await this.#pointAt(selector)).press().release().perform();
  }

  /** @param {string} selector */
  async hover(selector) {
    await (await this.#pointAt(selector)).perform();
  }

  /** @param {string} selector */
  async focus(selector) {
    await this.$eval(selector, (/** @type {HTMLElement} */ element) => element.focus());
  }

  /** @param {string} selector @param {string} value */
  async select(selector, value) {
    await this.$eval(selector, (/** @type {HTMLSelectElement} */ element, /** @type {string} */ value) => {
      element.value = value;
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
    }, value);
  }

  /** @param {string} address */
  async goto(address) {
    const narrow = this.#narrow;
    this.inside = [];
    this.turn.frames = undefined;
    if (narrow === undefined) return this.driver.get(address);
    await this.driver.get(this.host.url + AROUND);
    await this.driver.executeAsyncScript(`
      const [address, size, done] = arguments;
      const frame = document.createElement('iframe');
      Object.assign(frame, { src: address, ...size, onload: () => done() });
      document.body.append(frame);`, address, narrow);
    this.inside = [0];
  }

  async reload() {
    if (this.#narrow !== undefined) throw new Error('a narrow page is not loaded anew');
    this.turn.frames = undefined;
    await this.driver.navigate().refresh();
  }

  async url() {
    return this.driver.getCurrentUrl();
  }

  /** @param {{width: number, height: number}} size */
  async setViewport({ width, height }) {
    this.#narrow = width < NARROWEST ? { width, height } : undefined;
    if (this.inside.length > 0) {
      if (this.#narrow === undefined) throw new Error('a page that began narrow stays narrow');
      await this.#enter([]);
      await this.driver.executeScript('Object.assign(document.querySelector("iframe"), arguments[0])', this.#narrow);
    }
    await this.#resize(Math.max(width, NARROWEST), height);
  }

  /** Gives the window's page a size. @param {number} width @param {number} height */
  async #resize(width, height) {
    await this.#enter([]);
    const inner = async () => /** @type {number[]} */ (await this.driver.executeScript('return [innerWidth, innerHeight]'));
    const [w, h] = await inner();
    if (w === width && h === height) return;
    const window = this.driver.manage().window();
    const outer = await window.getRect();
    await window.setRect({ x: 0, y: 0, width: width + outer.width - w, height: height + outer.height - h });
    for (const end = performance.now() + PATIENCE; String(await inner()) !== `${width},${height}`; await sleep(20)) {
      if (performance.now() > end) throw new Error(`WebKit's page is ${await inner()}, not ${width},${height}`);
    }
  }

  /** By the display: to a WebDriver without compositing the browser never answers this. @param {{path: string}} how */
  async screenshot({ path }) {
    await this.evaluate(async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    });
    await sleep(300);
    await this.#enter([]);
    const outer = await this.driver.manage().window().getRect();
    const [w, h] = /** @type {number[]} */ (await this.driver.executeScript('return [innerWidth, innerHeight]'));
    const { width, height } = this.#narrow ?? { width: w, height: h };
    // What the browser has besides the page is above it.
    writeFileSync(path, shown(this.display.pixels(), { x: outer.x, y: outer.y + outer.height - h, width, height }));
  }

  browser() {
    return { version: async () => `WebKitGTK/${(await this.driver.getCapabilities()).getBrowserVersion()}` };
  }

  on() {
    // What goes wrong is heard of with every answer.
  }

  setDefaultTimeout() {
    // Selenium waits for what it is asked for.
  }

  isClosed() {
    return this.#closed;
  }

  async close() {
    this.#closed = true;
    // The next page is in the same window, and nothing in it is pointed at.
    this.inside = [];
    await this.mouse.move(0, 0);
    await this.evaluate(() => sessionStorage.clear()).catch(() => {});
    this.turn.frames = undefined;
    await this.driver.get('about:blank');
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
  /** @type {Turn} */
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
