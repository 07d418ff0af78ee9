// What is shown of a scan, brought up to date a piece at a time: each only as often as it is cheap,
// several in one frame where they are, and nothing while nobody looks.

import { guarded, hasFailed } from '../ground/failure.js';

/** A piece may take this share of the main thread. */
const SHARE = 1 / 100;
/** A frame costs more than most pieces: those due within this time of each other share one, in ms. */
const TOGETHER_MS = 500;
/** What would take longer together waits for a frame of its own, in ms. */
const FRAME_MS = 6;

/**
 * @typedef {object} Panel
 * @property {() => boolean | void} update brings it up to date; false if it is not in view
 * @property {number} every time between two updates, in ms
 * @property {boolean} dirty
 * @property {number} due
 * @property {number} took how long its last update took, in ms; the first is alone in its frame
 */

export class Panels {
  constructor() {
    /** @type {Set<Panel>} */
    this.all = new Set();
    this.shown = false;
    this.frame = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** The longest update, in ms, for tests and the console. */
    this.longest = 0;
  }

  /** @param {number} every @param {Panel['update']} update @returns {Panel} */
  add(every, update) {
    const panel = { update, every, dirty: true, due: 0, took: FRAME_MS };
    this.all.add(panel);
    this.ask();
    return panel;
  }

  /** @param {Panel} panel */
  remove(panel) {
    this.all.delete(panel);
  }

  /** Something has changed. */
  touch() {
    for (const panel of this.all) panel.dirty = true;
    this.ask();
  }

  /** A person asked for a change: it is shown without delay. @param {Panel} [panel] */
  hurry(panel) {
    for (const each of panel ? [panel] : this.all) {
      each.dirty = true;
      each.due = 0;
    }
    this.ask();
  }

  /** Asks for a frame, once one of the pieces is due. */
  ask() {
    if (!this.shown || this.frame || hasFailed()) return;
    const waiting = [...this.all].filter(({ dirty }) => dirty);
    if (waiting.length === 0) return;
    clearTimeout(this.timer);
    const wait = Math.min(...waiting.map(({ due }) => due)) - performance.now();
    if (wait > 8) this.timer = setTimeout(() => this.request(), wait);
    else this.request();
  }

  request() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      guarded(() => this.step());
    });
  }

  step() {
    const began = performance.now();
    const waiting = [...this.all].filter(({ dirty, due }) => dirty && due <= began + TOGETHER_MS).sort((a, b) => a.due - b.due);
    let updated = 0;
    for (const panel of waiting) {
      const now = performance.now();
      if (updated > 0 && now - began + panel.took >= FRAME_MS) continue;
      panel.dirty = false;
      if (panel.update() === false) continue;
      updated += 1;
      panel.took = performance.now() - now;
      this.longest = Math.max(this.longest, panel.took);
      panel.due = began + Math.max(panel.every, panel.took / SHARE);
    }
    this.ask();
  }
}
