// A recording: lattice, curves, result and link composed on a canvas, and that as a film.

import { answer } from '../ground/answer.js';
import { button, say } from '../ground/elements.js';
import { guarded, reasonOf } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { save } from '../ground/save.js';
import { plotTheme } from '../ground/theme.js';
import { signOf } from '../lab/spoken.js';
import { record as words } from '../words/record.js';
import { nameOf } from './save-page.js';

/** Of the picture, in pixels: its size, its margin, and the height of what is said above and below. */
const [WIDTH, HEIGHT, MARGIN, HEAD, FOOT] = [1280, 720, 24, 84, 52];
/** Frames a second, and how often the curves are drawn anew, in ms. */
const RATE = 30;
const CURVES_MS = 200;
/** Bits a second: sharp squares want many. */
const BITS = 6e6;
/** How long a recording may be, in s. */
const LENGTHS = [5, 10, 30, 60, Infinity];
/** Formats, from the one that most programs play, with the end of its name. */
const FORMATS = [
  ['video/mp4;codecs=avc1.42E01F', 'mp4', 'MP4 (H.264)'],
  ['video/mp4;codecs=avc1', 'mp4', 'MP4 (H.264)'],
  ['video/webm;codecs=vp9', 'webm', 'WebM (VP9)'],
  ['video/webm;codecs=vp8', 'webm', 'WebM (VP8)'],
  ['video/webm', 'webm', 'WebM'],
];

/** @typedef {import('../lab/lab.js').Lab} Lab */
/** @typedef {import('../lab/run.js').Run} Run */

/** The film's picture, drawn from the engine whatever of the page is seen. */
class Film {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    this.canvas = document.createElement('canvas');
    [this.canvas.width, this.canvas.height] = [WIDTH, HEIGHT];
    const context = this.canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error(words.noFormat);
    this.context = context;
    this.theme = { ...plotTheme(), scale: 1, size: 15 };
    this.sites = document.createElement('canvas');
    const high = (HEIGHT - HEAD - FOOT) / 2;
    this.curves = [0, 1].map(() => Object.assign(document.createElement('canvas'), { width: WIDTH / 2 - MARGIN, height: high }));
    this.drawnAt = -Infinity;
  }

  /** @param {number} now */
  draw(now) {
    const { context, theme, lab } = this;
    context.fillStyle = theme.paper;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    const across = WIDTH / 2 / lab.runs.length;
    lab.runs.forEach((run, number) => this.lattice(run, number * across + MARGIN, across - 1.5 * MARGIN));
    if (!answer.hidden) this.plots(now);
    this.texts();
  }

  /** @param {Run} run @param {number} left @param {number} across */
  lattice({ simulator }, left, across) {
    const { context, theme, sites } = this;
    const { lx, ly } = simulator.params();
    [sites.width, sites.height] = [lx, ly];
    const small = sites.getContext('2d');
    if (!small) return;
    const spins = simulator.spins();
    small.fillStyle = theme.minus;
    small.fillRect(0, 0, lx, ly);
    small.fillStyle = theme.plus;
    for (let x = 0; x < lx; x += 1) {
      for (let y = 0; y < ly; y += 1) {
        const from = y;
        while (y < ly && spins[x * ly + y] & 1) y += 1;
        if (y > from) small.fillRect(x, ly - y, 1, y - from);
      }
    }
    const exact = Math.min(across / lx, (HEIGHT - HEAD - FOOT) / ly);
    const cell = exact < 1 ? exact : Math.floor(exact);
    const [wide, high] = [lx * cell, ly * cell];
    context.imageSmoothingEnabled = cell < 1;
    context.drawImage(sites, left, HEAD, wide, high);
    context.strokeStyle = theme.faint;
    context.strokeRect(left - 0.5, HEAD - 0.5, wide + 1, high + 1);
  }

  /** @param {number} now */
  plots(now) {
    const { curves: [current, profile], lab: { simulator, second }, theme, context } = this;
    if (now - this.drawnAt >= CURVES_MS) {
      this.drawnAt = now;
      if (second) simulator.drawIntegratedCurrents(current, theme, second);
      else simulator.drawIntegratedCurrent(current, theme);
      simulator.drawProfile(profile, theme);
    }
    context.drawImage(current, WIDTH / 2, HEAD);
    context.drawImage(profile, WIDTH / 2, HEAD + current.height);
  }

  texts() {
    const { lab, theme } = this;
    lab.runs.forEach((run, number) => {
      const { current, timeText, paintedText } = run.read();
      const line = HEAD - 12 - (lab.runs.length - 1 - number) * 30;
      const colour = run.word ? theme[run.word] : theme.ink;
      const result = answer.hidden ? '' : `${run.word?.toUpperCase() ?? signOf(run)}, J = ${current.text}, `;
      this.write(`${result}t = ${timeText}`, line, 24, colour);
      this.write([run.simulator.link(), paintedText].filter(Boolean).join(' '), HEIGHT - 10 - (lab.runs.length - 1 - number) * 20, 15, theme.faint);
    });
  }

  /** A line of text, smaller where it would be too long. @param {string} text @param {number} line @param {number} size @param {string} colour */
  write(text, line, size, colour) {
    const { context, theme } = this;
    context.fillStyle = colour;
    context.font = `${size}px ${theme.font}`;
    context.fillText(text, MARGIN, line, WIDTH - 2 * MARGIN);
  }
}

/** What is shown while a recording is made, or may be. */
class Recording {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    const [type, ending, format] = FORMATS.find(([mime]) => MediaRecorder.isTypeSupported(mime)) ?? [];
    if (!type) throw new Error(words.noFormat);
    this.type = type;
    this.ending = ending ?? '';
    this.format = format ?? '';
    this.place = document.createElement('span');
    this.place.className = 'recording';
    this.length = document.createElement('select');
    this.length.setAttribute('aria-label', words.length);
    for (const length of LENGTHS) this.length.add(new Option(Number.isFinite(length) ? words.seconds(length) : words.untilStopped, String(length)));
    this.go = document.createElement('button');
    Object.assign(this.go, { type: 'button', className: 'small', textContent: words.start });
    this.state = document.createElement('output');
    this.command = document.createElement('code');
    this.place.append(this.length, this.go, this.state, this.command);
    /** @type {MediaRecorder | null} */
    this.recorder = null;
    this.go.addEventListener('click', () => guarded(() => (this.recorder ? this.recorder.stop() : this.start())));
    this.rest();
  }

  /** Nothing is recorded. @param {string} [news] */
  rest(news = words.format(this.format)) {
    const { simulator } = this.lab;
    this.recorder = null;
    this.length.disabled = false;
    say(this.go, words.start);
    say(this.state, news);
    say(this.command, words.film(simulator.link(), Math.max(1, Math.ceil(simulator.time))));
  }

  start() {
    const { lab } = this;
    const longest = Number(this.length.value) * 1000;
    /** @type {Blob[]} */
    const parts = [];
    try {
      const film = new Film(lab);
      film.draw(performance.now());
      const stream = film.canvas.captureStream(RATE);
      const recorder = new MediaRecorder(stream, { mimeType: this.type, videoBitsPerSecond: BITS });
      const link = lab.simulator.link();
      let [passed, last, drawn] = [0, performance.now(), 0];
      const step = () => {
        if (recorder.state === 'inactive') return;
        const now = performance.now();
        if (recorder.state === 'recording') passed += now - last;
        last = now;
        if (now - drawn >= 1000 / RATE - 2) {
          drawn = now;
          guarded(() => film.draw(now));
          say(this.state, words.recording(Math.floor(passed / 1000), this.format));
        }
        if (passed >= longest) recorder.stop();
        else requestAnimationFrame(step);
      };
      // Where nobody sees the page nothing is drawn, and the run waits as well.
      const seen = () => {
        if (document.hidden && recorder.state === 'recording') recorder.pause();
        else if (!document.hidden && recorder.state === 'paused') recorder.resume();
      };
      document.addEventListener('visibilitychange', seen);
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      /** @type {unknown} */
      let trouble = null;
      recorder.addEventListener('error', (event) => { trouble = /** @type {any} */ (event).error; });
      recorder.addEventListener('stop', () => guarded(async () => {
        document.removeEventListener('visibilitychange', seen);
        for (const track of stream.getTracks()) track.stop();
        const file = new Blob(parts, { type: this.type.split(';')[0] });
        if (file.size === 0) {
          this.fail(trouble ?? new Error(words.nothing));
          return;
        }
        const name = `${await nameOf(link).catch(() => 'uphill')}.${this.ending}`;
        save(name, file);
        this.rest(words.saved(name));
      }));
      recorder.start(1000);
      this.recorder = recorder;
      this.length.disabled = true;
      say(this.go, words.stop);
      step();
    } catch (error) {
      this.fail(error);
    }
  }

  /** @param {unknown} error */
  fail(error) {
    this.rest();
    notice(words.failed(reasonOf(error)));
  }
}

/** @type {Recording | null} */
let open = null;

/** Opens what records, or closes it where nothing is recorded. @param {Lab} lab */
export function toggleRecording(lab) {
  const opens = button('record');
  if (open?.recorder) return;
  if (open) {
    open.place.remove();
    open = null;
  } else {
    try {
      open = new Recording(lab);
    } catch (error) {
      notice(reasonOf(error));
      return;
    }
    opens.after(open.place);
    open.go.focus();
  }
  opens.setAttribute('aria-expanded', String(open !== null));
}
