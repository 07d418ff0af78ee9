// What the page keeps in the browser: one table of it, with sizes, and a button that erases it.
// Other pages of the same host share these stores; only what bears this page's name is touched.

import { openElsewhere } from '../figures/locks.js';
import { site } from '../ground/assets.js';
import { button, element, say } from '../ground/elements.js';
import { reasonOf } from '../ground/failure.js';
import { kept as words } from '../words/page.js';

/** Every name under which the page keeps something begins so. */
const OURS = 'uphill';

/** What is kept, and what for. A name that is not in it is of another version of the page. @type {Record<string, string>} */
const PURPOSE = {
  'localStorage uphill-colours': words.colours,
  'localStorage uphill-letters': words.letters,
  'IndexedDB uphill': words.scans,
  'IndexedDB uphill-runs': words.runs,
  'sessionStorage uphill-run': words.tab,
};

/**
 * Something that is kept.
 * @typedef {object} Kept
 * @property {string} where
 * @property {string} name
 * @property {number} bytes
 * @property {string} [more] how much it is, in words
 * @property {() => Promise<unknown> | void} erase
 */

/** @param {'localStorage' | 'sessionStorage'} where @returns {Kept[]} */
function texts(where) {
  // Where the page may store nothing the very name throws.
  const store = globalThis[where];
  return Object.keys(store).filter((name) => name.startsWith(OURS)).map((name) => ({
    where,
    name,
    bytes: 2 * (name.length + (store.getItem(name) ?? '').length),
    erase: () => store.removeItem(name),
  }));
}

/** Opens a database as it is; null if there is none, and none is made. @param {string} name @returns {Promise<IDBDatabase | null>} */
const existing = (name) => new Promise((resolve, reject) => {
  const request = indexedDB.open(name);
  let fresh = false;
  request.addEventListener('upgradeneeded', () => {
    fresh = true;
    request.transaction?.abort();
  });
  request.addEventListener('error', () => {
    if (fresh) resolve(null);
    else reject(request.error);
  });
  request.addEventListener('success', () => resolve(request.result));
});

/** Bytes of a stored value: of its texts and of its arrays. @param {unknown} value @returns {number} */
function weight(value) {
  if (typeof value === 'string') return 2 * value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value && typeof value === 'object') return Object.values(value).reduce((sum, part) => sum + weight(part), 0);
  return 8;
}

/**
 * Entries of a database and their bytes, one entry at a time, and how many of them are scans of each engine.
 * @param {IDBDatabase} database
 * @returns {Promise<{entries: number, bytes: number, engines: Map<string, number>}>}
 */
const weighed = (database) => new Promise((resolve, reject) => {
  const sum = { entries: 0, bytes: 0, engines: new Map() };
  const names = [...database.objectStoreNames];
  if (names.length === 0) {
    resolve(sum);
    return;
  }
  const transaction = database.transaction(names, 'readonly');
  for (const name of names) {
    const request = transaction.objectStore(name).openCursor();
    request.addEventListener('success', () => {
      const cursor = request.result;
      if (!cursor) return;
      sum.entries += 1;
      sum.bytes += weight(cursor.value);
      const { engine } = cursor.value;
      if (typeof engine === 'string') sum.engines.set(engine, (sum.engines.get(engine) ?? 0) + 1);
      cursor.continue();
    });
  }
  transaction.addEventListener('complete', () => resolve(sum));
  transaction.addEventListener('abort', () => reject(transaction.error));
});

/** Empties a store but for what belongs to some scans. @param {IDBObjectStore} store @param {Set<string>} spared */
function emptyStore(store, spared) {
  if (spared.size === 0) {
    store.clear();
    return;
  }
  store.openCursor().addEventListener('success', ({ target }) => {
    const cursor = /** @type {IDBRequest<IDBCursorWithValue | null>} */ (target).result;
    if (!cursor) return;
    if (!spared.has(cursor.value.identity)) cursor.delete();
    cursor.continue();
  });
}

/** Empties a database, but for the scans that other tabs have open, which an Error tells. @param {string} name */
async function empty(name) {
  const database = await existing(name);
  if (!database) return;
  const spared = await openElsewhere();
  try {
    const names = [...database.objectStoreNames];
    if (names.length === 0) return;
    await new Promise((resolve, reject) => {
      const transaction = database.transaction(names, 'readwrite');
      for (const store of names) emptyStore(transaction.objectStore(store), spared);
      transaction.addEventListener('complete', resolve);
      transaction.addEventListener('abort', () => reject(transaction.error));
    });
    dispatchEvent(new Event('uphill-erased'));
  } finally {
    database.close();
  }
  if (spared.size > 0) throw new Error(words.openElsewhere(spared.size));
}

/** @returns {Promise<Kept[]>} */
async function databases() {
  const listed = indexedDB.databases ? (await indexedDB.databases()).map(({ name }) => name ?? '') : [OURS, `${OURS}-runs`];
  /** @type {Kept[]} */
  const found = [];
  for (const name of listed.filter((each) => each.startsWith(OURS))) {
    const database = await existing(name);
    if (!database) continue;
    const { entries, bytes, engines } = await weighed(database).finally(() => database.close());
    if (entries > 0) found.push({ where: 'IndexedDB', name, bytes, more: words.entries(entries, [...engines]), erase: () => empty(name) });
  }
  return found;
}

/** Erases a copy of the page, and what would make it again before the next visit. @param {string} name */
async function eraseCopy(name) {
  await (await navigator.serviceWorker?.getRegistration(site()))?.unregister();
  await caches.delete(name);
}

/** @returns {Promise<Kept[]>} */
async function files() {
  // Not there where the page does not come over a safe connection.
  if (!globalThis.caches) return [];
  /** @type {Kept[]} */
  const found = [];
  for (const name of (await caches.keys()).filter((each) => each.startsWith(OURS))) {
    const cache = await caches.open(name);
    const requests = await cache.keys();
    let bytes = 0;
    for (const request of requests) bytes += (await (await cache.match(request))?.blob())?.size ?? 0;
    found.push({ where: 'Cache', name, bytes, more: words.files(requests.length), erase: () => eraseCopy(name) });
  }
  return found;
}

/** All that is kept, and what could not be looked at, in words. */
export async function kept() {
  /** @type {Kept[]} */
  const found = [];
  /** @type {string[]} */
  const troubles = [];
  /** @type {[string, () => Kept[] | Promise<Kept[]>][]} */
  const places = [['localStorage', () => texts('localStorage')], ['sessionStorage', () => texts('sessionStorage')], ['IndexedDB', databases], ['Cache', files]];
  for (const [name, look] of places) {
    try {
      found.push(...await look());
    } catch (error) {
      troubles.push(words.noPlace(name, reasonOf(error)));
    }
  }
  return { found, troubles };
}

/** @param {number} bytes */
const amount = (bytes) => (bytes < 1e3 ? words.bytes(bytes) : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** Shows what is kept. @param {string} [news] what was done just now */
export async function showKept(news = '') {
  const { found, troubles } = await kept();
  const rows = found.map(({ where, name, bytes, more }) => {
    const row = document.createElement('tr');
    const purpose = PURPOSE[`${where} ${name}`] ?? (where === 'Cache' ? words.copy : words.other);
    for (const text of [`${where}: ${name}`, purpose, more ? `${amount(bytes)}, ${more}` : amount(bytes)]) row.insertCell().textContent = text;
    return row;
  });
  element('kept-rows').replaceChildren(...rows);
  element('kept-table').hidden = rows.length === 0;
  button('erase').disabled = rows.length === 0;
  say(element('kept-words'), [news, rows.length === 0 ? words.nothing : '', ...troubles].filter(Boolean).join(' '));
}

/** Erases all that is kept, and says what would not go. */
export async function erase() {
  const { found } = await kept();
  /** @type {string[]} */
  const left = [];
  for (const each of found) {
    try {
      await each.erase();
    } catch (error) {
      left.push(words.notErased(`${each.where}: ${each.name}`, reasonOf(error)));
    }
  }
  await showKept(left.length > 0 ? left.join(' ') : words.erased);
}
