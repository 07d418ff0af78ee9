// Pages of other hosts around frames of the site, and what the frames' runs do.

import { poll } from './browser.js';
import { serveSite } from './server.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */
/** @typedef {import('./browser.js').Stand} Stand */

/**
 * What the page around a frame was told.
 * @typedef {{id?: number, event?: string, ok?: boolean, error?: string, value?: any, state?: string, link?: string, [more: string]: any}} Told
 */

/** A page of another host. @param {string} body @param {string} [head] */
export const hostPage = (body, head = '') => `<!doctype html><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,">${head}<body style="margin:0">${body}<script>
heard = [];
addEventListener('message', ({ data, source }) => { for (let at = 0; at < frames.length; at += 1) if (source === frames[at]) heard.push({ at, ...data }); });
</script>`;

/** A host beside the site, of the same machine but another site to browsers, whose pages change. */
export async function otherHost() {
  /** @type {Record<string, string>} */
  const pages = {};
  const host = await serveSite({ pages });
  return { pages, url: host.url.replace('127.0.0.1', 'localhost'), close: host.close };
}

/**
 * Opens a page of another host; its frames come when they come.
 *
 * @param {Stand} stand
 * @param {Awaited<ReturnType<typeof otherHost>>} host
 * @param {string} page
 * @param {import('./browser.js').VisitOptions} [options]
 */
export async function openHost(stand, host, page, options = {}) {
  const visit = await stand.visit('icon.svg', { started: false, ...options });
  host.pages['host.html'] = page;
  await visit.page.goto(`${host.url}host.html`);
  // The picture from which it set out has no icon, and the host of the page around neither.
  const errors = () => visit.errors.filter((error) => !/favicon|status of 404/.test(error));
  return { page: visit.page, errors };
}

/** The frame whose address has a text in it, once it is there. @param {Page} page @param {string} text */
export async function frameOf(page, text) {
  await poll(page, 'the page', () => document.readyState === 'complete');
  for (;;) {
    // WebKit's driver has to ask.
    for (const frame of page.frames()) if (String(await frame.url()).includes(text)) return frame;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

/** Waits until a frame's run has begun and plays. @param {Frame} frame */
export const plays = (frame) => poll(frame, 'the run to play', () => globalThis.uphill?.lab?.playing && globalThis.uphill.lab.simulator.events > 0);

/** Waits until a frame's run stands still; returns how many events it has had. @param {Frame} frame */
export async function stands(frame) {
  await poll(frame, 'the run to stand', () => globalThis.uphill?.lab && !globalThis.uphill.lab.playing);
  return frame.evaluate(() => globalThis.uphill.lab.simulator.events);
}

/** Waits until so many events more have happened in a frame: time for others to happen as well. @param {Frame} frame @param {number} [more] */
export async function goesOn(frame, more = 1000) {
  const events = await frame.evaluate(() => globalThis.uphill.lab.simulator.events);
  await poll(frame, 'more events', (least) => globalThis.uphill.lab.simulator.events >= least, { args: [events + more] });
}
