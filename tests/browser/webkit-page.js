// A page of WebKit, or a frame of it, in puppeteer's words: WebKit speaks classic WebDriver, which
// puppeteer does not.

import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { Key } from 'selenium-webdriver';

import { shown } from './display.js';
import { AROUND } from './server.js';

/** @typedef {import('selenium-webdriver').WebDriver} WebDriver */
/** @typedef {import('./webkit.js').Display} Display */

/** How long the window may take to have another size, in ms; a busy machine takes its time. */
const PATIENCE = 120_000;

/** MiniBrowser's window is never narrower, nor is its page, in px. */
const NARROWEST = 450;

/** Most frames that a page of the tests has. */
const FRAMES = 3;

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
export class WebKitPage {
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

  /** Waits until the page has asked for nothing more for a while. @param {{idleTime: number}} how in ms */
  async waitForNetworkIdle({ idleTime }) {
    const asked = () => this.evaluate(() => performance.getEntriesByType('resource').length);
    for (let before; before !== (before = await asked());) await sleep(idleTime);
  }

  async url() {
    // Of a frame that is not there, or not yet, none.
    if (!this.whole) return this.evaluate(() => location.href).catch(() => '');
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
