// The pictures of a scan: drawn by the engine, read off by pointer or keyboard, their points
// opened in the lab.

import { fill } from '../ground/canvas.js';
import { find, say, showReading } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { write } from '../ground/formulas.js';
import { describeControls } from '../ground/help.js';
import { plotTheme } from '../ground/theme.js';
import * as words from '../words/figures.js';
import { lab } from '../words/page.js';
import { savePng, saveSvg } from './files.js';
import { running, told } from './findings.js';

const REDRAW_MS = 2000;
/** The smallest type of a picture in a frame, in CSS pixels: as in a picture of a book. */
const SMALLEST = 6;
/** A picture in a frame that is so wide may be so low, in units of its type. */
const WIDE = 56;
const LOW = 28;
/** How near a pointer must be to a point, in CSS pixels. */
const REACH = 36;
/** Findings in the words beside the main picture, at most: all of them stand in their list. */
const MOST_FINDINGS = 3;

/** @typedef {import('../../engine/uphill.js').Marker} Marker */
/** @typedef {import('../../engine/uphill.js').PictureInfo} PictureInfo */

/** @param {string} html of static markup, known here */
function made(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
}

const PICTURE = `<figure class="picture">
  <figcaption><span class="title"></span><button type="button" class="small svg">SVG</button><button type="button" class="small png">PNG</button></figcaption>
  <output class="readout number"></output>
  <div class="plot-area"><canvas role="img"></canvas>
  <div class="probe" tabindex="0" role="slider" aria-valuemin="0" aria-valuemax="0" aria-valuenow="0" aria-valuetext="${words.pictures.unread}"><i class="hair"></i><i class="dot"></i></div></div>
</figure>`;

const POINT_LINE = `<p class="point-line"><span class="words" role="status"></span><button type="button" class="small curve" aria-pressed="false">${words.pictures.show} <math><msub><mi>J</mi><mi>t</mi></msub></math></button><button type="button" class="small to-lab">${words.pictures.toLab}</button></p>`;

class Picture {
  /** @param {Pictures} pictures @param {PictureInfo} info */
  constructor(pictures, { name, title }) {
    this.pictures = pictures;
    this.name = name;
    this.title = title;
    this.figure = made(PICTURE);
    this.area = find('.plot-area', HTMLElement, this.figure);
    this.canvas = find('canvas', HTMLCanvasElement, this.figure);
    this.probe = find('.probe', HTMLElement, this.figure);
    this.hair = find('.hair', HTMLElement, this.figure);
    this.dot = find('.dot', HTMLElement, this.figure);
    this.output = find('output', HTMLElement, this.figure);
    this.canvas.id = `picture-${name}`;
    this.canvas.setAttribute('aria-label', title);
    write(find('.title', HTMLElement, this.figure), title);
    this.probe.setAttribute('aria-label', words.pictures.probe(title));
    const file = words.pictures.file(title);
    const { scan } = pictures.runner;
    for (const [kind, save] of /** @type {const} */ ([['svg', saveSvg], ['png', savePng]])) {
      const button = find(`button.${kind}`, HTMLButtonElement, this.figure);
      button.setAttribute('aria-label', `${kind.toUpperCase()}: ${file}`);
      button.addEventListener('click', () => guarded(() => save(scan, name, pictures.chosen)));
    }
    /** @type {Marker[]} */
    this.markers = [];
    /** @type {number | null} The marker that is read. */
    this.read = null;
    this.seen = false;
    /** What points at it: a mouse, a finger. */
    this.pointer = '';
    this.drawable = this.canvas.getContext('2d') !== null;
    this.panel = pictures.panels.add(REDRAW_MS, () => this.seen && this.draw());
    this.observer = new IntersectionObserver((entries) => {
      this.seen = entries[entries.length - 1].isIntersecting;
      if (this.seen) pictures.panels.hurry(this.panel);
    }, { rootMargin: '100px' });
    this.observer.observe(this.area);
    // Not within the observer's own turn: the new height would call it again.
    this.resized = new ResizeObserver(() => requestAnimationFrame(() => {
      this.shape();
      pictures.panels.hurry(this.panel);
    }));
    this.resized.observe(this.figure);
    this.canvas.addEventListener('contextrestored', () => pictures.panels.hurry(this.panel));
    this.listen();
    if (!this.drawable) say(this.output, lab.noPlot);
  }

  close() {
    this.observer.disconnect();
    this.resized.disconnect();
    this.pictures.panels.remove(this.panel);
    this.figure.remove();
  }

  /** Gives the picture its height. */
  shape() {
    const width = this.area.clientWidth;
    // In a frame it has the height that it is given.
    if (width === 0 || !this.figure.isConnected || document.documentElement.dataset.embed) return;
    const aspect = this.pictures.runner.scan.aspect(this.name, width / plotTheme().size);
    this.area.style.height = `${Math.round(width * aspect)}px`;
  }

  listen() {
    const { probe } = this;
    const point = (/** @type {PointerEvent} */ event) => this.readNear(event.offsetX, event.offsetY);
    probe.addEventListener('pointermove', point);
    probe.addEventListener('pointerdown', (event) => {
      this.pointer = event.pointerType;
      point(event);
    });
    probe.addEventListener('pointerleave', () => this.readMarker(null));
    probe.addEventListener('blur', () => this.readMarker(null));
    probe.addEventListener('click', () => guarded(() => this.choose(this.pointer === 'mouse')));
    probe.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        return guarded(() => this.choose(false));
      }
      const last = this.markers.length - 1;
      const at = this.read ?? -1;
      const to = /** @type {Record<string, number>} */ ({ ArrowLeft: at - 1, ArrowRight: at + 1, ArrowDown: at - 1, ArrowUp: at + 1, PageDown: at - 10, PageUp: at + 10, Home: 0, End: last })[event.key];
      if (to === undefined || last < 0) return undefined;
      event.preventDefault();
      return this.readMarker(Math.min(last, Math.max(0, to)));
    });
  }

  /** A pixel of the picture as it is drawn, in CSS pixels. */
  get pixel() { return this.area.clientWidth / this.canvas.width; }

  /** @param {number} x @param {number} y in CSS pixels */
  readNear(x, y) {
    let [best, least] = [/** @type {number | null} */ (null), REACH];
    this.markers.forEach((marker, number) => {
      const distance = Math.hypot(marker.x * this.pixel - x, marker.y * this.pixel - y);
      if (distance < least) [best, least] = [number, distance];
    });
    this.readMarker(best);
  }

  /** @param {number | null} number */
  readMarker(number) {
    this.read = number;
    this.mark();
  }

  /** @param {boolean} atOnce whether what it is was seen before, under the mouse */
  choose(atOnce) {
    const marker = this.read === null ? undefined : this.markers[this.read];
    if (!marker) return;
    this.pictures.select(marker);
    if (atOnce && this.pictures.isMap) this.pictures.open(marker.point);
  }

  /** The colours, and a type with which the picture has room in a frame. */
  theme() {
    const theme = plotTheme();
    if (!document.documentElement.dataset.embed) return theme;
    const { clientWidth: width, clientHeight: height } = this.area;
    const { scan } = this.pictures.runner;
    const fits = () => {
      const ems = width / theme.size;
      return scan.aspect(this.name, ems) * width <= height || (ems >= WIDE && height >= LOW * theme.size);
    };
    while (theme.size > SMALLEST && !fits()) theme.size -= 0.5;
    return theme;
  }

  draw() {
    if (!this.drawable || !fill(this.canvas, this.area)) return false;
    this.markers = this.pictures.runner.scan.draw(this.name, this.canvas, this.theme(), this.pictures.chosen);
    if (this.read !== null && this.read >= this.markers.length) this.read = null;
    this.probe.setAttribute('aria-valuemax', String(Math.max(0, this.markers.length - 1)));
    this.describe();
    this.mark();
    return true;
  }

  /** What a sighted person would read off: how many points, the outermost, and of the main picture what was found. */
  describe() {
    const { runner, found } = this.pictures;
    const total = runner.progress?.points.length ?? 0;
    const drawn = this.markers.length;
    const count = drawn > 0 ? words.pictures.drawn(drawn) : words.pictures.noneDrawn(total);
    const byHeight = [...this.markers].sort((a, b) => b.y - a.y);
    const [lowest, highest] = [byHeight[0], byHeight[drawn - 1]];
    const range = drawn > 1 && lowest.y !== highest.y ? [words.pictures.lowest(lowest.text), words.pictures.highest(highest.text)] : [];
    const findings = this === this.pictures.all[0] ? found.slice(0, MOST_FINDINGS).map(told) : [];
    this.canvas.setAttribute('aria-label', running([words.pictures.count(this.title, count), ...range, ...findings]));
  }

  /** Marks the point that is read, and says its values. */
  mark() {
    if (!this.drawable) return;
    const marker = this.read === null ? undefined : this.markers[this.read];
    this.probe.dataset.reading = String(marker !== undefined);
    showReading(this.output, marker?.text);
    if (!marker) return;
    const px = (/** @type {number} */ pixels) => `${pixels * this.pixel}px`;
    Object.assign(this.hair.style, { left: px(marker.x), top: '0px', height: '100%' });
    Object.assign(this.dot.style, { left: px(marker.x), top: px(marker.y) });
    this.probe.setAttribute('aria-valuenow', String(this.read));
    this.probe.setAttribute('aria-valuetext', marker.text);
  }
}

export class Pictures {
  /**
   * @param {HTMLElement} place
   * @param {import('./panels.js').Panels} panels
   * @param {(link: string) => void} openInLab
   */
  constructor(place, panels, openInLab) {
    this.place = place;
    this.panels = panels;
    /** @type {import('./runner.js').Runner} */
    this.runner = /** @type {any} */ (null);
    /** @type {Picture[]} */
    this.all = [];
    /** @type {number[]} Points whose J_t is shown. */
    this.chosen = [];
    /** @type {import('../../engine/uphill.js').Finding[]} */
    this.found = [];
    /** @type {Marker | null} */
    this.selected = null;
    this.line = made(POINT_LINE);
    this.words = find('.words', HTMLElement, this.line);
    this.curve = find('.curve', HTMLButtonElement, this.line);
    this.openInLab = openInLab;
    this.lab = find('.to-lab', HTMLButtonElement, this.line);
    this.curve.addEventListener('click', () => guarded(() => this.toggle()));
    this.lab.addEventListener('click', () => guarded(() => {
      if (this.selected) this.open(this.selected.point);
    }));
  }

  /** @param {import('./runner.js').Runner} runner */
  show(runner) {
    for (const picture of this.all) picture.close();
    this.runner = runner;
    this.chosen = [];
    this.found = [];
    this.selected = null;
    this.all = runner.scan.pictures().map((info) => new Picture(this, info));
    const [main, ...others] = this.all.map(({ figure }) => figure);
    this.place.replaceChildren(main, this.line, ...others);
    describeControls(this.place);
    for (const picture of this.all) {
      picture.shape();
      picture.describe();
    }
    this.say();
  }

  /** @param {import('../../engine/uphill.js').Finding[]} found */
  describe(found) {
    this.found = found;
    for (const picture of this.all) picture.describe();
  }

  /** Whether J_t of chosen points can be shown. */
  get hasCurves() { return this.all.some(({ name }) => name === 'integrated-current'); }

  /** Whether its points are cells of a map, which a click opens. */
  get isMap() { return this.all.some(({ name }) => name === 'map'); }

  /** @param {number} point */
  open(point) {
    const task = this.runner.tasks.find((one) => one.point === point);
    if (task) this.openInLab(task.link);
  }

  /** @param {Marker} marker */
  select(marker) {
    this.selected = marker;
    this.say();
  }

  toggle() {
    const point = this.selected?.point;
    if (point === undefined) return;
    this.chosen = this.chosen.includes(point) ? this.chosen.filter((other) => other !== point) : [...this.chosen, point];
    this.say();
    for (const { panel } of this.all) this.panels.hurry(panel);
  }

  say() {
    const { selected } = this;
    this.curve.hidden = !this.hasCurves;
    this.curve.disabled = this.lab.disabled = selected === null;
    this.curve.setAttribute('aria-pressed', String(selected !== null && this.chosen.includes(selected.point)));
    say(this.words, selected?.text ?? (this.isMap ? words.pictures.chooseCell : words.pictures.choose));
  }
}
