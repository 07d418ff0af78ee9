// Where the page gets its files from: its host, or itself where it is the single file.

import { sharing } from '../words/page.js';

/** @typedef {{page: string, files: Map<string, Uint8Array<ArrayBuffer>>}} Carried */

/** What the single file carries, as it unpacks itself. */
const { carried } = /** @type {{carried?: Carried}} */ (/** @type {unknown} */ (globalThis));

/** Whether this page is the single file. */
export const isSingleFile = carried !== undefined;

/** The whole engine stands in for the lab's there. */
const STAND_INS = new Map([['engine/lab_bg.wasm', 'engine/uphill_bg.wasm']]);

/** Whether the page has an address of its own, whose query is its own: in `srcdoc`, from memory and in `data:` it has none. */
export const hasAddress = ['http:', 'https:', 'file:'].includes(location.protocol);

/** The query of the page's own address. */
export const ownSearch = () => (hasAddress ? location.search : '');

/** Where the site is, for a page that comes from there: modules lie elsewhere once they are bundled. */
export const site = () => new URL('.', document.baseURI);

/** Fetches a file of the site. @param {string} name within the site */
export async function fetchAsset(name) {
  if (!carried) return fetch(new URL(name, site()));
  const bytes = carried.files.get(STAND_INS.get(name) ?? name);
  if (!bytes) throw new Error(sharing.without(name));
  return new Response(bytes, { headers: { 'Content-Type': name.endsWith('.wasm') ? 'application/wasm' : 'text/plain' } });
}

/** The single file as it came, itself or from the host. */
export async function fetchSingleFile() {
  if (carried) return carried.page;
  const response = await fetchAsset('uphill.html');
  if (!response.ok) throw new Error(sharing.refused(response.status));
  return response.text();
}

/** The query of what this file was saved with; the site is with none. */
export function savedRun() {
  const meta = document.querySelector('meta[name="uphill-run"]');
  return meta instanceof HTMLMetaElement ? meta.content : '';
}
