// What the page itself does: how large its first view is, and how many frames it draws.

import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { launch, poll } from './browser.js';

const SETTLING_MS = 3000;
const SECONDS = 5;
/** The network has been quiet for so long: the first view is there. */
const QUIET_MS = 1000;

/** @param {string} url the site's address */
export async function lab(url) {
  const browser = await launch('Chromium');
  try {
    return { firstView: await firstView(browser, url), frames: await frames(browser, url) };
  } finally {
    await browser.close();
  }
}

/**
 * What is loaded until the first view stands, in bytes after gzip.
 *
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} url
 */
async function firstView(browser, url) {
  const page = await browser.newPage();
  /** @type {Promise<[string, number]>[]} */
  const sizes = [];
  page.on('response', (response) => {
    if (!response.url().startsWith(url)) return;
    const name = response.url().slice(url.length).split('?')[0] || 'index.html';
    sizes.push(response.buffer().then((body) => [name, gzipSync(body, { level: 9 }).length]));
  });
  await page.goto(`${url}?seed=1`, { waitUntil: 'load' });
  await firstRun(page);
  await page.waitForNetworkIdle({ idleTime: QUIET_MS });
  const files = Object.fromEntries(await Promise.all(sizes));
  await page.close();
  const bytes = Object.values(files).reduce((sum, size) => sum + size, 0);
  return { bytes, files };
}

/**
 * Frames per second at L = 512, the run playing.
 *
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} url
 */
async function frames(browser, url) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 720 });
  await page.goto(`${url}?L=512&seed=1`, { waitUntil: 'load' });
  await firstRun(page);
  await sleep(SETTLING_MS);
  const { times, events, playing } = await page.evaluate(watch, SECONDS * 1000);
  await page.close();
  if (!playing) throw new Error('the run at L = 512 does not play');
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  const span = (times[times.length - 1] - times[0]) / 1000;
  return {
    perSecond: gaps.length / span,
    longestMs: Math.max(...gaps),
    eventsPerSecond: events / span,
  };
}

/** @param {import('puppeteer-core').Page} page */
const firstRun = (page) =>
  poll(page, 'the first run', () => Boolean(globalThis.uphill?.lab?.simulator), { within: 60_000 });

/**
 * Runs in the page: the times of its frames for so many ms, and the events between them.
 *
 * @param {number} span
 * @returns {Promise<{times: number[], events: number, playing: boolean}>}
 */
function watch(span) {
  const { lab } = globalThis.uphill;
  return new Promise((resolve) => {
    /** @type {number[]} */
    const times = [];
    const before = lab.simulator.events;
    /** @param {number} now */
    const frame = (now) => {
      times.push(now);
      if (now - times[0] < span) requestAnimationFrame(frame);
      else resolve({ times, events: lab.simulator.events - before, playing: lab.playing });
    };
    requestAnimationFrame(frame);
  });
}
