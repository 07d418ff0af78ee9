// Owns what is kept in the browser: the state of scans, so that they survive the tab.

import { storage as words } from '../words/figures.js';

const NAME = 'uphill';
const VERSION = 2;
/** Tasks that are written in one go: their checkpoints are copied while the page waits. */
const AT_ONCE = 6;
/** How long the browser may take to open its storage, in ms. */
const PATIENCE_MS = 5000;

/**
 * What is kept of a scan.
 * @typedef {object} StoredScan
 * @property {string} identity of the experiment, and the engine's version: trajectories are of one engine
 * @property {string} link
 * @property {string} engine
 * @property {number} saved when, in ms since 1970
 * @property {number} share how far it was
 * @property {boolean} complete
 */

/**
 * What is kept of a task: outcome and checkpoint belong together, and to this link.
 * @typedef {object} StoredTask
 * @property {string} identity
 * @property {number} task
 * @property {string} link
 * @property {Uint8Array} outcome
 * @property {Uint8Array} checkpoint
 * @property {boolean} done
 * @property {number} seconds of work
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = (request) => new Promise((resolve, reject) => {
  request.addEventListener('success', () => resolve(request.result));
  request.addEventListener('error', () => reject(request.error));
});

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const finished = (transaction) => new Promise((resolve, reject) => {
  transaction.addEventListener('complete', () => resolve());
  transaction.addEventListener('abort', () => reject(transaction.error ?? new Error(words.givenUp)));
});

/** @param {string} identity all tasks of a scan */
const tasksOf = (identity) => IDBKeyRange.bound([identity, 0], [identity, Infinity]);

/** Has each scan named after its engine as well, which version 1 did not. @param {IDBObjectStore} scans @param {IDBObjectStore} tasks */
function nameByEngine(scans, tasks) {
  scans.openCursor().addEventListener('success', ({ target }) => {
    const cursor = /** @type {IDBRequest<IDBCursorWithValue | null>} */ (target).result;
    if (!cursor) return;
    /** @type {StoredScan} */
    const scan = cursor.value;
    cursor.continue();
    if (scan.identity.includes(' ')) return;
    const identity = `${scan.identity} ${scan.engine}`;
    scans.delete(scan.identity);
    scans.put({ ...scan, identity });
    tasks.openCursor(tasksOf(scan.identity)).addEventListener('success', (event) => {
      const task = /** @type {IDBRequest<IDBCursorWithValue | null>} */ (event.target).result;
      if (!task) return;
      tasks.put({ ...task.value, identity });
      task.delete();
      task.continue();
    });
  });
}

/** @param {unknown} error */
export const isFull = (error) => error instanceof DOMException && error.name === 'QuotaExceededError';

export class Storage {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
    // Another tab with a later page may want to change the form of the storage.
    database.addEventListener('versionchange', () => database.close());
  }

  /** Opens the storage. Rejects where there is none. @returns {Promise<Storage>} */
  static open() {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(words.notOpened)), PATIENCE_MS);
      const no = (/** @type {unknown} */ error) => {
        clearTimeout(late);
        reject(error);
      };
      // In some frames and modes the very name throws.
      const request = indexedDB.open(NAME, VERSION);
      request.addEventListener('upgradeneeded', ({ oldVersion }) => {
        const { result, transaction } = request;
        if (oldVersion < 1) {
          result.createObjectStore('scans', { keyPath: 'identity' });
          result.createObjectStore('tasks', { keyPath: ['identity', 'task'] });
        } else if (transaction) nameByEngine(transaction.objectStore('scans'), transaction.objectStore('tasks'));
      });
      request.addEventListener('error', () => no(request.error));
      request.addEventListener('success', () => {
        clearTimeout(late);
        resolve(new Storage(request.result));
      });
    });
  }

  /** @param {IDBTransactionMode} mode */
  begin(mode) {
    const transaction = this.database.transaction(['scans', 'tasks'], mode);
    return { scans: transaction.objectStore('scans'), tasks: transaction.objectStore('tasks'), end: finished(transaction) };
  }

  /**
   * Writes what has changed, some tasks at a time; each is whole or stays as it was.
   * @param {StoredScan} scan
   * @param {StoredTask[]} changed
   */
  async save(scan, changed) {
    for (let from = 0; from === 0 || from < changed.length; from += AT_ONCE) {
      const { scans, tasks, end } = this.begin('readwrite');
      end.catch(() => {
        // Told below, unless a request has thrown before.
      });
      scans.put(scan);
      for (const task of changed.slice(from, from + AT_ONCE)) tasks.put(task);
      await end;
    }
  }

  /** The scans that are kept, the latest first. @returns {Promise<StoredScan[]>} */
  async list() {
    const { scans } = this.begin('readonly');
    /** @type {StoredScan[]} */
    const all = await answer(scans.getAll());
    return all.sort((a, b) => b.saved - a.saved);
  }

  /** When a scan was saved last, or 0. @param {string} identity */
  async saved(identity) {
    const { scans } = this.begin('readonly');
    /** @type {StoredScan | undefined} */
    const scan = await answer(scans.get(identity));
    return scan?.saved ?? 0;
  }

  /** @param {string} identity @returns {Promise<{scan: StoredScan, tasks: StoredTask[]} | null>} */
  async load(identity) {
    const { scans, tasks } = this.begin('readonly');
    const [scan, all] = await Promise.all([answer(scans.get(identity)), answer(tasks.getAll(tasksOf(identity)))]);
    return scan ? { scan, tasks: all } : null;
  }

  /** The checkpoint of one task. @param {string} identity @param {number} task */
  async checkpoint(identity, task) {
    const { tasks } = this.begin('readonly');
    /** @type {StoredTask | undefined} */
    const stored = await answer(tasks.get([identity, task]));
    return stored;
  }

  /** @param {string[]} identities */
  async discard(identities) {
    const { scans, tasks, end } = this.begin('readwrite');
    for (const identity of identities) {
      scans.delete(identity);
      tasks.delete(tasksOf(identity));
    }
    await end;
  }
}
