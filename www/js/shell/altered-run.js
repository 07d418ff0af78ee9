// A run that no link holds, painted or changed while it ran: kept in this browser, so that it
// outlives a reload of its tab.

import { Simulator } from '../../engine/lab.js';
import { reasonOf } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { altered as words } from '../words/page.js';

const NAME = 'uphill-runs';
const STORE = 'runs';
/** Where a tab has the name of its run. */
const KEY = 'uphill-run';
/** Time between two looks whether there is something new to be kept, in ms. */
const SAVE_MS = 3000;
/** How long the browser may take to open its storage, in ms. */
const PATIENCE_MS = 5000;
/** How long what a closed tab has left is kept, in ms: a week. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** @typedef {import('../lab/lab.js').Lab} Lab */
/** @typedef {{id: string, link: string, saved: number, run: Uint8Array}} StoredRun */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = (request) => new Promise((resolve, reject) => {
  request.addEventListener('success', () => resolve(request.result));
  request.addEventListener('error', () => reject(request.error));
});

/** @returns {Promise<IDBDatabase>} */
function open() {
  // In some frames and modes the very name throws.
  const request = indexedDB.open(NAME, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'id' }));
  const late = new Promise((_, reject) => { setTimeout(() => reject(new Error(words.notOpened)), PATIENCE_MS); });
  return /** @type {Promise<IDBDatabase>} */ (Promise.race([answer(request), late]));
}

/** What a change of the run shows in. @param {Lab} lab */
const stateOf = ({ simulator, first: { observables } }) => [simulator.link(), simulator.time, observables.paintedPluses, observables.paintedMoment].join();

class Keeper {
  /** @param {Lab} lab @param {IDBDatabase} database */
  constructor(lab, database) {
    this.lab = lab;
    this.database = database;
    this.saved = '';
    /** Whether it was told that nothing can be kept. */
    this.told = false;
    database.addEventListener('versionchange', () => database.close());
  }

  /** @param {IDBTransactionMode} mode */
  store(mode) {
    return this.database.transaction(STORE, mode).objectStore(STORE);
  }

  /** Drops the run of this tab, and what others have left long ago. */
  async forget() {
    const id = sessionStorage.getItem(KEY) ?? '';
    sessionStorage.removeItem(KEY);
    this.saved = '';
    const store = this.store('readwrite');
    store.delete(id);
    for (const run of /** @type {StoredRun[]} */ (await answer(store.getAll()))) {
      if (run.saved < Date.now() - KEPT_MS) this.store('readwrite').delete(run.id);
    }
  }

  /** The run that this tab has kept before it was loaded again. @returns {Promise<StoredRun | undefined>} */
  found() {
    return answer(this.store('readonly').get(sessionStorage.getItem(KEY) ?? ''));
  }

  /** Keeps the run as it is, where a link does not hold it and it has changed. */
  async save() {
    const { lab } = this;
    if (!lab.first.observables.altered) {
      if (sessionStorage.getItem(KEY) !== null) await this.forget();
      return;
    }
    const state = stateOf(lab);
    if (state === this.saved) return;
    this.saved = state;
    const id = sessionStorage.getItem(KEY) ?? `${Date.now()}-${Math.random()}`;
    sessionStorage.setItem(KEY, id);
    const run = /** @type {Uint8Array} */ (lab.simulator.save());
    await answer(this.store('readwrite').put({ id, link: lab.simulator.link(), saved: Date.now(), run }));
  }

  /** The same; that it does not work is told once, and costs nothing else. */
  keep() {
    this.save().catch((error) => {
      if (!this.told) notice(words.notKept(reasonOf(error)));
      this.told = true;
    });
  }

  /** Takes the run up that this tab has kept, paused. */
  async restore() {
    const stored = await this.found();
    if (!stored || stored.link !== this.lab.simulator.link()) return;
    try {
      this.lab.take(Simulator.restore(stored.run));
    } catch (error) {
      notice(words.notRestored(reasonOf(error)));
      return;
    }
    this.lab.pause(words.restored);
    notice(words.restored);
  }
}

/**
 * Keeps the lab's run from now on, where no link holds it. The page that is loaded again takes up
 * what it was; one that is opened by a link shows the link's run.
 *
 * @param {Lab} lab
 */
export async function keepAltered(lab) {
  try {
    const keeper = new Keeper(lab, await open());
    const [{ type }] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
    if (type !== 'navigate') await keeper.restore();
    const keep = () => keeper.keep();
    keep();
    setInterval(keep, SAVE_MS);
    addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', keep);
    // What was erased is kept anew.
    addEventListener('uphill-erased', () => { keeper.saved = ''; });
  } catch (error) {
    notice(words.notKept(reasonOf(error)));
  }
}
