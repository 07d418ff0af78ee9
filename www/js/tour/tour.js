// The guided tour: a panel above the lab, whose steps set the lab's run and read it off.

import { readLink, stateText, theory } from '../../engine/lab.js';
import { inLanguage } from '../address/embed.js';
import { noteStep, pushAddress } from '../address/link.js';
import { element, find, made } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { write } from '../ground/formulas.js';
import { describeControls } from '../ground/help.js';
import { isOfPage } from '../ground/keys.js';
import { result } from '../words/page.js';
import { STEPS, WORDS } from '../words/tour.js';

/** Time between two readings of the run, in ms. */
const READ_MS = 300;

/** Where arrows and pages have a meaning of their own. */
const OWN_KEYS = 'input, select, textarea, summary, [role="slider"], [role="radiogroup"], [role="dialog"], dialog, [contenteditable]';

/** How many steps a key goes on. @type {Record<string, number>} */
const GOES = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

/** @typedef {import('../lab/lab.js').Lab} Lab */
/** @typedef {import('../../engine/lab.js').Observables} Observables */
/** @typedef {import('../words/tour.js').Step} Step */
/** @typedef {import('../words/tour.js').Row} Row */

/** A paragraph with formulas. @param {string} name @param {string} text */
function words(name, text) {
  const node = made('p', name);
  write(node, text);
  return node;
}

/** Which way the current flows, in words. */
const { ways } = result;

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The step of a fragment, from 0, or null if there is none such. @param {string} text */
export const stepOf = (text) => (/^[1-9]\d?$/.test(text) && Number(text) <= STEPS.length ? Number(text) - 1 : null);

/** The run of a step as its canonical link. @param {number} step */
const linkOf = (step) => readLink(STEPS[step].link).link;

/** A mean with its error, or a word that it has none; the table of numbers says why. @param {import('../../engine/lab.js').Estimate} estimate */
const shown = ({ text, error }) => (error === null ? `${text} (${WORDS.noError})` : text);

/** What each row reads off a run. @type {Record<Row, (o: Observables, beta: number) => string>} */
const READS = {
  moves: (o) => `${o.eventsText}, t = ${o.timeText}`,
  magnetization: (o, beta) => theory(beta).mBetaText,
  current: (o) => (o.current.error === null ? shown(o.current) : `${o.current.text}, ${o.sigmasText.replace(' ', '\u00a0')}`),
  relation: (o) => shown(o.fromLastColumn),
  last: (o) => shown(o.lastColumn),
  state: (o) => (o.profileState === o.state ? o.stateText : `${o.stateText}; ${WORDS.average(o.profileStateText)}`),
  // What was measured from the start on averages over the step as well.
  bump: (o) => (o.since === 0 ? WORDS.afresh : o.bump ? WORDS.bumpAt(o.bump.text, o.bump.x) : WORDS.noBump),
  mEq: (o) => shown(o.mEq),
  power: (o) => shown(o.power),
  efficiency: (o) => shown(o.efficiency),
};

export class Tour {
  /** @param {Lab} lab @param {() => void} onClose */
  constructor(lab, onClose) {
    this.lab = lab;
    this.onClose = onClose;
    /** The step that is shown, from 0, or null while the tour is closed. @type {number | null} */
    this.step = null;
    this.readAt = -Infinity;
    // The texts of all steps lie over each other, so that the height stays.
    this.number = made('span', 'tour-number number');
    this.name = made('span', '');
    this.title = made('h2', 'tour-title', this.number, ' ', this.name);
    this.title.id = 'tour-title';
    this.title.tabIndex = -1;
    this.links = STEPS.map((step, number) => this.link(number));
    const list = made('ol', 'tour-steps', ...this.links.map((link) => made('li', '', link)));
    this.back = this.button('tour-back', WORDS.back, () => this.go(-1));
    this.next = this.button('tour-next', WORDS.next, () => (this.step === STEPS.length - 1 ? this.leave() : this.go(1)));
    this.next.classList.add('primary');
    this.back.setAttribute('aria-keyshortcuts', 'ArrowLeft PageUp');
    this.next.setAttribute('aria-keyshortcuts', 'ArrowRight PageDown');
    const close = this.button('tour-close', '×', () => this.leave());
    close.setAttribute('aria-label', WORDS.close);
    const papers = STEPS.map((step) => made('div', '', words('tour-statement', step.statement), words('tour-where', step.where), words('tour-reading', step.reading)));
    const looks = STEPS.map((step) => made('div', '', words('', step.look), words('tour-where', step.takes)));
    this.pages = [papers, looks];
    this.seen = made('p', 'tour-seen');
    this.rows = [0, 1, 2].map(() => [made('dt', ''), made('dd', 'number')]);
    this.again = this.button('tour-again', WORDS.again, () => {
      this.set();
      this.lab.play();
    });
    this.left = made('p', 'tour-left', made('span', '', WORDS.left), ' ', this.again);
    const live = made('div', 'tour-live', made('div', 'tour-pages', this.seen, this.left), made('dl', '', ...this.rows.flat()));
    const column = (/** @type {string} */ name, /** @type {Node[]} */ pages) => made('div', 'tour-column', made('h3', '', name), made('div', 'tour-pages', ...pages));
    this.news = made('p', 'unseen');
    this.news.setAttribute('role', 'status');
    this.panel = made(
      'section', 'tour',
      made('div', 'tour-head', this.title, list, made('div', 'tour-buttons', this.back, this.next, close)),
      made('div', 'tour-body', column(WORDS.paper, papers), column(WORDS.look, looks), column(WORDS.live, [live])),
      this.news,
    );
    this.panel.id = 'tour';
    this.panel.setAttribute('aria-labelledby', 'tour-title');
    this.panel.hidden = true;
    element('lab').prepend(this.panel);
    describeControls(this.panel);
    this.sized = new ResizeObserver(() => this.measure());
    this.sized.observe(this.panel);
    lab.listeners.push(() => { this.readAt = -Infinity; });
    lab.drawers.push((now) => {
      if (this.step === null || now - this.readAt < READ_MS) return;
      this.readAt = now;
      this.read();
    });
    document.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** @param {string} id @param {string} label @param {() => void} act */
  button(id, label, act) {
    const button = made('button', '', label);
    button.type = 'button';
    button.id = id;
    button.addEventListener('click', () => guarded(act));
    return button;
  }

  /** @param {number} step */
  link(step) {
    const link = made('a', 'number', String(step + 1));
    link.href = `?${inLanguage(linkOf(step))}#tour=${step + 1}`;
    link.setAttribute('aria-label', `${step + 1}: ${STEPS[step].title}`);
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      guarded(() => this.turnTo(step));
    });
    return link;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = GOES[event.key];
    const at = event.target instanceof Element ? event.target : document.body;
    if (by === undefined || this.step === null || !this.lab.shown || !isOfPage(event)) return;
    if (event.shiftKey || at.closest(OWN_KEYS)) return;
    event.preventDefault();
    if (!event.repeat) guarded(() => this.go(by));
  }

  /** Goes on by so many steps, if there are as many. @param {number} by */
  go(by) {
    const step = (this.step ?? -1) + by;
    if (step >= 0 && step < STEPS.length) this.turnTo(step);
  }

  /** Turns to a step, which sets the lab and gets an entry in the history. @param {number} step @param {boolean} [focus] */
  turnTo(step, focus = false) {
    // The entry that is left leads back to the run as it is, not as it was last read.
    this.lab.noteInAddress();
    pushAddress(linkOf(step), String(step + 1));
    this.show(step, focus);
    this.set();
  }

  /** Sets the lab as the step has it. */
  set() {
    if (this.step === null) return;
    if (this.lab.other) this.lab.compare(null);
    this.lab.restart(STEPS[this.step].link);
    this.lab.begin();
    this.read();
  }

  /** Opens the tour at a step, and leaves the lab as it is. @param {number} step @param {boolean} [focus] */
  show(step, focus = false) {
    const before = this.step;
    this.step = step;
    this.panel.hidden = false;
    element('lab').classList.add('touring');
    const { title } = STEPS[step];
    write(this.number, WORDS.step(step + 1));
    write(this.name, title);
    for (const pages of this.pages) pages.forEach((page, number) => page.classList.toggle('tour-off', number !== step));
    this.links.forEach((link, number) => {
      if (number === step) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    });
    if (document.activeElement === this.back && step === 0) this.next.focus();
    this.back.disabled = step === 0;
    this.next.textContent = step === STEPS.length - 1 ? WORDS.end : WORDS.next;
    find('h3', HTMLElement, this.panel).textContent = STEPS[step].ours ? WORDS.ours : WORDS.paper;
    this.rows.forEach(([name], number) => write(name, WORDS.rows[STEPS[step].rows[number]]));
    this.measure();
    if (focus) this.title.focus({ preventScroll: true });
    else if (before !== step) this.news.textContent = WORDS.announced(step + 1);
    noteStep(String(step + 1));
    this.read();
    this.lab.changed();
  }

  /** Closes the tour; the run goes on. */
  close() {
    if (this.step === null) return;
    this.step = null;
    this.panel.hidden = true;
    element('lab').classList.remove('touring');
    this.news.textContent = '';
    noteStep('');
    this.lab.changed();
  }

  /** The person has closed it. */
  leave() {
    this.close();
    this.onClose();
  }

  /** Tells the lab how much room is left. */
  measure() {
    const high = this.panel.offsetHeight;
    if (high > 0) element('lab').style.setProperty('--tour', `${high}px`);
    this.lab.refresh();
  }

  /** Says what the run gives. */
  read() {
    if (this.step === null) return;
    const step = STEPS[this.step];
    const { observables, word } = this.lab.first;
    const { simulator } = this.lab;
    const own = !observables.altered && simulator.link() === linkOf(this.step);
    this.left.classList.toggle('tour-off', own);
    this.seen.classList.toggle('tour-off', !own);
    this.again.disabled = own;
    write(this.seen, claim(step, observables, word));
    const { beta } = simulator.params();
    this.rows.forEach(([, value], number) => write(value, READS[step.rows[number]](observables, beta)));
  }
}

/** What a run shows, in two words. @param {Observables} o @param {'uphill' | 'downhill' | null} word */
const describe = (o, word) => (word ? WORDS.seenNow(capital(ways[word])) : WORDS.seenNow(capital(o.stateText)));

/** What a run shows of a step's statement. @param {Step} step @param {Observables} o @param {'uphill' | 'downhill' | null} word */
export function claim(step, o, word) {
  const seen = [];
  if (step.direction) {
    if (!word) return WORDS.wait;
    if (word !== step.direction) return (step.ours ? WORDS.seenNow : WORDS.agreesNot)(capital(ways[word]));
    seen.push(ways[word]);
  }
  if (step.state) {
    // A mirror image is as good.
    const now = o.state.replace('mirror-', '');
    if (now !== step.state) return [...seen.map((way) => WORDS.seenNow(capital(way))), WORDS.stateNotYet(o.stateText, stateText(step.state))].join(' ');
    seen.push(o.stateText);
  }
  if (seen.length === 0) return describe(o, word);
  const text = capital(seen.join(', '));
  return step.ours ? WORDS.seenNow(text) : WORDS.agrees(text);
}
