// The view of the lab: the lattice and everything around it, for the run of a link.

import { readLink } from '../../engine/lab.js';
import { comparedInAddress, playInAddress, readAddress, typed } from '../address/link.js';
import { button, element, find, say } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { onPrint, onThemeChange } from '../ground/theme.js';
import { compare, lab as words, link, loading } from '../words/page.js';
import { startCompare } from './compare.js';
import { startControls } from './controls.js';
import { startDigest } from './digest.js';
import { Lab } from './lab.js';
import { LatticeView } from './lattice.js';
import { startNumbers } from './numbers.js';
import { startPlots } from './plots.js';
import { showResult } from './result.js';
import { startSetup } from './setup.js';
import { LABEL_MS, startWords } from './spoken.js';

/** Time between two readings of the observables, in ms. */
const READ_MS = 150;

/** @param {Lab} lab */
function startLattices(lab) {
  const refresh = () => lab.refresh();
  const lost = () => notice(words.canvasLost);
  const columns = [...document.querySelectorAll('.stage-column')].map((column) => /** @type {HTMLElement} */ (column));
  const views = columns.map((column) => new LatticeView(column, refresh, lost));
  const again = () => {
    for (const view of views) view.drawn = '';
    lab.refresh();
  };
  addEventListener('resize', again);
  onThemeChange(again);
  onPrint(() => lab.runs.forEach((run, number) => views[number].draw(run, performance.now(), false)));
  const [spins, gas] = [button('view-spins'), button('view-gas')];
  const choose = (/** @type {boolean} */ asGas) => {
    for (const view of views) view.gas = asGas;
    spins.setAttribute('aria-pressed', String(!asGas));
    gas.setAttribute('aria-pressed', String(asGas));
    lab.refresh();
  };
  spins.addEventListener('click', () => choose(false));
  gas.addEventListener('click', () => choose(true));
  startPainting(lab, views);
  lab.drawers.push((now) => lab.runs.forEach((run, number) => views[number].draw(run, now, lab.playing)));
  let described = -Infinity;
  return () => {
    const now = performance.now();
    const due = !lab.playing || now - described >= LABEL_MS;
    if (due) described = now;
    lab.runs.forEach((run, number) => {
      views[number].point(run);
      if (due) views[number].describe(run);
      const name = find(`.stage-column[data-run="${number}"] .stage-name b`, HTMLElement);
      const { mRight, reservoirs } = run.simulator.params();
      say(name, `m₊ = ${mRight}`.replace('-', '−') + (reservoirs === 'balanced' ? `, ${compare.control}` : ''));
    });
    views[0].caption(element('lattice-caption'));
  };
}

/** Painting is fetched when it is first asked for. @param {Lab} lab @param {LatticeView[]} views */
function startPainting(lab, views) {
  /** @type {import('./paint.js').Painter | null} */
  let painter = null;
  button('paint').addEventListener('click', () => guarded(async () => {
    if (!painter) {
      const fetched = await import('./paint.js').catch(() => null);
      if (!fetched) return notice(loading.partLater);
      painter ??= new fetched.Painter(lab, views);
    }
    return painter.toggle();
  }));
}

/** Reads the runs a few times a second, and shows them. @param {Lab} lab @param {(() => void)[]} panels */
function startReading(lab, panels) {
  let read = -Infinity;
  lab.listeners.push(() => { read = -Infinity; });
  const show = (/** @type {number} */ now) => {
    if (now - read < READ_MS) return;
    read = now;
    for (const run of lab.runs) run.read();
    lab.runs.forEach((run, number) => showResult(find(`.result[data-run="${number}"]`, HTMLElement), run));
    say(element('time'), lab.first.observables.timeText);
    for (const panel of panels) panel();
    lab.noteInAddress();
  };
  lab.drawers.push(show);
  // A frame that nobody has seen is printed with what there is to say of it.
  onPrint(() => {
    read = -Infinity;
    show(performance.now());
  });
}

/** Says that the run waits, where it does. @param {Lab} lab */
function startWaiting(lab) {
  button('waits-play').addEventListener('click', () => guarded(() => {
    lab.play();
    button('play').focus();
  }));
  const text = find('span', HTMLElement, element('waits'));
  return () => {
    element('waits').hidden = !lab.waits;
    if (lab.waits) say(text, lab.waits);
  };
}

/** A hidden page costs nothing, and says that it paused. @param {Lab} lab */
function pauseWhileHidden(lab) {
  document.addEventListener('visibilitychange', () => lab.see(document.hidden ? words.hidden : ''));
}

/** A second run, as the address has it: its m₊, `balanced` for the control, or both; undefined if it is not allowed. @param {string} text @returns {import('./lab.js').Second | undefined} */
export function secondIn(text) {
  const control = /^(.*),?balanced$/.exec(typed(text));
  if (control && /^,?$/.test(control[1])) return { mRight: null, control: true };
  const reading = readLink(`m=${encodeURIComponent(control ? control[1].replace(/,$/, '') : typed(text))}`);
  return reading.notices.length > 0 ? undefined : { mRight: reading.params.mRight, control: control !== null };
}

/** @param {string} text a second run, as the address has it @param {Lab} lab */
function openSecond(text, lab) {
  const second = secondIn(text);
  if (second === undefined) notice(link.compare(text));
  else lab.compare(second);
}

/**
 * Builds the lab for the run of a query string, and lets it run, unless it is to wait for a person
 * and the address does not say `#play`.
 *
 * @param {string} search
 * @param {{unseen?: string, waits?: string}} [how] why nobody sees it yet, and why it waits, where little motion alone is no reason
 */
export function openLab(search, { unseen = '', waits } = {}) {
  const { reading, compared } = readAddress(search);
  const lab = new Lab(reading.params);
  const panels = [startLattices(lab), startControls(lab), startCompare(lab), startSetup(lab), startDigest(lab), startNumbers(lab), startWaiting(lab), startWords(lab)];
  startReading(lab, panels);
  startPlots(lab);
  if (unseen) lab.see(unseen);
  else pauseWhileHidden(lab);
  if (compared) openSecond(compared, lab);
  addEventListener('hashchange', () => guarded(() => {
    const asked = lab.shown ? comparedInAddress() : '';
    if (asked) openSecond(asked, lab);
  }));
  element('starting').hidden = true;
  if (playInAddress()) lab.play();
  else lab.begin(waits);
  return lab;
}
