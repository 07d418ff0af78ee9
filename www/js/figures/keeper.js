// Keeps the state of scans in the browser's storage, and says in words when it cannot.

import { engineVersion } from '../../engine/uphill.js';
import { reasonOf } from '../ground/failure.js';
import { storage as said } from '../words/figures.js';
import { holdOpen, holdWork, isOpenHere, isWithoutLocks, isWorkedOnElsewhere, openElsewhere, waitForWork } from './locks.js';
import { isFull, Storage } from './storage.js';

/** @typedef {import('./storage.js').StoredScan} StoredScan */
/** @typedef {import('./storage.js').StoredTask} StoredTask */

/** Scans that are kept at most; the oldest go first. */
const MOST_SCANS = 12;

/** @param {number} time in ms since 1970 */
export function clock(time) {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Joins this tab to the others; null where the page may not. */
function channel() {
  try {
    return new BroadcastChannel('uphill-scans');
  } catch {
    return null;
  }
}

export class Keeper {
  constructor() {
    /** @type {Storage | null} */
    this.storage = null;
    /** Why a scan cannot be resumed, in a sentence, or an empty text. */
    this.trouble = '';
    /** @type {((words: string) => void)} Hears of trouble once. */
    this.tell = () => {};
    /** @type {Promise<void>} Writings follow each other. */
    this.last = Promise.resolve();
    /** @type {(identity: string) => void} Hears that another tab has changed something in a scan. */
    this.hear = () => {};
    this.channel = channel();
    this.channel?.addEventListener('message', ({ data }) => this.hear(String(data)));
  }

  /** Opens the storage; where there is none, scans run without. */
  async open() {
    try {
      this.storage = await Storage.open();
    } catch (error) {
      this.give(said.none(reasonOf(error)));
    }
  }

  /** @param {string} trouble */
  give(trouble) {
    this.storage = null;
    if (this.trouble) return;
    this.trouble = trouble;
    this.tell(trouble);
  }

  /**
   * Writes what has changed; whether it is kept now.
   * @param {StoredScan} scan
   * @param {StoredTask[]} tasks
   * @param {number} before when the scan was saved last, or 0
   * @returns {Promise<boolean>}
   */
  save(scan, tasks, before) {
    const saved = this.last.then(() => this.write(scan, tasks, before));
    this.last = saved.then(() => {});
    return saved;
  }

  /** @param {StoredScan} scan @param {StoredTask[]} tasks @param {number} before */
  async write(scan, tasks, before) {
    if (!this.storage) return false;
    const still = before
      ? said.still(clock(before))
      : said.nothing;
    try {
      await this.storage.save(scan, tasks);
      return true;
    } catch (error) {
      try {
        // Older scans make room; a storage that was closed is opened again.
        if (isFull(error)) await this.purge(scan.identity, 1);
        else this.storage = await Storage.open();
        await this.storage.save(scan, tasks);
        return true;
      } catch (again) {
        const why = isFull(again) ? said.full : said.failed(reasonOf(again));
        this.give(said.notSaved(why, still));
        return false;
      }
    }
  }

  /**
   * Asks the storage; what fails counts as not stored.
   * @template T
   * @param {(storage: Storage) => Promise<T>} question
   * @returns {Promise<T | null>}
   */
  async ask(question) {
    if (!this.storage) return null;
    try {
      return await question(this.storage);
    } catch {
      return null;
    }
  }

  /** What is stored of a scan. @param {string} identity */
  find(identity) {
    return this.ask((storage) => storage.load(identity));
  }

  /** When a scan was saved last, by whichever tab, or 0. @param {string} identity */
  async saved(identity) {
    return await this.ask((storage) => storage.saved(identity)) ?? 0;
  }

  /** All that is stored, the latest first. @returns {Promise<StoredScan[]>} */
  async list() {
    return await this.ask((storage) => storage.list()) ?? [];
  }

  /** The unfinished scan that was saved last and that no other tab has open, or null. @returns {Promise<StoredScan | null>} */
  async unfinished() {
    const [all, others] = await Promise.all([this.list(), openElsewhere()]);
    return all.find(({ complete, engine, identity }) => !complete && engine === engineVersion() && !others.has(identity)) ?? null;
  }

  /** Whether tabs of this browser cannot know of each other, while they share a storage. */
  get withoutLocks() { return isWithoutLocks() && this.storage !== null; }

  /** The right to work on a scan, null while another tab has it. @param {string} identity */
  holdWork(identity) {
    return this.storage ? holdWork(identity) : Promise.resolve(() => {});
  }

  /** Resolves when no other tab works on a scan. @param {string} identity */
  async untilFree(identity) {
    do (await waitForWork(identity))?.();
    while (await isWorkedOnElsewhere(identity));
  }

  /** @param {string} identity */
  async isWorkedOnElsewhere(identity) {
    return this.storage !== null && isWorkedOnElsewhere(identity);
  }

  /** Has what is stored of a scan stay while it is open here; returns what ends that. @param {string} identity */
  holdOpen(identity) {
    return holdOpen(identity);
  }

  /** Tells the other tabs that something has changed in a scan. @param {string} identity */
  changed(identity) {
    this.channel?.postMessage(identity);
  }

  /** @param {string} identity @param {number} task */
  async checkpoint(identity, task) {
    return (await this.ask((storage) => storage.checkpoint(identity, task)))?.checkpoint;
  }

  /** Whether another tab has a scan open, so that what is stored of it stays. @param {string} identity */
  async isOpenElsewhere(identity) {
    return (await openElsewhere()).has(identity);
  }

  /** Erases what is stored of a scan, unless another tab has it open; whether it did. @param {string} identity @returns {Promise<boolean>} */
  discard(identity) {
    const discarded = this.last.then(async () => {
      if (await this.isOpenElsewhere(identity)) return false;
      await this.ask((storage) => storage.discard([identity]));
      return true;
    });
    this.last = discarded.then(() => {});
    return discarded;
  }

  /** Makes room: the oldest scans of this engine beyond `most` go, but none that a tab has open. @param {string} kept @param {number} [most] */
  async purge(kept, most = MOST_SCANS) {
    const [all, others] = await Promise.all([this.list(), openElsewhere()]);
    const may = all.filter(({ identity, engine }) => identity !== kept && engine === engineVersion() && !others.has(identity) && !isOpenHere(identity));
    const old = may.slice(Math.max(0, most - 1));
    if (old.length === 0) return;
    await this.ask((storage) => storage.discard(old.map(({ identity }) => identity)));
    this.tell(said.madeRoom(old.map(({ link }) => `?${link}`)));
  }
}
