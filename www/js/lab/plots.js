// The plots: drawn by the engine, a few times a second and only where they are seen,
// and read off by pointer or keyboard.

import { fill } from '../ground/canvas.js';
import { element, find, say, select, showReading } from '../ground/elements.js';
import { onPrint, onThemeChange, plotTheme } from '../ground/theme.js';
import { lab as words, pictures } from '../words/page.js';
import { currentInWords, endsInWords, LABEL_MS } from './spoken.js';

/** Time between two drawings of a plot, in ms. */
const REDRAW_MS = 220;

/** @typedef {import('./lab.js').Lab} Lab */
/** @typedef {import('../../engine/lab.js').PlotFrame} PlotFrame */
/** @typedef {import('../../engine/lab.js').Readout} Readout */

/** @param {Lab} lab */
const currentsInWords = ({ first, other }) => (other ? `${pictures.first} ${currentInWords(first)} ${pictures.second} ${currentInWords(other)}` : currentInWords(first));

/** How a plot is drawn and read. @typedef {{draw: (lab: Lab, canvas: HTMLCanvasElement) => PlotFrame, read: (lab: Lab, frame: PlotFrame, x: number) => Readout | undefined}} View */

/** What the plot of the columns shows besides their profile, once it has come. @type {Record<string, View>} */
export const columnViews = {};

/** @type {View} */
const PROFILE = {
  draw: ({ simulator }, canvas) => simulator.drawProfile(canvas, plotTheme()),
  read: ({ simulator }, frame, x) => simulator.readProfile(frame, x),
};

/** What is chosen of it. */
const columnsShown = () => columnViews[select('profile-view').value] ?? PROFILE;

/**
 * How each plot is drawn and read, and what is said of it all.
 * @type {Record<string, {draw: (lab: Lab, canvas: HTMLCanvasElement) => PlotFrame, read: (lab: Lab, frame: PlotFrame, x: number) => Readout | undefined, words: (lab: Lab, end: string) => string}>}
 */
const KINDS = {
  integrated: {
    draw: (lab, canvas) => lab.second
      ? lab.simulator.drawIntegratedCurrents(canvas, plotTheme(), lab.second)
      : lab.simulator.drawIntegratedCurrent(canvas, plotTheme()),
    read: (lab, frame, x) => lab.simulator.readIntegratedCurrent(frame, x),
    words: (lab, end) => `${end}${currentsInWords(lab)}`,
  },
  mean: {
    draw: (lab, canvas) => lab.simulator.drawRunningMean(canvas, plotTheme()),
    read: (lab, frame, x) => lab.simulator.readRunningMean(frame, x),
    words: (lab, end) => `${end}${currentInWords(lab.first)}`,
  },
  profile: {
    draw: (lab, canvas) => columnsShown().draw(lab, canvas),
    read: (lab, frame, x) => columnsShown().read(lab, frame, x),
    words: ({ first }) => {
      const { profileStateText, bump } = first.observables;
      const peak = bump ? pictures.peak(bump.text, bump.x) : '';
      return [pictures.average(profileStateText), endsInWords(first), peak].filter(Boolean).join(' ');
    },
  },
};

class Plot {
  /** @param {HTMLElement} figure @param {Lab} lab */
  constructor(figure, lab) {
    this.lab = lab;
    this.kind = KINDS[figure.dataset.plot ?? ''];
    this.area = find('.plot-area', HTMLElement, figure);
    this.canvas = find('canvas', HTMLCanvasElement, figure);
    this.probe = find('.probe', HTMLElement, figure);
    this.hair = find('.hair', HTMLElement, figure);
    this.dot = find('.dot', HTMLElement, figure);
    this.output = find('output', HTMLElement, figure);
    this.title = this.canvas.getAttribute('aria-label') ?? '';
    this.seen = false;
    this.dirty = true;
    this.at = -Infinity;
    /** @type {PlotFrame | null} */
    this.frame = null;
    this.drawable = this.canvas.getContext('2d') !== null;
    /** @type {number | null} Share of the width that is being read. */
    this.pointed = null;
    new IntersectionObserver((entries) => {
      this.seen = entries.some((entry) => entry.isIntersecting);
      if (this.seen) this.touch();
    }).observe(this.area);
    new ResizeObserver(() => this.touch()).observe(this.area);
    this.canvas.addEventListener('contextrestored', () => this.touch());
    this.listen();
    if (!this.drawable) say(this.output, words.noPlot);
  }

  touch() {
    this.dirty = true;
    this.at = -Infinity;
    this.lab.refresh();
  }

  listen() {
    const point = (/** @type {PointerEvent} */ event) => {
      this.point(event.offsetX / Math.max(1, this.probe.clientWidth));
    };
    this.probe.addEventListener('pointermove', point);
    this.probe.addEventListener('pointerdown', point);
    this.probe.addEventListener('pointerleave', () => this.point(null));
    this.probe.addEventListener('blur', () => this.point(null));
    this.probe.addEventListener('keydown', (event) => {
      const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: -0.02, ArrowRight: 0.02, ArrowDown: -0.02, ArrowUp: 0.02, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 });
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.point(Math.min(1, Math.max(0, (this.pointed ?? 0.5) + step)));
    });
  }

  /** @param {number | null} share */
  point(share) {
    this.pointed = share;
    this.mark();
  }

  /** Draws if something has changed and it is time; returns whether it did. @param {number} now */
  draw(now) {
    if (!this.seen || !this.dirty || now - this.at < REDRAW_MS || !this.render()) return false;
    this.dirty = false;
    this.at = now;
    return true;
  }

  /** Draws, seen or not; returns whether it did. */
  render() {
    if (!this.drawable || !fill(this.canvas, this.area)) return false;
    this.frame = this.kind.draw(this.lab, this.canvas);
    this.mark();
    return true;
  }

  /** What a sighted person would read off, the curve's end included where it is drawn. */
  describe() {
    const end = this.frame ? this.kind.read(this.lab, this.frame, this.frame.right)?.text : '';
    this.canvas.setAttribute('aria-label', `${this.title}. ${this.kind.words(this.lab, end ? `${pictures.end(end)} ` : '')}`);
  }

  /** Marks the point that is read, and says its values. */
  mark() {
    if (!this.drawable) return;
    const reading = this.pointed === null || !this.frame
      ? undefined
      : this.kind.read(this.lab, this.frame, this.pointed * this.canvas.width);
    this.probe.dataset.reading = String(reading !== undefined);
    showReading(this.output, reading?.text);
    if (!reading || !this.frame) return;
    const px = (/** @type {number} */ pixels) => `${pixels * this.area.clientWidth / this.canvas.width}px`;
    Object.assign(this.hair.style, { left: px(reading.x), top: px(this.frame.top), height: px(this.frame.bottom - this.frame.top) });
    Object.assign(this.dot.style, { left: px(reading.x), top: px(reading.y) });
    this.probe.setAttribute('aria-valuenow', String(Math.round((this.pointed ?? 0) * 100)));
    this.probe.setAttribute('aria-valuetext', reading.text);
  }
}

/** @param {Lab} lab */
export function startPlots(lab) {
  const plots = [...element('lab').querySelectorAll('figure.plot')].map((figure) => new Plot(/** @type {HTMLElement} */ (figure), lab));
  lab.listeners.push(() => plots.forEach((plot) => plot.touch()));
  select('profile-view').addEventListener('change', () => {
    plots.forEach((plot) => plot.touch());
    lab.refresh();
  });
  onThemeChange(() => plots.forEach((plot) => plot.touch()));
  onPrint(() => plots.forEach((plot) => plot.render()));
  // One plot a frame, the one that has waited longest first.
  let described = -Infinity;
  lab.drawers.push((now) => {
    if (lab.playing) plots.forEach((plot) => { plot.dirty = true; });
    const waiting = [...plots].sort((a, b) => a.at - b.at);
    waiting.some((plot) => plot.draw(now));
    if (!lab.playing || now - described >= LABEL_MS) {
      described = now;
      for (const plot of plots) plot.describe();
    }
    if (!lab.playing && plots.some((plot) => plot.drawable && plot.seen && plot.dirty)) lab.refresh();
  });
}
