// How far a scan is: one line, one bar, a small bar for each point; and the buttons that rule it.

import { button, element, find, say } from '../ground/elements.js';
import { enable } from '../ground/locked.js';
import { perSecond } from '../ground/speed.js';
import * as words from '../words/figures.js';
import { clock } from './keeper.js';

/** Over how long moves per second are counted, in ms. */
const WINDOW_MS = 6000;
/** Points that have small bars of their own; more would be thinner than a pixel. */
const MOST_BARS = 300;
/** Before so much of the work is done nobody can say how long the rest takes. */
const TELLING = 0.003;

/** @typedef {import('./runner.js').Runner} Runner */

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${(seconds / 3600).toFixed(1)} h`;
  return words.progress.days((seconds / 86400).toFixed(1));
}

/** Rounded down: 100 % is only what is done. @param {number} share */
export function percent(share) {
  const digits = share < 0.1 ? 1 : 0;
  const scale = 10 ** digits;
  return `${share >= 1 ? 100 : (Math.floor(share * 100 * scale) / scale).toFixed(digits)}\u202f%`;
}

/**
 * How long the rest takes if each point goes on as before; undefined while nobody can say.
 * @param {Runner} runner
 * @param {number} workers
 */
export function remaining(runner, workers) {
  const { progress, tasks, seconds } = runner;
  if (!progress || progress.share < TELLING) return undefined;
  const spent = new Float64Array(progress.points.length);
  for (const { id, point } of tasks) spent[point] += seconds[id];
  const replicas = tasks.length / progress.points.length;
  let [sum, longest, unknown, told] = [0, 0, 0, 0];
  progress.points.forEach(({ share }, point) => {
    if (share >= 1) return;
    if (share <= 0 || spent[point] === 0) {
      unknown += 1;
      return;
    }
    const left = (spent[point] * (1 - share)) / share;
    sum += left;
    told += spent[point] / share;
    longest = Math.max(longest, left / replicas);
  });
  const known = progress.points.filter(({ share }) => share > 0).length;
  const guess = unknown > 0 ? (unknown * told) / Math.max(1, known) : 0;
  return Math.max((sum + guess) / workers, longest);
}

export class ProgressPanel {
  /** @param {import('./panels.js').Panels} panels @param {import('./workers.js').Pool} pool */
  constructor(panels, pool) {
    this.pool = pool;
    /** @type {Runner | null} */
    this.runner = null;
    /** @type {{at: number, events: number}[]} */
    this.counts = [];
    this.bar = find('#scan-progress', HTMLProgressElement);
    this.points = element('scan-points');
    this.panel = panels.add(1000, () => this.update());
  }

  /** @param {Runner} runner */
  show(runner) {
    this.runner = runner;
    this.counts = [];
    this.points.replaceChildren();
  }

  /** Moves per second of late. @param {Runner} runner @param {number} events */
  speed(runner, events) {
    const now = performance.now();
    if (!runner.active || (this.counts.length > 0 && events < this.counts[this.counts.length - 1].events)) this.counts = [];
    this.counts.push({ at: now, events });
    while (this.counts.length > 2 && now - this.counts[0].at > WINDOW_MS) this.counts.shift();
    const first = this.counts[0];
    return now - first.at < 500 ? 0 : ((events - first.events) * 1000) / (now - first.at);
  }

  update() {
    const { runner } = this;
    if (!runner) return;
    const progress = runner.scan.progress();
    runner.progress = progress;
    const { share, done, tasks, events, eventsText } = progress;
    this.bar.value = share;
    const parts = [percent(share), words.progress.tasks(done, tasks)];
    if (runner.state === 'running') {
      const left = remaining(runner, Math.min(this.pool.limit, tasks));
      if (left !== undefined && share < 1) parts.push(words.progress.left(duration(left)));
      if (runner.adds) parts.push(words.progress.more);
    }
    parts.push(words.progress.moves(eventsText));
    const rate = this.speed(runner, events);
    if (runner.active && rate > 0) parts.push(words.progress.speed(perSecond(rate)));
    say(element('scan-line'), parts.join(' · '));
    this.showPoints(progress.points);
  }

  /** @param {import('../../engine/uphill.js').PointProgress[]} points */
  showPoints(points) {
    if (points.length > MOST_BARS) return;
    while (this.points.children.length < points.length) this.points.append(document.createElement('i'));
    points.forEach(({ share, name, state, value }, number) => {
      const bar = /** @type {HTMLElement} */ (this.points.children[number]);
      bar.style.setProperty('--share', share.toFixed(3));
      bar.dataset.done = String(share >= 1);
      bar.title = [name, percent(share), state, value].filter(Boolean).join(', ');
    });
    const ended = points.filter(({ share }) => share >= 1).length;
    this.points.setAttribute('aria-label', words.progress.points(ended, points.length));
  }
}

/** Brings buttons and words in line with the state. @param {Runner} runner @param {string} plan what is going to be done @param {string} trouble why it cannot be resumed @param {boolean} withoutLocks whether tabs know nothing of each other */
export function showState(runner, plan, trouble, withoutLocks) {
  const { state, saved } = runner;
  const said = words.state;
  const run = button('scan-run');
  say(run, words.mainButton[state]);
  enable(run, !['pausing', 'complete', 'foreign', 'elsewhere'].includes(state));
  enable(button('scan-cancel'), runner.active || state === 'paused' || state === 'left');
  enable(button('scan-anew'), !runner.active && state !== 'ready' && state !== 'elsewhere');
  button('scan-refine').hidden = state !== 'complete' || runner.refined === '';
  const kept = saved ? said.saved(clock(saved)) : trouble ? said.notSaved : '';
  const part = state !== 'complete' && runner.scan.share ? said.part(runner.scan.share) : '';
  const now = {
    ready: part ? `${said.missing} ${plan}` : plan,
    running: [said.running(runner.pool.limit), kept, withoutLocks ? said.withoutLocks : ''].join(' '),
    pausing: said.pausing,
    paused: `${said.paused} ${kept}`,
    complete: `${said.complete} ${kept}`,
    stopped: said.stopped,
    cancelled: said.cancelled,
    elsewhere: `${said.elsewhere} ${kept}`,
    left: `${said.left} ${kept}`,
    foreign: said.foreign(runner.scan.engine),
  }[state];
  say(element('scan-words'), [runner.words, part, now].filter(Boolean).join(' '));
}
