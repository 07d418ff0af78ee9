// Keeps the state of scans in the browser's storage, and says in words when it cannot.

import { engineVersion } from '../../engine/uphill.js';
import { reasonOf } from '../failure.js';
import { isFull, Storage } from './storage.js';
import { storage as said } from '../words/figures.js';

/** @typedef {import('./storage.js').StoredScan} StoredScan */
/** @typedef {import('./storage.js').StoredTask} StoredTask */

/** @param {number} time in ms since 1970 */
export function clock(time) {
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
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
        if (isFull(error)) await this.storage.purge(scan.identity, 1);
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

  /** What is stored of a scan, by this version of the engine. @param {string} identity */
  async find(identity) {
    const stored = await this.ask((storage) => storage.load(identity));
    if (!stored) return { stored: null, refused: '' };
    const { engine, saved } = stored.scan;
    if (engine === engineVersion()) return { stored, refused: '' };
    await this.discard(identity);
    const refused = said.foreign(clock(saved), engine, engineVersion());
    return { stored: null, refused };
  }

  /** The unfinished scan that was saved last, or null. @returns {Promise<StoredScan | null>} */
  async unfinished() {
    const all = await this.ask((storage) => storage.list());
    return all?.find(({ complete, engine }) => !complete && engine === engineVersion()) ?? null;
  }

  /** @param {string} identity @param {number} task */
  async checkpoint(identity, task) {
    return (await this.ask((storage) => storage.checkpoint(identity, task)))?.checkpoint;
  }

  /** @param {string} identity */
  discard(identity) {
    this.last = this.last.then(async () => {
      await this.ask((storage) => storage.discard([identity]));
    });
    return this.last;
  }

  /** Makes room for new scans. @param {string} kept */
  purge(kept) {
    return this.ask((storage) => storage.purge(kept));
  }
}
