// Keeps a copy of the site, so that it opens without a connection. A copy is of one version, whole,
// and gives way to the next when the person reloads for it.

/**
 * The names of the site's files, each with the digest that it must have, as the build writes them.
 * @typedef {{version: string, files: Record<string, string>}} Site
 */

/**
 * What a service worker is given; its types exclude those of a page.
 * @typedef {object} Scope
 * @property {Site} SITE
 * @property {{scope: string, active: unknown}} registration
 * @property {{claim: () => Promise<void>}} clients
 * @property {() => Promise<void>} skipWaiting
 * @property {(...scripts: string[]) => void} importScripts
 * @property {(type: string, hear: (event: any) => void) => void} addEventListener
 */

const worker = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));
worker.importScripts('site-files.js');
const { version, files } = worker.SITE;

const { scope } = worker.registration;
// Other copies of Uphill may live on the same host.
const OURS = `uphill ${scope} `;
const NAME = OURS + version;

/** The address of a file; hosts may redirect index.html to its folder. @param {string} name */
const addressOf = (name) => new URL(name === 'index.html' ? './' : name, scope).href;

/** Fetches all of this version, or nothing: a file of another version does not have its digest. */
async function keep() {
  const cache = await caches.open(NAME);
  await Promise.all(Object.entries(files).map(async ([name, integrity]) => {
    const response = await fetch(addressOf(name), { cache: 'no-cache', integrity });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    // A page must not come of a redirection that the browser did not follow itself.
    await cache.put(addressOf(name), response.redirected ? new Response(await response.blob(), { headers: response.headers }) : response);
  }));
}

async function purge() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== NAME).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open(NAME);
  const { origin, pathname } = new URL(request.url);
  const name = (origin + pathname).slice(scope.length) || 'index.html';
  const kept = Object.hasOwn(files, name) ? await cache.match(addressOf(name)) : undefined;
  if (kept) return kept;
  // What is not of one version with the rest, the page of the tests' findings: the newest there is.
  try {
    const response = await fetch(request);
    if (response.ok && response.type === 'basic') await cache.put(request.url, response.clone());
    return response;
  } catch (error) {
    const last = await cache.match(request.url);
    if (last) return last;
    throw error;
  }
}

worker.addEventListener('install', (event) => event.waitUntil(keep()));
worker.addEventListener('activate', (event) => event.waitUntil(purge()));
worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') worker.skipWaiting();
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope)) event.respondWith(answer(request));
});
