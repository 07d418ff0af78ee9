// What the page saves, caught before the browser has it.

import { poll } from './browser.js';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {{name: string, type: string, bytes: Buffer}} Saved */

/** Has the page's files caught from now on. @param {Page} page */
export const catchSaves = (page) => page.evaluate(() => {
  const holder = /** @type {any} */ (globalThis);
  if (holder.caught) return;
  holder.caught = [];
  /** @type {Map<string, Blob>} */
  const blobs = new Map();
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (/** @type {Blob} */ blob) => {
    const url = make(blob);
    blobs.set(url, blob);
    return url;
  };
  addEventListener('click', async (event) => {
    const anchor = /** @type {HTMLElement} */ (event.target).closest('a[download]');
    if (!(anchor instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    const blob = blobs.get(anchor.href);
    const bytes = Array.from(new Uint8Array(await /** @type {Blob} */ (blob).arrayBuffer()), (byte) => String.fromCharCode(byte));
    holder.caught.push({ name: anchor.download, type: blob?.type, bytes: btoa(bytes.join('')) });
  }, true);
});

/** The next file that the page saves. @param {Page} page @param {string[]} [errors] @returns {Promise<Saved>} */
export async function nextSave(page, errors) {
  const { name, type, bytes } = await poll(page, 'a file', () => /** @type {any} */ (globalThis).caught.shift(), { errors });
  return { name, type, bytes: Buffer.from(bytes, 'base64') };
}
