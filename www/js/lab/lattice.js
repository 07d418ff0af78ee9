// The lattice between its reservoirs: whole device pixels a site, never blurred.

import { answer } from '../ground/answer.js';
import { find, say } from '../ground/elements.js';
import { still } from '../ground/motion.js';
import { plotTheme } from '../ground/theme.js';
import { lab, pictures } from '../words/page.js';
import { fit } from './fit.js';
import { inWords } from './spoken.js';

/** Cells smaller than this are drawn as squares also in the lattice gas. */
const SMALLEST_CIRCLE = 5;
/** Radius of a circle, in cells. */
const RADIUS = 0.42;
/** How often the reservoirs' columns are drawn anew, in ms. */
const RESERVOIR_MS = 250;

/** @typedef {import('./run.js').Run} Run */

/** A colour "#rrggbb" as a pixel of an ImageData. @param {string} hex */
function packed(hex) {
  const value = parseInt(hex.slice(1), 16);
  return (255 << 24 | (value & 255) << 16 | (value >> 8 & 255) << 8 | value >> 16) >>> 0;
}

/** A picture with one pixel a site, drawn larger by the canvas. */
class Sites {
  constructor() {
    this.canvas = document.createElement('canvas');
    this.context = this.canvas.getContext('2d');
    /** @type {ImageData | null} */
    this.image = null;
    this.pixels = new Uint32Array(0);
  }

  /** @param {number} columns @param {number} rows */
  resize(columns, rows) {
    this.canvas.width = columns;
    this.canvas.height = rows;
    this.image = this.context && columns > 0 ? this.context.createImageData(columns, rows) : null;
    this.pixels = this.image ? new Uint32Array(this.image.data.buffer) : new Uint32Array(0);
  }

  /** @param {CanvasRenderingContext2D} to @param {number} left @param {number} width @param {number} height */
  draw(to, left, width, height) {
    if (!this.image) return;
    this.context?.putImageData(this.image, 0, 0);
    to.drawImage(this.canvas, left, 0, width, height);
  }
}

export class LatticeView {
  /** @param {HTMLElement} column @param {() => void} refresh @param {() => void} onLost */
  constructor(column, refresh, onLost) {
    this.stage = find('.stage', HTMLElement, column);
    this.frame = find('canvas.frame', HTMLCanvasElement, column);
    this.canvas = find('canvas.lattice', HTMLCanvasElement, column);
    this.arrows = find('.arrows', HTMLElement, column);
    this.context = this.canvas.getContext('2d');
    this.lattice = new Sites();
    this.reservoirs = [new Sites(), new Sites()];
    this.gas = false;
    this.drawn = '';
    this.reservoirsAt = -Infinity;
    this.palette = [0, 0];
    this.background = '';
    /** @type {CanvasPattern | null} */
    this.circles = null;
    /** @type {import('./fit.js').Fit | null} */
    this.place = null;
    this.canvas.addEventListener('contextlost', onLost);
    this.canvas.addEventListener('contextrestored', () => { this.drawn = ''; refresh(); });
    new ResizeObserver(refresh).observe(this.stage);
  }

  /** Fits cells, canvases and frame to the room that there is. @param {Run} run */
  fit(run) {
    const { lx, ly, reservoirs: flips } = run.simulator.params();
    const reservoirs = flips !== 'off';
    const theme = plotTheme();
    const { scale } = theme;
    const width = this.stage.clientWidth;
    // In a frame the picture has the room that it is given; on the page it takes what it needs.
    const framed = document.documentElement.dataset.embed !== undefined;
    const height = framed ? this.stage.clientHeight : parseFloat(getComputedStyle(this.stage).maxHeight);
    const key = [width, height, scale, lx, ly, reservoirs, run.version, theme.paper, theme.ink, theme.size].join();
    if (key === this.drawn || width === 0 || height === 0) return;
    this.drawn = key;
    const place = fit({ lx, ly, reservoirs }, { width, height, scale, type: theme.size, framed });
    this.place = place;
    const { left, top, across, high, strip, gap, columns, total } = place;
    const css = (/** @type {number} */ pixels) => `${pixels / scale}px`;
    if (!framed) Object.assign(this.stage.style, { height: `${total}px`, minHeight: '0' });
    this.frame.width = Math.round(width * scale);
    this.frame.height = Math.round(total * scale);
    this.canvas.width = across;
    this.canvas.height = high;
    Object.assign(this.canvas.style, { left: css(left), top: css(top), width: css(across), height: css(high) });
    this.arrows.style.width = css(framed ? across : Math.max(across, 260 * scale));
    this.lattice.resize(lx, ly);
    for (const sites of this.reservoirs) sites.resize(columns, ly);
    this.palette = [packed(theme.minus), packed(theme.plus)];
    this.background = theme.minus;
    this.circles = this.holes(place.cell);
    this.reservoirsAt = -Infinity;
    if (!this.frame.getContext('2d') || !place.labels) return;
    run.simulator.drawLatticeFrame(this.frame, theme, {
      left: left + strip + gap, right: left + across - strip - gap, top, bottom: top + high, reservoir: strip, gap,
    });
  }

  /** A cell of the background with a round hole: over squares it leaves circles. @param {number} cell */
  holes(cell) {
    if (cell < SMALLEST_CIRCLE) return null;
    const tile = document.createElement('canvas');
    tile.width = cell;
    tile.height = cell;
    const context = tile.getContext('2d');
    if (!context) return null;
    context.fillStyle = this.background;
    context.fillRect(0, 0, cell, cell);
    context.globalCompositeOperation = 'destination-out';
    context.arc(cell / 2, cell / 2, cell * RADIUS, 0, 2 * Math.PI);
    context.fill();
    return this.context?.createPattern(tile, 'repeat') ?? null;
  }

  /** @param {Run} run @param {number} now @param {boolean} playing */
  draw(run, now, playing) {
    this.fit(run);
    const { context, place } = this;
    if (!context || !place) return;
    const { lx, ly, mLeft, mRight } = run.simulator.params();
    const spins = run.simulator.spins();
    const [{ pixels }, { palette }] = [this.lattice, this];
    for (let x = 0, from = 0; x < lx; x += 1) {
      for (let to = (ly - 1) * lx + x; to >= 0; to -= lx, from += 1) pixels[to] = palette[spins[from] & 1];
    }
    const age = now - this.reservoirsAt;
    if (age === Infinity || (playing && !still.matches && age > RESERVOIR_MS)) {
      this.reservoirsAt = now;
      [mLeft, mRight].forEach((m, end) => {
        const strip = this.reservoirs[end].pixels;
        for (let at = 0; at < strip.length; at += 1) strip[at] = palette[Number(Math.random() < (1 + m) / 2)];
      });
    }
    const { across, high, strip, gap, scaled } = place;
    const parts = /** @type {[Sites, number, number][]} */ ([
      [this.reservoirs[0], 0, strip],
      [this.lattice, strip + gap, across - 2 * (strip + gap)],
      [this.reservoirs[1], across - strip, strip],
    ]);
    context.clearRect(0, 0, across, high);
    context.imageSmoothingEnabled = scaled;
    for (const [sites, left, width] of parts) {
      sites.draw(context, left, width, high);
      if (!this.gas || !this.circles) continue;
      context.save();
      context.translate(left, 0);
      context.fillStyle = this.circles;
      context.fillRect(0, 0, width, high);
      context.restore();
    }
  }

  /** Turns the arrows above the lattice. @param {Run} run */
  point(run) {
    const { mLeft, mRight, reservoirs } = run.simulator.params();
    const rise = Math.sign(mRight - mLeft);
    this.arrow('gradient', rise, 'gradient');
    this.arrow('current', run.word === 'downhill' ? -rise : rise, run.word ?? 'none');
    this.arrows.style.visibility = reservoirs === 'off' ? 'hidden' : 'visible';
  }

  /** What a sighted person would read off. @param {Run} run */
  describe(run) {
    const { mLeft, mRight, lx, ly } = run.simulator.params();
    const lean = mRight > mLeft ? pictures.risesRight : mRight < mLeft ? pictures.risesLeft : pictures.level;
    this.arrows.setAttribute('aria-label', `${lean} ${answer.hidden ? pictures.kept : run.sentence}`);
    this.canvas.setAttribute('aria-label', [pictures.lattice(lx, ly), inWords(run), run.observables.paintedText].filter(Boolean).join(' '));
  }

  /** @param {string} which @param {number} sign @param {string} direction */
  arrow(which, sign, direction) {
    const svg = find(`.arrow.${which}`, SVGElement, this.arrows);
    svg.dataset.direction = sign === 0 ? 'none' : direction;
    const width = svg.clientWidth || 200;
    const middle = 7;
    const [tail, head, tip] = sign >= 0 ? [2, width - 10, width] : [width - 2, 10, 0];
    const line = find('line', SVGElement, svg);
    for (const [name, value] of Object.entries({ x1: tail, x2: head, y1: middle, y2: middle })) line.setAttribute(name, String(value));
    find('path', SVGElement, svg).setAttribute('d', `M${tip} ${middle}L${head} ${middle - 5}V${middle + 5}z`);
  }

  /** @param {Element} caption */
  caption(caption) {
    say(caption, !this.context ? lab.noCanvas : this.place?.scaled ? lab.scaled : '');
  }
}
