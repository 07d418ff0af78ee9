// Painting: spins set by hand, by pointer or by keys, on a lattice that runs or rests; and the
// mark that the run's link no longer leads to it.

import { button, element, find, say } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { describeControls } from '../ground/help.js';
import { isOfPage } from '../ground/keys.js';
import { brush as words } from '../words/page.js';

/** Sites that the brush goes at once while Shift is held. */
const LEAP = 5;

/** @type {Record<string, [dx: number, dy: number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
/** @type {Record<string, 1 | -1>} */
const SIGNS = { '+': 1, '=': 1, '-': -1, '−': -1 };

/** @typedef {import('./lab.js').Lab} Lab */
/** @typedef {import('./lattice.js').LatticeView} LatticeView */
/** Column and row from 0; a pointer's may lie outside the lattice. @typedef {{x: number, y: number}} Site */

/** The sites from one to another, without the first. @param {Site} from @param {Site} to */
function between(from, to) {
  const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
  return Array.from({ length: steps }, (_, step) => {
    const share = (step + 1) / steps;
    return { x: Math.round(from.x + share * (to.x - from.x)), y: Math.round(from.y + share * (to.y - from.y)) };
  });
}

/** One lattice of the lab to paint on. */
class Easel {
  /** @param {Painter} painter @param {LatticeView} view @param {number} number which of the runs */
  constructor(painter, view, number) {
    this.painter = painter;
    this.view = view;
    this.number = number;
    /** Where each pointer that is down was last. @type {Map<number, Site>} */
    this.strokes = new Map();
    /** Where the brush is. @type {Site | null} */
    this.at = null;
    this.outline = document.createElement('i');
    this.outline.className = 'brush-outline';
    this.outline.hidden = true;
    view.stage.append(this.outline);
    const { canvas } = view;
    const hear = (/** @type {'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'pointerleave'} */ name, /** @type {(event: PointerEvent) => void} */ act) => {
      canvas.addEventListener(name, (event) => { if (painter.on) guarded(() => act(event)); });
    };
    hear('pointerdown', (event) => this.press(event));
    hear('pointermove', (event) => this.move(event));
    for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) hear(end, (event) => this.lift(event));
    hear('pointerleave', () => this.point(document.activeElement === canvas ? this.at : null));
    canvas.addEventListener('keydown', (event) => { if (painter.on) guarded(() => this.key(event)); });
    canvas.addEventListener('focus', () => { if (painter.on) this.point(this.at ?? this.middle()); });
    canvas.addEventListener('blur', () => this.point(null));
    new ResizeObserver(() => this.point(this.at)).observe(canvas);
  }

  /** The run that is painted, or null while there is none. */
  get run() { return this.painter.lab.runs[this.number] ?? null; }

  size() {
    const { lx = 1, ly = 1 } = this.run?.simulator.params() ?? {};
    return { lx, ly };
  }

  middle() {
    const { lx, ly } = this.size();
    return { x: lx >> 1, y: ly >> 1 };
  }

  /** Edges of a site and the lattice's left one, in the canvas's pixels; null while it is not drawn. */
  grid() {
    const { place } = this.view;
    const { lx, ly } = this.size();
    if (!place) return null;
    const left = place.strip + place.gap;
    return { left, wide: (place.across - 2 * left) / lx, tall: place.high / ly };
  }

  /** The site under a pointer. @param {PointerEvent} event @returns {Site | null} */
  siteOf(event) {
    const grid = this.grid();
    const box = this.view.canvas.getBoundingClientRect();
    if (!grid || box.width === 0) return null;
    const pixels = this.view.canvas.width / box.width;
    const [across, down] = [(event.clientX - box.left) * pixels - grid.left, (event.clientY - box.top) * pixels];
    return { x: Math.floor(across / grid.wide), y: this.size().ly - 1 - Math.floor(down / grid.tall) };
  }

  /** Paints where the lattice is. @param {Site[]} sites */
  touch(sites) {
    const { lx, ly } = this.size();
    const { lab, radius, spin } = this.painter;
    const { run } = this;
    if (!run) return;
    let turned = 0;
    for (const { x, y } of sites) {
      if (x >= 0 && x < lx && y >= 0 && y < ly) turned += run.simulator.paint(x, y, radius, spin);
    }
    if (turned === 0) return;
    run.begin();
    this.painter.show();
    lab.refresh();
  }

  /** @param {PointerEvent} event */
  press(event) {
    const site = this.siteOf(event);
    if (!site || event.button !== 0) return;
    try {
      this.view.canvas.setPointerCapture(event.pointerId);
    } catch {
      // The pointer is gone already: the touch is all of its stroke.
    }
    this.strokes.set(event.pointerId, site);
    this.touch([site]);
    this.point(site);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const all = event.getCoalescedEvents?.() ?? [];
    let last = this.strokes.get(event.pointerId);
    /** @type {Site[]} */
    const sites = [];
    for (const each of all.length > 0 ? all : [event]) {
      const site = this.siteOf(each);
      if (!last || !site) continue;
      sites.push(...between(last, site));
      last = site;
    }
    if (last) this.strokes.set(event.pointerId, last);
    this.touch(sites);
    this.point(this.siteOf(event));
  }

  /** @param {PointerEvent} event */
  lift(event) {
    if (!this.strokes.delete(event.pointerId)) return;
    this.painter.lab.changed();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!isOfPage(event)) return;
    const { lx, ly } = this.size();
    const at = this.at ?? this.middle();
    const arrow = ARROWS[event.key];
    if (arrow) {
      const [dx, dy] = arrow.map((step) => step * (event.shiftKey ? LEAP : 1));
      this.point({ x: Math.min(Math.max(at.x + dx, 0), lx - 1), y: (at.y + dy + ly) % ly });
    } else if (event.key === ' ') {
      this.touch([at]);
      this.painter.lab.changed();
    } else if (SIGNS[event.key]) {
      this.painter.choose({ spin: SIGNS[event.key] });
    } else if (event.key === 'Escape') {
      this.painter.toggle();
      button('paint').focus();
    } else {
      return;
    }
    // What the brush has heard is no shortcut of the page or the tour.
    event.preventDefault();
    event.stopPropagation();
    this.tell();
  }

  /** Says where the brush is and what is there. */
  tell() {
    const { run, at } = this;
    if (!run || !at || !this.painter.on) return;
    const up = run.simulator.spins()[at.x * this.size().ly + at.y] & 1;
    say(element('brush-place'), words.place(at.x + 1, at.y + 1, up ? '+' : '−', this.painter.spin > 0 ? '+' : '−'));
  }

  /** Shows the brush at a site, or none. @param {Site | null} site */
  point(site) {
    const grid = this.grid();
    const { outline, view: { canvas } } = this;
    outline.hidden = !site || !grid || !this.painter.on;
    this.at = site ?? this.at;
    if (outline.hidden || !site || !grid) return;
    const css = canvas.clientWidth / canvas.width;
    const { radius, spin } = this.painter;
    const down = this.size().ly - 1 - site.y;
    const length = (/** @type {number} */ cells) => `${cells * css}px`;
    Object.assign(outline.style, {
      left: length(grid.left + (site.x - radius) * grid.wide + canvas.offsetLeft / css),
      top: length((down - radius) * grid.tall + canvas.offsetTop / css),
      width: length((2 * radius + 1) * grid.wide),
      height: length((2 * radius + 1) * grid.tall),
    });
    outline.dataset.spin = spin > 0 ? 'plus' : 'minus';
  }
}

/** The brush, the lattices that it paints, and the mark of what it has painted. */
export class Painter {
  /** @param {Lab} lab @param {LatticeView[]} views of the first run and of the second */
  constructor(lab, views) {
    this.lab = lab;
    this.on = false;
    /** @type {1 | -1} */
    this.spin = 1;
    /** Of the brush, in sites. */
    this.radius = 3;
    this.easels = views.map((view, number) => new Easel(this, view, number));
    this.mark = element('painted');
    this.spins = /** @type {const} */ ([[button('paint-plus'), 1], [button('paint-minus'), -1]]);
    this.radii = [...element('brush').querySelectorAll('button[data-radius]')].map((each) => /** @type {HTMLButtonElement} */ (each));
    for (const [chooser, spin] of this.spins) chooser.addEventListener('click', () => this.choose({ spin }));
    for (const chooser of this.radii) chooser.addEventListener('click', () => this.choose({ radius: Number(chooser.dataset.radius) }));
    button('start-anew').addEventListener('click', () => guarded(() => lab.rebuild(lab.simulator.params())));
    // A bare page has no head to say it in.
    if (document.documentElement.dataset.embed) find('.caption', HTMLElement).after(this.mark);
    lab.listeners.push(() => this.show());
    this.choose({});
  }

  /** @param {{spin?: 1 | -1, radius?: number}} brush */
  choose({ spin = this.spin, radius = this.radius }) {
    Object.assign(this, { spin, radius });
    for (const [chooser, its] of this.spins) chooser.setAttribute('aria-pressed', String(its === spin));
    for (const chooser of this.radii) chooser.setAttribute('aria-pressed', String(Number(chooser.dataset.radius) === radius));
    for (const easel of this.easels) if (!easel.outline.hidden) easel.point(easel.at);
  }

  /** Painting begins or ends. */
  toggle() {
    this.on = !this.on;
    const [toggle, { on }] = [button('paint'), this];
    toggle.setAttribute('aria-pressed', String(on));
    toggle.setAttribute('aria-expanded', String(on));
    element('brush').hidden = !on;
    for (const { view: { canvas, stage }, outline, strokes } of this.easels) {
      stage.toggleAttribute('data-painting', on);
      outline.hidden = true;
      strokes.clear();
      canvas.setAttribute('role', on ? 'application' : 'img');
      if (on) {
        canvas.tabIndex = 0;
        describeControls(stage);
      } else {
        for (const name of ['tabindex', 'aria-describedby']) canvas.removeAttribute(name);
      }
    }
    this.show();
  }

  /** Says of a painted run that it is one. */
  show() {
    const text = this.lab.runs.map(({ observables }) => observables.paintedText).find(Boolean) ?? '';
    // Its place is kept from when painting begins, so that no stroke moves the lattice.
    this.mark.hidden = text === '' && !this.on;
    this.mark.toggleAttribute('data-waiting', text === '');
    say(find('span', HTMLElement, this.mark), text || words.notYet);
  }
}
