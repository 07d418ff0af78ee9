// One scan on its way: which task is worked on next, what is known of each, and how it is kept.

import { engineVersion, saidAgain } from '../../engine/uphill.js';
import { guarded, hasFailed } from '../ground/failure.js';
import { scans as words } from '../words/figures.js';
import { NoWorkers } from './workers.js';

/** Work on a task between two answers, in ms: short at first, so that its point appears. */
const SLICE_MS = 600;
const FIRST_MS = 150;
/** What all first slices together should take at most, in ms: with very many tasks each is shorter. */
const ALL_FIRST_MS = 16_000;
/** With many workers their answers are spread out, so that the page is not asked all the time. */
const PER_WORKER_MS = 40;
/** Time between two writings to the storage, in ms. */
const SAVE_MS = 3000;
/** A tab that watches looks at what another has stored for so much of its time at most. */
const WATCHING = 0.05;
/** How often a task may fail before it is set aside. */
const MOST_FAILURES = 3;

/** @typedef {import('../../engine/uphill.js').Scan} Scan */
/** @typedef {import('./workers.js').Pool} Pool */
/** @typedef {import('./scan-worker.js').Answer} Answer */
/** @typedef {import('./storage.js').StoredTask} StoredTask */
/** @typedef {'ready' | 'running' | 'pausing' | 'paused' | 'complete' | 'stopped' | 'cancelled' | 'foreign' | 'elsewhere' | 'left'} State */

export class Runner {
  /** @param {Scan} scan @param {Pool} pool @param {import('./keeper.js').Keeper} keeper */
  constructor(scan, pool, keeper) {
    this.scan = scan;
    this.pool = pool;
    this.keeper = keeper;
    this.link = scan.link;
    /** Trajectories are of one engine, and so is what is stored of them. */
    this.identity = `${scan.identity} ${scan.engine}`;
    /** Whether the scan adds points to itself. */
    this.adds = scan.addsPoints;
    this.tasks = scan.tasks();
    /** @type {State} */
    this.state = 'ready';
    /** What happened last, in a sentence. */
    this.words = '';
    /** When it was saved last, in ms since 1970; 0 if never. */
    this.saved = 0;
    /** Work that went into each task, in s. */
    this.seconds = new Float64Array(this.tasks.length);
    /** @type {Map<number, Uint8Array>} The latest checkpoint of each task that may need it. */
    this.checkpoints = new Map();
    /** @type {Map<number, string>} Which worker made it. */
    this.stamps = new Map();
    /** @type {Set<number>} Tasks whose checkpoint is in the storage. */
    this.stored = new Set();
    /** @type {Map<number, StoredTask>} What is to be written. */
    this.unsaved = new Map();
    /** @type {Set<number>} */
    this.inFlight = new Set();
    /** @type {Map<number, number>} */
    this.failures = new Map();
    /** @type {Map<number, string>} Tasks that failed too often, and why. */
    this.aside = new Map();
    /** @type {(() => void)[]} */
    this.listeners = [];
    /** @type {((words: string) => void)} */
    this.tell = () => {};
    /** @type {(() => void)[]} Who waits until no worker works on it. */
    this.waiting = [];
    /** @type {import('../../engine/uphill.js').ScanProgress | null} How far it was when last asked. */
    this.progress = null;
    /** The link of the same scan with smaller errors, or an empty text. */
    this.refined = '';
    /** Counts how often everything under way was dropped. */
    this.generation = 0;
    this.wrote = 0;
    this.writing = false;
    /** @type {(() => void) | null} Gives back the right to work on it, while this tab has it. */
    this.unlock = null;
    this.claiming = false;
    /** @type {(() => void) | null} Has what is stored of it be erased by other tabs again. */
    this.close = null;
    /** Until when a tab that watches does not look again. */
    this.seen = 0;
    const mine = scan.engine === engineVersion();
    if (this.isComplete()) this.state = 'complete';
    else if (!mine) this.state = 'foreign';
  }

  /** Takes in the tasks that the scan has added to itself when all others had ended. */
  grow() {
    if (this.scan.taskCount === this.tasks.length) return;
    this.tasks = this.scan.tasks();
    const seconds = new Float64Array(this.tasks.length);
    seconds.set(this.seconds);
    this.seconds = seconds;
  }

  isComplete() {
    return this.tasks.every(({ id }) => this.scan.hasEnded(id));
  }

  /** Whether a worker works on it, or soon will. */
  get active() { return this.state === 'running' || this.state === 'pausing'; }
  /** Whether it can be run or go on. */
  get runnable() { return ['ready', 'paused', 'stopped', 'cancelled', 'left'].includes(this.state); }

  /** @param {State} state @param {string} [words] */
  become(state, words = '') {
    this.state = state;
    this.words = words;
    this.changed();
  }

  changed() {
    for (const listener of this.listeners) listener();
  }

  /**
   * Takes in what is stored of it: outcomes of the same link as they are, of others as a start.
   * @param {{scan: import('./storage.js').StoredScan, tasks: StoredTask[]} | null} found
   */
  adopt(found) {
    this.stored.clear();
    this.saved = found?.scan.saved ?? 0;
    for (const { task, link, outcome, seconds } of found?.tasks ?? []) {
      if (task >= this.tasks.length || this.unsaved.has(task)) continue;
      if (link === this.link && !this.scan.hasEnded(task)) {
        try {
          this.scan.take(task, outcome);
          this.grow();
        } catch {
          continue;
        }
      }
      this.stored.add(task);
      this.seconds[task] = seconds;
      // What is stored goes on from there.
      this.checkpoints.delete(task);
      this.stamps.delete(task);
    }
    if (this.stored.size === 0) this.saved = 0;
  }

  /** The state of what nobody works on, by what is known of it. @param {State} begun if it has begun @returns {State} */
  atRest(begun) {
    if (this.isComplete()) return 'complete';
    if (this.scan.engine !== engineVersion()) return 'foreign';
    return this.stored.size > 0 ? begun : 'ready';
  }

  /** Takes in what another tab has stored or erased since this one has looked. */
  async refresh() {
    if (!this.keeper.storage || await this.keeper.saved(this.identity) === this.saved) return;
    const began = performance.now();
    this.adopt(await this.keeper.find(this.identity));
    this.seen = performance.now() + (performance.now() - began) / WATCHING;
  }

  /** Has this tab alone work on it, from where any has stored it; whether it may. */
  async claim() {
    if (this.unlock) return true;
    this.claiming = true;
    try {
      this.unlock = await this.keeper.holdWork(this.identity);
      if (this.unlock) await this.refresh();
    } finally {
      this.claiming = false;
    }
    return this.unlock !== null;
  }

  /** Lets other tabs work on it. */
  leave() {
    const { unlock } = this;
    if (!unlock) return;
    this.unlock = null;
    unlock();
    this.keeper.changed(this.identity);
  }

  /** Another tab works on it: this one shows what that has stored, until it is left. */
  async watch() {
    if (this.state === 'elsewhere') return;
    this.become('elsewhere');
    await this.keeper.untilFree(this.identity);
    await this.refresh();
    this.become(this.atRest('left'));
  }

  /** Hears that another tab has changed something in it. */
  async hear() {
    if (this.unlock || this.claiming) return;
    if (this.state === 'elsewhere') {
      if (document.hidden || performance.now() < this.seen) return;
      await this.refresh();
      this.changed();
    } else if (await this.keeper.isWorkedOnElsewhere(this.identity)) {
      this.watch();
    } else {
      await this.refresh();
      if (this.isComplete() && this.state !== 'complete') this.become('complete');
      else this.changed();
    }
  }

  /** What was stored of it is erased: what works on it stores it anew. */
  forget() {
    this.stored.clear();
    this.saved = 0;
    this.changed();
  }

  async run() {
    if (!this.runnable || this.claiming) return;
    if (!(await this.claim())) {
      this.watch();
      return;
    }
    if (this.isComplete()) {
      this.become('complete');
      this.leave();
      return;
    }
    this.failures.clear();
    this.aside.clear();
    this.wrote = performance.now();
    this.keeper.changed(this.identity);
    this.become('running');
    this.fill();
  }

  /** Has the workers finish what they do; resolves when they have. @param {string} [words] @returns {Promise<void>} */
  pause(words = '') {
    if (!this.active) return Promise.resolve();
    this.become('pausing', words);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.settle();
    });
  }

  /** Ends the workers at once and forgets what is stored; what was found stays in view. */
  async cancel() {
    if (this.active) {
      this.halt();
      this.become('pausing');
    } else if (this.state !== 'paused' && this.state !== 'left') {
      return;
    } else if (await this.keeper.isOpenElsewhere(this.identity)) {
      this.become(this.state, words.openElsewhere);
      return;
    } else if (!(await this.claim())) {
      this.watch();
      return;
    }
    const unsaved = [...this.unsaved];
    this.unsaved.clear();
    if (await this.keeper.discard(this.identity)) {
      this.stored.clear();
      this.saved = 0;
      this.become('cancelled');
    } else {
      this.unsaved = new Map([...unsaved, ...this.unsaved]);
      this.become('paused', words.openElsewhere);
    }
    this.release();
    this.save();
  }

  /** Ends the workers at once; slices under way are lost. */
  halt() {
    this.generation += 1;
    this.inFlight.clear();
    this.pool.end();
  }

  release() {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Gives work to every worker that may have some. */
  fill() {
    while (this.state === 'running' && this.inFlight.size < this.pool.limit) {
      const task = this.scan.next([...this.inFlight, ...this.aside.keys()]);
      if (task === undefined) break;
      this.advance(task);
    }
    this.settle();
  }

  /** Notices that nothing is under way any more. */
  settle() {
    if (this.inFlight.size > 0) return;
    if (this.state === 'running') {
      if (this.isComplete()) this.become('complete');
      else this.become('stopped', words.stopped(this.aside.size, this.tasks.length));
      this.pool.end();
      this.save();
    } else if (this.state === 'pausing') {
      this.become('paused', this.words);
      this.save();
    }
    if (!this.active) this.release();
  }

  /** @param {number} task */
  async advance(task) {
    const { generation } = this;
    this.inFlight.add(task);
    try {
      const answer = await this.pool.work(await this.slice(task));
      if (generation === this.generation) this.take(answer);
    } catch (error) {
      if (generation === this.generation) this.failed(task, error instanceof Error ? error : new Error(String(error)));
    }
    if (generation !== this.generation || hasFailed()) return;
    this.inFlight.delete(task);
    this.changed();
    if (performance.now() - this.wrote > SAVE_MS) this.save();
    guarded(() => this.fill());
  }

  /** @param {number} task */
  async slice(task) {
    const { after } = this.tasks[task];
    const known = this.scan.outcome(task) !== undefined;
    const before = after === null ? undefined : this.scan.outcome(after);
    const held = this.checkpoints.get(task);
    const checkpoint = held ?? (this.stored.has(task) ? await this.keeper.checkpoint(this.identity, task) : undefined);
    // A checkpoint without an outcome is of another target: what it amounts to is seen at once.
    const first = Math.min(FIRST_MS, (ALL_FIRST_MS * this.pool.limit) / this.tasks.length);
    const ms = known ? Math.max(SLICE_MS, this.pool.limit * PER_WORKER_MS) : checkpoint ? 0 : first;
    return { link: this.link, added: this.scan.added, task, before, checkpoint, stamp: this.stamps.get(task) ?? '', ms };
  }

  /** @param {Answer} answer */
  take({ task, done, outcome, checkpoint, stamp, seconds, restarted }) {
    this.scan.take(task, outcome);
    this.grow();
    this.checkpoints.set(task, checkpoint);
    this.stamps.set(task, stamp);
    this.failures.delete(task);
    if (restarted) this.seconds[task] = 0;
    this.seconds[task] += seconds;
    this.unsaved.set(task, { identity: this.identity, task, link: this.link, outcome, checkpoint, done, seconds: this.seconds[task] });
  }

  /** @param {number} task @param {Error} error */
  failed(task, error) {
    if (error instanceof NoWorkers) {
      this.halt();
      this.become('stopped', error.message);
      this.tell(error.message);
      this.save();
      this.release();
      return;
    }
    const times = (this.failures.get(task) ?? 0) + 1;
    this.failures.set(task, times);
    const name = words.replica(this.tasks[task].replica + 1, this.tasks[task].name);
    this.stamps.delete(task);
    if (times < MOST_FAILURES) {
      this.words = words.workerDied(saidAgain(error.message), name);
      return;
    }
    this.aside.set(task, error.message);
    this.tell(words.aside(name, MOST_FAILURES, saidAgain(error.message)));
  }

  /** Writes what has changed to the storage. */
  async save() {
    if (this.writing) return;
    if (this.unsaved.size === 0) {
      if (!this.active) this.leave();
      return;
    }
    this.writing = true;
    this.wrote = performance.now();
    const records = [...this.unsaved.values()];
    this.unsaved.clear();
    const saved = Date.now();
    // After a failure the engine does not answer, but what it found is still worth keeping.
    if (!hasFailed()) this.progress = this.scan.progress();
    const { share, complete } = this.progress ?? { share: 0, complete: false };
    const scan = { identity: this.identity, link: this.link, engine: engineVersion(), saved, share, complete };
    const { generation } = this;
    const kept = await this.keeper.save(scan, records, this.saved);
    this.writing = false;
    if (kept && this.state !== 'cancelled') {
      this.saved = saved;
      for (const { task, done, checkpoint } of records) {
        this.stored.add(task);
        // The checkpoint of an ended task is needed again only if its target changes.
        if (done && this.checkpoints.get(task) === checkpoint) this.checkpoints.delete(task);
      }
    }
    if (kept) this.keeper.changed(this.identity);
    if (!this.active && (generation === this.generation || this.unsaved.size === 0)) this.save();
    this.changed();
  }
}
