// The lab: one run or two, and the loop that steps them between frames.

import { readLink, Simulator } from '../../engine/lab.js';
import { writeAddress } from '../address/link.js';
import { guarded, hasFailed } from '../ground/failure.js';
import { still } from '../ground/motion.js';
import { lab as words } from '../words/page.js';
import { Run } from './run.js';

/** Time for stepping in a frame, in ms; the rest is for drawing. */
const STEPPING_MS = 9;
/** What one call into the engine should take at most, in ms. */
const CALL_MS = 3;
const FIRST_CALL = 1000;
/** How long a single move is tried for, in ms. */
const PATIENCE_MS = 15;
const LONGEST_FRAME_MS = 100;
/** Time between two drawings of a run where little motion is asked for, in ms. */
const STILL_MS = 500;
/** After these no move comes any more. */
const ENDS = ['frozen', 'unresolved'];
/** Sites from which on a lattice is large to draw. */
const LARGE = 40_000;

/** @typedef {import('../../engine/lab.js').Params} Params */
/**
 * What a second run has of its own: its m₊, null for that of the first, and whether it is the control.
 * @typedef {{mRight: number | null, control: boolean}} Second
 */

/** A second run as the address has it. @param {Params} params @param {boolean} control */
const written = ({ mRight }, control) => (control ? `${mRight},balanced` : String(mRight));

export class Lab {
  /** @param {Params} params */
  constructor(params) {
    this.first = new Run(params);
    /** @type {Run | null} */
    this.other = null;
    /** Whether that is the control, between balanced reservoirs. */
    this.control = false;
    this.playing = false;
    /** Whether the lab is the view that is shown. */
    this.shown = true;
    /** Events per second; Infinity for as fast as the machine goes. */
    this.speed = Infinity;
    this.until = Infinity;
    /** Why the run has not begun and waits for a person, in words, or an empty text. */
    this.waits = '';
    /** Why nobody sees the lab, in words, or an empty text; then nothing runs. */
    this.unseen = '';
    /** How far the run goes once it is seen; null where it stays paused. @type {number | null} */
    this.resumes = null;
    /** How many runs share the time of this page's thread. */
    this.sharers = 1;
    /** Why the run paused by itself, in words. */
    this.pausedBecause = '';
    this.eventsPerSecond = 0;
    /** @type {((now: number) => void)[]} */
    this.drawers = [];
    /** @type {(() => void)[]} */
    this.listeners = [];
    /** Hear that the run begins anew. @type {(() => void)[]} */
    this.beginners = [];
    this.events = FIRST_CALL;
    this.owed = 0;
    this.last = 0;
    this.frame = 0;
    /** When the last frame was, by the display's clock. */
    this.frameAt = -1;
    /** Whose turn it is of the drawers, and how many frames they take turns. */
    this.turn = -1;
    this.turns = 0;
    this.drawnAt = -Infinity;
    this.rateSince = { time: 0, events: 0 };
  }

  /** The simulator of the first run. */
  get simulator() { return this.first.simulator; }
  /** The simulator of the second run, or null. */
  get second() { return this.other?.simulator ?? null; }
  get runs() { return this.other ? [this.first, this.other] : [this.first]; }

  /** Notes the run, or both, as they are now, in the address. */
  noteInAddress() {
    writeAddress(this.simulator.link(), this.second ? written(this.second.params(), this.control) : '');
  }

  /** Asks for a frame. */
  refresh() {
    if (!this.frame && this.shown && !hasFailed()) this.frame = requestAnimationFrame((now) => guarded(() => this.step(now)));
  }

  /** Something besides the spins has changed. */
  changed() {
    this.turns = this.drawers.length;
    for (const listener of this.listeners) listener();
    this.refresh();
  }

  /** Plays unasked, unless the run is to wait for a person, as it does where little motion is asked for. @param {string} [waits] why it waits */
  begin(waits = still.matches ? words.waits.still : '') {
    if (this.playing || !waits) return this.play();
    this.waits = waits;
    return this.changed();
  }

  /** Plays, or does so once somebody sees it. */
  play() {
    this.waits = '';
    if (this.runs.every((run) => run.frozen)) return undefined;
    if (this.unseen) {
      this.resumes = this.until;
      this.pausedBecause = this.unseen;
      return this.changed();
    }
    this.playing = true;
    this.pausedBecause = '';
    this.last = performance.now();
    this.rateSince = { time: this.last, events: this.simulator.events };
    return this.changed();
  }

  /** @param {string} [because] */
  pause(because = '') {
    this.playing = false;
    this.waits = '';
    this.resumes = null;
    this.until = Infinity;
    this.pausedBecause = because;
    this.changed();
  }

  /** Pauses what nobody sees, and goes on when somebody does. @param {string} unseen why nobody sees it, in words, or an empty text */
  see(unseen) {
    if (unseen === this.unseen) return;
    this.unseen = unseen;
    const { until } = this;
    if (unseen && this.playing) {
      this.pause(unseen);
      this.resumes = until;
      this.changed();
    } else if (!unseen && this.resumes !== null) {
      const paused = this.simulator.events > 0;
      this.until = this.resumes;
      this.resumes = null;
      this.play();
      if (!paused) return;
      this.pausedBecause = words.wasUnseen;
      this.changed();
    }
  }

  /** Runs to the clock `time` exactly, and pauses there. @param {number} time */
  runUntil(time) {
    this.until = time;
    this.play();
  }

  /** Performs one move, unless Metropolis refuses too many before it. */
  oneEvent() {
    this.pause();
    for (const run of this.runs) {
      const before = run.simulator.events;
      const end = performance.now() + PATIENCE_MS;
      while (run.simulator.events === before && performance.now() < end) {
        if (ENDS.includes(run.simulator.advance(1, Infinity))) break;
      }
      run.read();
      if (run.simulator.events === before && !run.frozen) {
        this.pausedBecause = words.refused;
      }
    }
    this.changed();
  }

  /** @param {number} now */
  step(now) {
    this.frame = 0;
    if (!this.shown) return undefined;
    // Chromium calls each of several frames of one site as often as there are such frames.
    if (now === this.frameAt) return this.refresh();
    this.frameAt = now;
    if (this.playing) {
      const began = performance.now();
      const elapsed = Math.min(Math.max(began - this.last, 0), LONGEST_FRAME_MS);
      this.last = began;
      this.advance(elapsed);
      const since = now - this.rateSince.time;
      if (since > 500) {
        this.eventsPerSecond = ((this.simulator.events - this.rateSince.events) * 1000) / since;
        this.rateSince = { time: now, events: this.simulator.events };
      }
    }
    const seldom = this.playing && still.matches;
    if (seldom && this.turns === 0 && now - this.drawnAt < STILL_MS) return this.refresh();
    this.drawnAt = now;
    // A large lattice, or all that a change concerns, takes so long to draw that the drawers take
    // turns while it runs.
    const { lx, ly } = this.simulator.params();
    this.turn = (this.turn + 1) % this.drawers.length;
    const drawers = this.playing && ((lx * ly > LARGE && !seldom) || this.turns > 0) ? [this.drawers[this.turn]] : this.drawers;
    this.turns = Math.max(0, this.turns - 1);
    for (const draw of drawers) draw(now);
    if (this.playing) this.refresh();
    return undefined;
  }

  /** Steps the runs for one frame, `elapsed` ms after the one before. @param {number} elapsed */
  advance(elapsed) {
    this.owed = this.speed === Infinity ? 0 : Math.min(this.owed + (this.speed * elapsed) / 1000, this.speed);
    let allowed = this.speed === Infinity ? Infinity : Math.floor(this.owed);
    if (this.speed !== Infinity) this.owed -= allowed;
    const end = performance.now() + STEPPING_MS / this.sharers;
    for (const run of this.runs) if (!run.frozen) run.played += elapsed;
    for (let run = this.next(allowed); run; run = this.next(allowed)) {
      const asked = run === this.first ? Math.min(this.events, allowed) : this.events;
      const before = run.simulator.events;
      const began = performance.now();
      const stop = run.simulator.advance(asked, this.limit(run));
      const now = performance.now();
      if (ENDS.includes(stop)) run.frozen = true;
      if (run === this.first) allowed -= Math.max(1, run.simulator.events - before);
      const took = now - began;
      // Timers are coarse: a call too short to be measured may be doubled.
      if (took > CALL_MS) this.events = Math.max(1, Math.floor(this.events / 2));
      else if (took < CALL_MS / 3 && stop === 'budget' && asked === this.events) this.events *= 2;
      if (now >= end) break;
    }
    if (this.runs.every((run) => run.frozen)) {
      this.pause(this.first.read().verdict);
    } else if (this.runs.every((run) => run.frozen || run.simulator.time >= this.until)) {
      this.pause(words.asAsked(String(this.until).replace('-', '−')));
    }
  }

  /** How far a run may go: the second follows the clock of the first. @param {Run} run */
  limit(run) {
    return run === this.first || this.first.frozen ? this.until : Math.min(this.until, this.first.simulator.time);
  }

  /** The run whose turn it is, or null. @param {number} allowed events that the first may still perform */
  next(allowed) {
    const { first, other } = this;
    if (other && !other.frozen && other.simulator.time < this.limit(other)) return other;
    return !first.frozen && first.simulator.time < this.until && allowed > 0 ? first : null;
  }

  /** Starts the run of a query string anew; returns what was wrong with it, and then changes nothing. @param {string} query */
  restart(query) {
    const reading = readLink(query);
    if (reading.notices.length === 0) this.rebuild(reading.params);
    return reading.notices;
  }

  /** @param {Params} params */
  rebuild(params) {
    this.take(new Simulator(params));
  }

  /** Goes on with another simulator, which may have run before; a second run beside it begins anew. @param {Simulator} simulator */
  take(simulator) {
    for (const hear of this.beginners) hear();
    this.events = FIRST_CALL;
    this.first.take(simulator);
    if (this.other) this.other.restart(this.beside(this.other.simulator.params().mRight, this.control));
    this.rateSince = { time: performance.now(), events: simulator.events };
    this.changed();
  }

  /**
   * The first run's parameters with another m₊; m₋ follows it where it does so in the first.
   * @param {number} mRight
   * @param {boolean} control between balanced reservoirs
   */
  beside(mRight, control) {
    const params = this.simulator.params();
    const follows = params.mLeft === 0 - params.mRight;
    return { ...params, mRight, mLeft: follows ? 0 - mRight : params.mLeft, reservoirs: control ? 'balanced' : params.reservoirs };
  }

  /**
   * Opens a second run, or closes it; the first starts anew so that both begin together.
   * @param {Second | null} second
   */
  compare(second) {
    this.other?.simulator.free();
    this.other = null;
    this.control = second?.control ?? false;
    if (second) {
      const params = this.simulator.params();
      // The control has none of its own kind, and no equilibrium, beside it.
      this.first.restart(this.control ? { ...params, reservoirs: 'on' } : params);
      this.other = new Run(this.beside(second.mRight ?? params.mRight, this.control));
    }
    this.events = FIRST_CALL;
    this.changed();
  }

  /** Changes a run in place. @param {Run} run @param {(simulator: import('../../engine/lab.js').Simulator) => void} change */
  alter(run, change) {
    change(run.simulator);
    run.frozen = false;
    run.forget();
    this.changed();
  }
}
