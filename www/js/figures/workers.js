// Owns the workers: starts them, hands them slices of tasks, and replaces those that die.

import { fetchAsset, isSingleFile, site } from '../ground/assets.js';
import { trouble as words } from '../words/figures.js';
import { engineModule } from './engine.js';

/** @typedef {import('./scan-worker.js').Slice} Slice */
/** @typedef {import('./scan-worker.js').Answer} Answer */

/** Most workers, however many cores there are. */
const MOST = 32;
/** A worker that says nothing for so long while it should work is dead, in ms. */
const PATIENCE_MS = 15_000;
/** Workers that die before they ever worked, in a row, before it is given up. */
const STILLBORN = 3;

/** How many workers the machine has cores for. */
export const cores = () => Math.min(MOST, Math.max(1, navigator.hardwareConcurrency || 1));

/** A worker died with a slice in its hands; the slice can be given to another. */
export class WorkerDied extends Error {}
/** No worker can be started at all. */
export class NoWorkers extends Error {}

/** The workers' script, within the site. */
const SCRIPT = 'js/figures/scan-worker.js';

/** The same, where workers start it from. @type {string | URL} */
let script = '';

/**
 * Readies the workers' script. A frame in a sandbox is of no origin, and the single file has no
 * address for its parts: there, workers may be started from memory alone.
 */
export async function prepareWorkers() {
  if (!isSingleFile && globalThis.origin !== 'null') {
    script = new URL(SCRIPT, site());
    return;
  }
  const fetched = await fetchAsset(SCRIPT);
  script = URL.createObjectURL(new Blob([await fetched.text()], { type: 'text/javascript' }));
}

/** Whether a worker said what a worker says; what else arrives costs the worker, and nothing more. @param {any} data */
function isMessage(data) {
  if (typeof data !== 'object' || data === null) return false;
  const { answer, failed } = data;
  if (failed !== undefined && typeof failed !== 'string') return false;
  if (answer === undefined) return true;
  return typeof answer === 'object' && answer !== null && Number.isSafeInteger(answer.task) && answer.task >= 0 && Number.isFinite(answer.seconds)
    && answer.outcome instanceof Uint8Array && answer.checkpoint instanceof Uint8Array
    && typeof answer.stamp === 'string' && typeof answer.restarted === 'string' && typeof answer.done === 'boolean';
}

class WorkerHandle {
  /** @param {Pool} pool */
  constructor(pool) {
    this.pool = pool;
    /** Whether its engine has started. */
    this.proven = false;
    /** Names the checkpoint that it made last. */
    this.stamp = '';
    this.heard = performance.now();
    /** @type {{slice: Slice, resolve: (answer: Answer) => void, reject: (why: Error) => void} | null} */
    this.job = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.watch = undefined;
    this.worker = new Worker(script);
    this.worker.addEventListener('message', ({ data }) => this.hear(data));
    this.worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.die(event.message || words.stopped);
    });
    this.worker.addEventListener('messageerror', () => this.die(words.unreadable));
    try {
      this.worker.postMessage({ start: engineModule() });
    } catch {
      // The compiled engine cannot be handed over here: the worker fetches its own.
      this.worker.postMessage({ start: undefined });
    }
  }

  /** @param {{ready?: boolean, beat?: number, answer?: Answer, failed?: string}} data */
  hear(data) {
    this.heard = performance.now();
    if (!isMessage(data)) {
      this.die(words.nonsense);
      return;
    }
    if (data.ready) {
      this.proven = true;
      this.pool.stillborn = 0;
    }
    if (data.failed !== undefined) this.die(data.failed);
    const { job } = this;
    if (!data.answer || job?.slice.id !== data.answer.id) return;
    this.stamp = data.answer.stamp;
    this.rest();
    job.resolve(data.answer);
  }

  /** @param {Slice} slice @returns {Promise<Answer>} */
  work(slice) {
    return new Promise((resolve, reject) => {
      this.job = { slice, resolve, reject };
      this.heard = performance.now();
      this.look();
      this.worker.postMessage(slice);
    });
  }

  /** Looks after a while whether it still lives. */
  look() {
    clearTimeout(this.watch);
    const asked = performance.now();
    const { patience } = this.pool;
    this.watch = setTimeout(() => {
      const now = performance.now();
      // A machine that slept, or a busy page, has let the worker's messages wait as well.
      const late = now - asked > patience * 1.5;
      if (late || now - this.heard < patience) this.look();
      else this.die(words.silent(Math.round(patience / 1000)));
    }, patience);
  }

  rest() {
    clearTimeout(this.watch);
    this.job = null;
  }

  /** @param {string} why */
  die(why) {
    const { job } = this;
    this.end();
    if (!this.proven) this.pool.stillborn += 1;
    job?.reject(this.pool.stillborn >= STILLBORN
      ? new NoWorkers(words.stillborn(why))
      : new WorkerDied(why));
  }

  end() {
    this.rest();
    this.worker.terminate();
    this.pool.handles.delete(this);
  }
}

export class Pool {
  constructor() {
    /** @type {Set<WorkerHandle>} */
    this.handles = new Set();
    /** How many there may be, and how many may work at a time. */
    this.most = cores();
    this.limit = this.most;
    this.patience = PATIENCE_MS;
    this.stillborn = 0;
    this.slices = 0;
  }

  get busy() { return [...this.handles].filter((handle) => handle.job).length; }

  /**
   * Has a slice worked on, if possible by the worker that made its checkpoint and need not
   * restore it. Rejects with WorkerDied or NoWorkers.
   * @param {Omit<Slice, 'id'>} slice
   */
  async work(slice) {
    this.slices += 1;
    const idle = [...this.handles].filter((handle) => !handle.job);
    const handle = idle.find(({ stamp }) => stamp === slice.stamp) ?? idle[0] ?? this.start();
    return handle.work({ ...slice, id: this.slices });
  }

  start() {
    if (typeof Worker !== 'function') throw new NoWorkers(words.noWorkers);
    const handle = new WorkerHandle(this);
    this.handles.add(handle);
    return handle;
  }

  /** Ends all workers, whatever they do; slices under way are never answered. */
  end() {
    this.stillborn = 0;
    for (const handle of this.handles) handle.end();
  }
}
