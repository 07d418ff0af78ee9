// WebKit under test: the engine of every browser on an iPhone, as Debian's MiniBrowser has it, on a
// display that nobody sees. It speaks classic WebDriver, which puppeteer does not: what the tests
// ask of a page is answered here in puppeteer's words.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import { Builder, Capabilities, Key } from 'selenium-webdriver';

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
export const hasWebKit = process.env.UPHILL_WEBKIT === '1' && miniBrowser() !== undefined;

/** How long a program may take to start, in ms; a busy machine takes its time. */
const PATIENCE = 120_000;

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
 * Starts a display, and tells its number.
 *
 * @returns {Promise<{display: string, running: ChildProcess}>}
 */
function startDisplay() {
  const running = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('exit', () => reject(new Error('Xvfb has ended')));
    running.stdio[3]?.on('data', (said) => resolve({ display: `:${String(said).trim()}`, running }));
  });
}

/** Starts WebDriver on a display. @param {string} display @param {string} binary */
async function startDriver(display, binary) {
  const port = await freePort();
  const running = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
    stdio: 'ignore',
  });
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary, args: ['--automation'] },
  });
  for (const end = performance.now() + PATIENCE; ; await sleep(200)) {
    try {
      const driver = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
      return { driver, running };
    } catch (error) {
      if (running.exitCode !== null || performance.now() > end) throw error;
    }
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

/** A page, or a frame of it, in puppeteer's words. */
class WebKitPage {
  /** @type {string[]} What went wrong. */
  errors = [];
  /** @type {string[]} */
  #prepared = [];
  #closed = false;

  /**
   * @param {WebDriver} driver
   * @param {{prepared: string}} host
   * @param {number} [inside] which frame of the window it is; the whole by default
   */
  constructor(driver, host, inside) {
    this.driver = driver;
    this.host = host;
    this.inside = inside;
    if (inside === undefined) this.#prepare(watch);
  }

  /** Turns the driver to the whole page or the frame that this is. */
  async #enter() {
    const to = this.driver.switchTo();
    await to.defaultContent();
    if (this.inside !== undefined) await to.frame(this.inside);
  }

  /** WebDriver gives a frame the focus as it turns to it: the page around has it again. */
  async #leaveFocus() {
    await this.driver.switchTo().defaultContent();
    await this.driver.executeScript('focus()');
  }

  /** The page and the frames in it that have an address. */
  frames() {
    return [this, ...Array.from({ length: FRAMES }, (_, index) => new WebKitPage(this.driver, this.host, index))];
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
      if (LEFT.test(`${error instanceof Error ? error.name : ''} ${error}`)) throw new Error(`Execution context was destroyed: ${error}`);
      throw error;
    }
    if (this.inside !== undefined) await this.#leaveFocus();
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
      for (let time = 0; time < 2; time += 1) {
        element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        await new Promise(requestAnimationFrame);
      }
      const [box] = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      if (box === undefined) throw new Error(`#${element.id} cannot be seen`);
      return { x: Math.round(box.left + box.width / 2), y: Math.round(box.top + box.height / 2) };
    });
    return this.driver.actions().move({ x, y });
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
    await this.driver.get(address);
  }

  async reload() {
    await this.driver.navigate().refresh();
  }

  async url() {
    return this.driver.getCurrentUrl();
  }

  /** @param {{width: number, height: number}} size */
  async setViewport({ width, height }) {
    const outer = await this.driver.manage().window().getRect();
    const [w, h] = /** @type {number[]} */ (await this.driver.executeScript('return [innerWidth, innerHeight]'));
    await this.driver.manage().window().setRect({ x: 0, y: 0, width: width + outer.width - w, height: height + outer.height - h });
  }

  /** @param {{path: string}} how */
  async screenshot({ path }) {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, Buffer.from(await this.driver.takeScreenshot(), 'base64'));
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
    // The next page is in the same window.
    await this.evaluate(() => sessionStorage.clear()).catch(() => {});
    await this.driver.get('about:blank');
  }
}

/**
 * WebKit with one window, in which nothing is stored yet.
 *
 * @param {{prepared: string}} host runs what is prepared before the scripts of its pages
 * @returns {Promise<Fresh>}
 */
export async function freshWebKit(host) {
  const binary = miniBrowser();
  if (binary === undefined) throw new Error('WebKit is missing: install webkit2gtk-driver and xvfb');
  const { display, running: screen } = await startDisplay();
  const { driver, running } = await startDriver(display, binary);
  await driver.manage().setTimeouts({ script: PATIENCE, pageLoad: PATIENCE });
  return {
    newPage: async () => /** @type {any} */ (new WebKitPage(driver, host)),
    close: async () => {
      await driver.quit().catch(() => {});
      running.kill();
      screen.kill();
    },
  };
}
