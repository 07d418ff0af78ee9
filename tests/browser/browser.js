// The two browsers under test: the ones that people have, driven by puppeteer-core.

import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before, describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import puppeteer from 'puppeteer-core';

import { serveSite } from './server.js';
import { freshWebKit, hasWebKit } from './webkit.js';

/** @typedef {import('puppeteer-core').Browser} Browser */
/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {'Chromium' | 'Firefox' | 'WebKit'} Kind */

const SCREENSHOTS = fileURLToPath(new URL('../../test-results/', import.meta.url));

/** When what a test waits for is given up: it ends a test that hangs, and is no measure of speed. */
export const PATIENCE = 120_000;

/** A page for a site that has nothing on it, and asks for nothing. */
export const BARE = '<!doctype html><meta charset="utf-8"><title>bare</title><link rel="icon" href="data:,">';

/** Full-size runs are slow on a shared machine; this is no measure of speed. */
const PROTOCOL = 240_000;

/**
 * Whether the machine is shared with other pages: each then has a slow display, which leaves
 * time to the others, and changes nothing but how often a page steps and draws.
 */
const SHARED = process.env.UPHILL_SHARED === '1';

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name that is not of this machine alone.
  '--host-resolver-rules=MAP uphill.example 127.0.0.1',
  // Of the pages before nothing goes on.
  '--disable-features=BackForwardCache',
];

/** @typedef {Exclude<Kind, 'WebKit'>} Driven by puppeteer */

/** @type {Record<Driven, string[]>} */
const COMMANDS = {
  Chromium: [process.env.CHROMIUM ?? '', 'chromium', 'chromium-browser', 'google-chrome'],
  Firefox: [process.env.FIREFOX ?? '', 'firefox', 'firefox-esr'],
};

/**
 * The first of a browser's commands that can be run.
 *
 * @param {Driven} kind
 */
function executable(kind) {
  const folders = ['', ...(process.env.PATH ?? '').split(delimiter)];
  for (const command of COMMANDS[kind]) {
    for (const folder of command === '' ? [] : folders) {
      const file = join(folder, command);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error(`${kind} is missing: install it, or name it in ${kind.toUpperCase()}`);
}

/**
 * @param {Driven} kind
 * @returns {Promise<Browser>}
 */
export function launch(kind) {
  const chromium = kind === 'Chromium';
  return puppeteer.launch({
    browser: chromium ? 'chrome' : 'firefox',
    executablePath: executable(kind),
    headless: true,
    args: chromium ? CHROMIUM_FLAGS : [],
    extraPrefsFirefox: { 'browser.sessionhistory.max_total_viewers': 0 },
    protocolTimeout: PROTOCOL,
    timeout: PATIENCE,
  });
}

/**
 * The browsers that run already, by the addresses at which they take connections (see lanes.js).
 *
 * @type {Partial<Record<Kind, string>>}
 */
const RUNNING = JSON.parse(process.env.UPHILL_BROWSERS ?? '{}');

/**
 * A browser in which nothing is stored yet: one of its own, or a context of one that runs already.
 *
 * @typedef {object} Fresh
 * @property {() => Promise<Page>} newPage
 * @property {() => Promise<void>} close
 */

/**
 * @param {Kind} kind
 * @param {import('./server.js').Host} host
 * @returns {Promise<Fresh>}
 */
async function fresh(kind, host) {
  if (kind === 'WebKit') return freshWebKit(host);
  const endpoint = RUNNING[kind];
  if (endpoint === undefined) return launch(kind);
  const browser = await puppeteer.connect({
    browserWSEndpoint: endpoint,
    protocol: kind === 'Firefox' ? 'webDriverBiDi' : 'cdp',
    protocolTimeout: PROTOCOL,
  });
  const context = await browser.createBrowserContext();
  return {
    newPage: () => context.newPage(),
    close: async () => {
      await context.close();
      await browser.disconnect();
    },
  };
}

/**
 * A site and a browser, for the tests of one file in one browser.
 *
 * @typedef {object} Stand
 * @property {Kind} kind
 * @property {string} url the site's address
 * @property {(address?: string, options?: VisitOptions) => Promise<Visit>} visit opens a page
 *   of the site, or of a disk; it is closed before the next one opens
 */

/**
 * @typedef {object} VisitOptions
 * @property {import('puppeteer-core').Viewport} [viewport]
 * @property {'light' | 'dark'} [scheme]
 * @property {Record<string, string>} [media] what the system asks for besides, as media queries have it; in Chromium alone
 * @property {() => void} [prepare] runs in the page before any of its own scripts
 * @property {boolean} [offline] let the page keep a copy of the site, which then outlives the visit
 * @property {boolean} [started] wait until the page's first run exists; true by default
 * @property {'awaited' | 'not awaited'} [loaded] whether to wait until all that the page asks for at its start has come
 * @property {'common' | 'own'} [tab] whether visits before and after it have the same tab, which a new one costs more
 *   than most pages; a test has its own that changes more of it than its document
 * @property {'few' | 'all'} [frames] whether the page has all frames of the display, also where pages share the machine
 */

/**
 * An open page, and everything that went wrong on it.
 *
 * @typedef {object} Visit
 * @property {Page} page
 * @property {string[]} errors console errors, uncaught exceptions, failed requests, and what the
 *   Content-Security-Policy refused
 */

/**
 * Declares the same tests for both browsers.
 *
 * @param {string} title
 * @param {(stand: Stand) => void} tests
 * @param {Parameters<typeof serveSite>[0]} [options]
 */
export function inBothBrowsers(title, tests, options) {
  inBrowsers(['Chromium', 'Firefox'], title, tests, options);
}

/**
 * Declares the same tests for all browsers, WebKit among them where it is to be tested.
 *
 * @param {string} title
 * @param {(stand: Stand) => void} tests
 * @param {Parameters<typeof serveSite>[0]} [options]
 */
export function inAllBrowsers(title, tests, options) {
  inBrowsers(['Chromium', 'Firefox', ...(hasWebKit ? [/** @type {const} */ ('WebKit')] : [])], title, tests, options);
}

/**
 * Declares tests of what Chromium alone tells: long tasks, the time of a thread.
 *
 * @param {string} title
 * @param {(stand: Stand) => void} tests
 */
export function inChromium(title, tests) {
  inBrowsers(['Chromium'], title, tests);
}

/**
 * Declares the same tests for some browsers.
 *
 * @param {Kind[]} kinds
 * @param {string} title
 * @param {(stand: Stand) => void} tests
 * @param {Parameters<typeof serveSite>[0]} [options]
 */
export function inBrowsers(kinds, title, tests, options) {
  for (const kind of kinds) {
    describe(`${title}, in ${kind}`, () => {
      /** @type {Fresh} */
      let browser;
      /** @type {import('./server.js').Host} */
      let host;
      /** The tab of the visit before, and whether the next may have it. @type {Page | undefined} */
      let open;
      let common = false;
      before(async () => {
        host = await serveSite(options);
        browser = await fresh(kind, host);
      });
      after(async () => {
        await browser?.close();
        await host?.close();
      });
      tests({
        kind,
        get url() {
          return host.url;
        },
        async visit(address = '', options = {}) {
          // One page at a time: pages that nobody looks at still take their share of the machine.
          if (open?.isClosed()) open = undefined;
          const ours = options.tab !== 'own' && kind !== 'WebKit';
          if (open && ours && common) await leave(open);
          else {
            await open?.close();
            open = await browser.newPage();
          }
          common = ours;
          return visit(open, address.startsWith('file:') ? address : host.url + address, options);
        },
      });
    });
  }
}

/** Runs in the page before its scripts: a browser that keeps no copy of a site. */
function withoutServiceWorkers() {
  delete (/** @type {any} */ (Navigator.prototype).serviceWorker);
}

/** Runs in the page before its scripts: a display of at most twenty frames a second. */
function slowDisplay() {
  const [request, pause] = [globalThis.requestAnimationFrame, 50];
  /** @type {Map<number, number>} */
  const waiting = new Map();
  let last = 0;
  globalThis.requestAnimationFrame = (draw) => {
    last += 1;
    const id = last;
    const next = () => request((now) => waiting.delete(id) && draw(now));
    waiting.set(id, Number(setTimeout(next, pause)));
    return id;
  };
  globalThis.cancelAnimationFrame = (id) => {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
  };
}

/** What the browsers say of a request that was broken off, rather than failed. */
const ABORTED = /^(net::ERR_ABORTED|NS_BINDING_ABORTED|NS_ERROR_ABORT)$/;

/**
 * Tells whether the document that made a request has been left since, or is being left, by the
 * test or by the page: a browser breaks off what such a document still waits for, which is
 * nobody's fault. What was asked for just before may be heard of after its page began to be left.
 *
 * @param {Page} page
 * @returns {(request: import('puppeteer-core').HTTPRequest) => boolean}
 */
function documentsLeft(page) {
  let left = 0;
  /** Whether the next document was asked for and is not there yet. */
  let leaving = false;
  /** @type {WeakMap<import('puppeteer-core').HTTPRequest, number>} */
  const made = new WeakMap();
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      left += 1;
      leaving = true;
    }
    made.set(request, left);
  });
  page.on('domcontentloaded', () => { leaving = false; });
  // The old document's requests may be broken off before the new one's is made.
  for (const leave of /** @type {const} */ (['goto', 'reload', 'goBack', 'goForward', 'close'])) {
    const go = /** @type {(...how: any[]) => any} */ (page[leave]).bind(page);
    Object.assign(page, { [leave]: (/** @type {any[]} */ ...how) => { left += 1; return go(...how); } });
  }
  const reload = page.reload.bind(page);
  page.reload = async (how) => {
    await page.evaluate(() => Object.assign(globalThis, { isLeft: true }));
    const answer = await reload(how);
    // Firefox may call the old document loaded when it is about to be left.
    await poll(page, 'the page to be loaded anew', () => !('isLeft' in globalThis) && document.readyState === 'complete');
    return answer;
  };
  return (request) => leaving || (made.get(request) ?? 0) < left;
}

/**
 * What the tests know of a tab.
 *
 * @typedef {object} Tab
 * @property {string[]} errors what went wrong in this visit
 * @property {string[]} prepared the names of what runs in its pages before their own scripts
 * @property {import('puppeteer-core').CDPSession} [session] by which its media features were set
 */

/** @type {WeakMap<Page, Tab>} */
const tabs = new WeakMap();

/** A tab, in which what goes wrong is noticed from now on. @param {Page} page @returns {Tab} */
function tabOf(page) {
  const known = tabs.get(page);
  if (known) return known;
  /** @type {Tab} */
  const tab = { errors: 'errors' in page ? /** @type {any} */ (page).errors : [], prepared: [] };
  tabs.set(page, tab);
  const wasLeft = 'errors' in page ? () => true : documentsLeft(page);
  page.on('console', (message) => {
    if (message.type() === 'error') tab.errors.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => tab.errors.push(`uncaught: ${error}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // A frame that the page takes away, as the dialog of frames does with its preview, ends what it
    // still loads, be that told before the frame has gone or after it.
    const frame = request.frame();
    const within = frame !== null && frame !== page.mainFrame();
    const closed = within && (frame.detached || ABORTED.test(why));
    if (!closed && !(ABORTED.test(why) && wasLeft(request))) tab.errors.push(`failed: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) tab.errors.push(`${response.status()}: ${response.url()}`);
  });
  page.on('dialog', (dialog) => {
    tab.errors.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.setDefaultTimeout(PATIENCE);
  if (!('errors' in page)) {
    // As a person does, who clicks on what is there: what the page shows late is waited for.
    const click = page.click.bind(page);
    page.click = async (selector, how) => {
      const target = await page.waitForSelector(selector, { visible: true });
      await target?.evaluate(comeToRest);
      for (const end = performance.now() + PATIENCE; ;) {
        try {
          return await click(selector, how);
        } catch (error) {
          // What was far below the window has its boxes some frames after it was scrolled to.
          if (!/not clickable/.test(String(error)) || performance.now() > end) throw error;
          await sleep(50);
        }
      }
    };
  }
  return tab;
}

/**
 * Scrolls to what is not in the window and waits until it stays where it is: what was far below has
 * its boxes only some frames after it has been scrolled to, and moves what stands after it.
 *
 * @param {Element} target
 */
async function comeToRest(target) {
  const box = () => target.getBoundingClientRect();
  if (box().top >= 0 && box().bottom <= innerHeight) return;
  target.scrollIntoView({ block: 'center', behavior: 'instant' });
  for (let at = NaN, still = 0; still < 3;) {
    await new Promise(requestAnimationFrame);
    still = box().top === at ? still + 1 : 0;
    at = box().top;
  }
}

/** Makes a tab as good as new. @param {Page} page */
async function leave(page) {
  const tab = tabOf(page);
  // Where there is any: nothing else of a tab outlives its documents.
  await page.evaluate(() => sessionStorage.clear()).catch(() => {});
  await page.goto('about:blank');
  await page.mouse.move(0, 0);
  for (const script of tab.prepared.splice(0)) await page.removeScriptToEvaluateOnNewDocument(script);
  tab.errors = [];
}

/**
 * @param {Page} page
 * @param {string} url
 * @param {VisitOptions} options
 * @returns {Promise<Visit>}
 */
export async function visit(page, url, { viewport, scheme, media = {}, prepare, offline = false, started = true, loaded = 'awaited', frames = 'few' }) {
  const tab = tabOf(page);
  const { errors } = tab;
  const before = async (/** @type {() => void} */ run) => {
    const script = await page.evaluateOnNewDocument(run);
    if (script) tab.prepared.push(script.identifier);
  };
  await before(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`refused: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    addEventListener('uphill-panic', (event) => {
      console.error(`panic: ${/** @type {CustomEvent} */ (event).detail}`);
    });
  });
  if (!offline) await before(withoutServiceWorkers);
  if (SHARED && frames === 'few') await before(slowDisplay);
  if (prepare) await before(prepare);
  await page.setViewport(viewport ?? { width: 1280, height: 720 });
  const asked = Object.entries({ ...(scheme ? { 'prefers-color-scheme': scheme } : {}), ...media });
  if (asked.length > 0 || tab.session) {
    // By the protocol: puppeteer does not know all features.
    tab.session ??= await page.createCDPSession();
    await tab.session.send('Emulation.setEmulatedMedia', { features: asked.map(([name, value]) => ({ name, value })) });
  }
  const there = page.goto(url, { waitUntil: 'load' });
  if (loaded === 'awaited') await there;
  // It comes when it comes; what goes wrong meanwhile is noticed.
  else there.catch(() => {});
  if (started) {
    await poll(page, 'the first run', () => Boolean(globalThis.uphill?.lab?.simulator), { errors });
  }
  return { page, errors };
}

/** What the browsers say to a question whose document is no more. */
const LEFT = /Execution context was destroyed|Cannot find context|no such frame|no such execution context|Inspected target navigated/;

/**
 * Asks the page again and again until the answer is truthy, and returns that answer. It never
 * hands the page a string to evaluate, which its Content-Security-Policy forbids.
 *
 * @template T
 * @template {unknown[]} A
 * @param {Page | import('puppeteer-core').Frame} page
 * @param {string} what what is waited for, for the message of a failure
 * @param {(...args: A) => T | Promise<T>} question runs in the page
 * @param {{within?: number, every?: number, args?: A, errors?: string[]}} [options] times in
 *   milliseconds
 * @returns {Promise<Exclude<Awaited<T>, null | undefined | false | 0 | ''>>}
 */
export async function poll(page, what, question, options = {}) {
  const { within = PATIENCE, every = 100, args = /** @type {any} */ ([]), errors = [] } = options;
  const end = performance.now() + within;
  let answer;
  do {
    try {
      answer = await page.evaluate(question, ...args);
    } catch (error) {
      // The document was left with the question on its way: the next one is asked.
      if (!LEFT.test(String(error))) throw error;
    }
    if (answer) return /** @type {any} */ (answer);
    await sleep(every);
  } while (performance.now() < end);
  const seen = errors.length > 0 ? `; errors: ${errors.join(' | ')}` : '';
  throw new Error(`waited ${within / 1000} s for ${what}; last answer: ${String(answer)}${seen}`);
}

/**
 * Writes what the page shows to `test-results/`.
 *
 * @param {Page} page
 * @param {string} name
 */
export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const path = /** @type {`${string}.png`} */ (join(SCREENSHOTS, `${name}.png`));
  await page.screenshot({ path });
}
