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

/** Forgets other versions, and what an earlier worker has kept besides the files of this one. */
async function purge() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== NAME).map((name) => caches.delete(name)));
  const cache = await caches.open(NAME);
  const ours = new Set(Object.keys(files).map(addressOf));
  const others = (await cache.keys()).filter(({ url }) => !ours.has(url));
  await Promise.all(others.map((request) => cache.delete(request)));
  await worker.clients.claim();
}

/** The file of the site that a request is for, whole, or none. The page alone has a query. @param {Request} request */
function fileOf(request) {
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || request.headers.has('Range') || !request.url.startsWith(scope)) return undefined;
  const name = (origin + pathname).slice(scope.length) || 'index.html';
  return Object.hasOwn(files, name) && (search === '' || name === 'index.html') ? name : undefined;
}

/** @param {Request} request @param {string} name */
async function answer(request, name) {
  const cache = await caches.open(NAME);
  return await cache.match(addressOf(name)) ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(keep()));
worker.addEventListener('activate', (event) => event.waitUntil(purge()));
worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') worker.skipWaiting();
});
worker.addEventListener('fetch', (event) => {
  const name = fileOf(event.request);
  // All else is between the page and its host.
  if (name !== undefined) event.respondWith(answer(event.request, name));
});
