// One run on the page: the simulator, and when its word appeared.

import { Simulator } from '../../engine/lab.js';

/** @typedef {import('../../engine/lab.js').Observables} Observables */

export class Run {
  /** @param {import('../../engine/lab.js').Params} params */
  constructor(params) {
    this.simulator = new Simulator(params);
    /** @type {Observables} */
    this.observables = this.simulator.observables();
    /** @type {'uphill' | 'downhill' | null} The word, which stays until the opposite is significant. */
    this.word = null;
    /** What goes with the word, in a sentence. */
    this.sentence = '';
    /** Playing time since the measurement began, in ms, and when the word appeared. */
    this.played = 0;
    /** @type {number | null} null where a saved run had it when it was opened */
    this.took = 0;
    this.tookSpan = '';
    this.frozen = false;
    /** Changes whenever what stands around the lattice has to be drawn anew. */
    this.version = 0;
  }

  /** Reads the observables anew, and the word. */
  read() {
    this.observables = this.simulator.observables();
    const { direction, spanText, frozen, verdict } = this.observables;
    this.frozen = frozen;
    if (direction && direction !== this.word) {
      this.word = direction;
      this.took = this.played;
      this.tookSpan = spanText;
    }
    if (direction === this.word || frozen) this.sentence = verdict;
    return this.observables;
  }

  /** The measurement has begun anew. */
  begin() {
    this.word = null;
    this.played = 0;
    this.read();
  }

  /** The same, and what stands around the lattice may have changed. */
  forget() {
    this.version += 1;
    this.begin();
  }

  /** @param {import('../../engine/lab.js').Params} params */
  restart(params) {
    this.take(new Simulator(params));
  }

  /** Goes on with another simulator, which may have run before. @param {Simulator} simulator */
  take(simulator) {
    const ran = simulator.time > 0;
    this.simulator.free();
    this.simulator = simulator;
    this.frozen = false;
    this.forget();
    if (ran && this.word) this.took = null;
  }
}
