// The lattice between its reservoirs: whole device pixels a site, never blurred.

import { find, say } from './elements.js';
import { plotTheme } from './theme.js';

/** Columns of a reservoir's strip, and between it and the lattice, in cells. */
const STRIP = 3;
const GAP = 1;
/** Room for labels around the lattice, in CSS pixels. */
const MARGIN = { top: 24, bottom: 26, side: 8 };
/** Cells smaller than this are drawn as squares also in the lattice gas. */
const SMALLEST_CIRCLE = 5;
/** How often the reservoirs' columns are drawn anew, in ms. */
const RESERVOIR_MS = 250;

/** @typedef {import('./run.js').Run} Run */

/** @param {string} hex */
function packed(hex) {
  const value = parseInt(hex.slice(1), 16);
  return (255 << 24 | (value & 255) << 16 | (value >> 8 & 255) << 8 | value >> 16) >>> 0;
}

export class LatticeView {
  /** @param {HTMLElement} column @param {(lost: boolean) => void} onLost */
  constructor(column, onLost) {
    this.stage = find('.stage', HTMLElement, column);
    this.frame = find('canvas.frame', HTMLCanvasElement, column);
    this.canvas = find('canvas.lattice', HTMLCanvasElement, column);
    this.arrows = find('.arrows', HTMLElement, column);
    this.small = document.createElement('canvas');
    this.gas = false;
    this.drawn = '';
    this.reservoirsAt = -Infinity;
    this.scaled = false;
    const context = this.canvas.getContext('2d');
    const smallContext = this.small.getContext('2d');
    if (!context || !smallContext) throw new Error('This browser gives the page no canvas to draw on.');
    this.context = context;
    this.smallContext = smallContext;
    this.canvas.addEventListener('contextlost', () => onLost(true));
    this.canvas.addEventListener('contextrestored', () => { this.drawn = ''; onLost(false); });
    /** @type {ImageData | null} */
    this.image = null;
    /** @type {Uint32Array | null} */
    this.pixels = null;
  }

  /** Fits cells, canvases and frame to the room that there is. @param {Run} run */
  fit(run) {
    const { lx, ly, reservoirs } = run.simulator.params();
    const theme = plotTheme();
    const scale = theme.scale;
    const room = this.stage.clientWidth;
    const tallest = Math.max(180, innerHeight - 150);
    const key = [room, tallest, scale, lx, ly, reservoirs, run.version, theme.paper, theme.ink].join();
    if (key === this.drawn || room === 0) return;
    this.drawn = key;
    const across = lx + (reservoirs ? 2 * (STRIP + GAP) : 0);
    const fits = Math.min(((room - 2 * MARGIN.side) * scale) / across, ((tallest - MARGIN.top - MARGIN.bottom) * scale) / ly);
    this.scaled = fits < 1;
    const cell = this.scaled ? fits : Math.floor(fits);
    const [width, height] = [Math.round(across * cell), Math.round(ly * cell)];
    const left = Math.floor((Math.round(room * scale) - width) / 2);
    const top = Math.round(MARGIN.top * scale);
    const total = Math.ceil(height / scale + MARGIN.top + MARGIN.bottom);
    this.stage.style.height = `${total}px`;
    this.frame.width = Math.round(room * scale);
    this.frame.height = Math.round(total * scale);
    const place = (/** @type {number} */ pixels) => `${pixels / scale}px`;
    Object.assign(this.canvas.style, { left: place(left), top: place(top), width: place(width), height: place(height) });
    this.canvas.width = width;
    this.canvas.height = height;
    this.small.width = across;
    this.small.height = ly;
    this.image = this.smallContext.createImageData(across, ly);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.cell = cell;
    this.across = across;
    this.ly = ly;
    this.lx = lx;
    this.margin = reservoirs ? STRIP + GAP : 0;
    this.colours = { plus: packed(theme.plus), minus: packed(theme.minus), plusText: theme.plus, minusText: theme.minus };
    const edge = this.margin * cell;
    run.simulator.drawLatticeFrame(this.frame, theme, {
      left: left + edge, right: left + width - edge, top, bottom: top + height,
      reservoir: STRIP * cell, gap: GAP * cell,
    });
    this.arrows.style.width = place(width);
    this.reservoirsAt = -Infinity;
  }

  /** @param {Run} run @param {number} now @param {boolean} playing */
  draw(run, now, playing) {
    this.fit(run);
    if (!this.pixels || !this.image || !this.colours || !this.cell || !this.across || !this.ly || !this.lx || this.margin === undefined) return;
    const { pixels, across, ly, lx, margin, colours } = this;
    const spins = run.simulator.spins();
    const palette = [colours.minus, colours.plus];
    for (let x = 0; x < lx; x += 1) {
      let to = (ly - 1) * across + margin + x;
      const from = x * ly;
      for (let y = 0; y < ly; y += 1) {
        pixels[to] = palette[spins[from + y] & 1];
        to -= across;
      }
    }
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches && this.reservoirsAt > 0;
    if (margin > 0 && (this.reservoirsAt < 0 || (playing && !still && now - this.reservoirsAt > RESERVOIR_MS))) {
      this.reservoirsAt = Math.max(now, 0);
      const { mLeft, mRight } = run.simulator.params();
      for (let y = 0; y < ly; y += 1) {
        for (let x = 0; x < STRIP; x += 1) {
          pixels[y * across + x] = palette[Number(Math.random() < (1 + mLeft) / 2)];
          pixels[y * across + across - 1 - x] = palette[Number(Math.random() < (1 + mRight) / 2)];
        }
      }
    }
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (this.gas && this.cell >= SMALLEST_CIRCLE) this.circles();
    else {
      this.smallContext.putImageData(this.image, 0, 0);
      this.context.imageSmoothingEnabled = this.scaled;
      this.context.drawImage(this.small, 0, 0, this.canvas.width, this.canvas.height);
    }
  }

  /** The lattice gas: a circle for every plus, as in the paper's Fig. 1. */
  circles() {
    const { pixels, across, ly, margin, cell, colours, context } = this;
    if (!pixels || !across || !ly || !cell || !colours || margin === undefined) return;
    context.fillStyle = colours.minusText;
    const strip = margin > 0 ? STRIP * cell : 0;
    if (strip) {
      context.fillRect(0, 0, strip, this.canvas.height);
      context.fillRect(this.canvas.width - strip, 0, strip, this.canvas.height);
    }
    context.fillRect(margin * cell, 0, this.canvas.width - 2 * margin * cell, this.canvas.height);
    context.fillStyle = colours.plusText;
    context.beginPath();
    const radius = cell * 0.42;
    for (let at = 0; at < across * ly; at += 1) {
      if (pixels[at] !== colours.plus) continue;
      const x = (at % across + 0.5) * cell;
      const y = (Math.floor(at / across) + 0.5) * cell;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fill();
  }

  /** What a sighted person would read off. @param {Run} run */
  describe(run) {
    const { mLeft, mRight, reservoirs } = run.simulator.params();
    const { current, verdict } = run.observables;
    const direction = run.word ?? 'none';
    const arrow = (/** @type {string} */ which, /** @type {number} */ sign) => {
      const svg = find(`.arrow.${which}`, SVGElement, this.arrows);
      svg.dataset.direction = which === 'current' ? direction : 'gradient';
      const width = svg.clientWidth || 200;
      const middle = 7;
      const [tail, head] = sign >= 0 ? [2, width - 10] : [width - 2, 10];
      const line = find('line', SVGElement, svg);
      for (const [name, value] of Object.entries({ x1: tail, x2: head, y1: middle, y2: middle })) line.setAttribute(name, String(value));
      const tip = sign >= 0 ? head + 10 : head - 10;
      find('path', SVGElement, svg).setAttribute('d', `M${tip} ${middle}L${head} ${middle - 5}V${middle + 5}z`);
    };
    arrow('gradient', mRight - mLeft);
    arrow('current', current.mean ?? 0);
    this.arrows.style.visibility = reservoirs ? 'visible' : 'hidden';
    const lean = mRight > mLeft ? 'left to right' : 'right to left';
    this.arrows.setAttribute('aria-label', `The gradient points from ${lean}. ${verdict}`);
    this.canvas.setAttribute('aria-label', `Lattice of ${this.lx} by ${this.ly} spins. ${verdict}`);
  }

  /** @param {Element} caption */
  caption(caption) {
    say(caption, this.scaled ? 'smaller than one pixel a site: scaled down' : '');
  }
}
