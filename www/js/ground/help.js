// A line of help that tells of the control at which a person points or that has the focus; opened,
// it tells of all. What it says describes the controls to screen readers, too.

import { FIGURES, HEAD, LAB, line as said } from '../words/help.js';
import { find } from './elements.js';
import { write } from './formulas.js';

const ALL = [...HEAD, ...LAB, ...FIGURES];
const described = ALL.map(([selector]) => selector).join();

/** The lines, and what each tells of. */
const LINES = /** @type {const} */ ([['#lab-help', [...LAB, ...HEAD]], ['#figures-help', [...FIGURES, ...HEAD]]]);

/** The number of a control's text, or −1. @param {Element} control */
const textOf = (control) => ALL.findIndex(([selector]) => control.matches(selector));

/** Has a control described by its text, besides what describes it already. @param {Element} control */
function describe(control) {
  const number = textOf(control);
  if (number < 0) return;
  const id = `help-text-${number}`;
  const others = (control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
  if (!others.includes(id)) control.setAttribute('aria-describedby', [id, ...others].join(' '));
}

/** Has the controls within an element described. @param {Element} within */
export function describeControls(within) {
  for (const control of within.querySelectorAll(described)) describe(control);
}

/** The control that an event is about, if it has a text. @param {Event} event */
function controlOf(event) {
  if (!(event.target instanceof Element)) return null;
  const control = event.target.closest(described);
  if (control) return control;
  // A label speaks for its control.
  const label = event.target.closest('label');
  return label?.control && textOf(label.control) >= 0 ? label.control : null;
}

/** @param {Element} list @param {readonly (typeof ALL)[number][]} texts */
function fill(list, texts) {
  for (const [, name, text] of texts) {
    const [term, words] = [document.createElement('dt'), document.createElement('dd')];
    write(term, name);
    write(words, text);
    list.append(term, words);
  }
}

export function startHelp() {
  const store = document.createElement('div');
  store.hidden = true;
  ALL.forEach(([, , text], number) => {
    const words = document.createElement('span');
    words.id = `help-text-${number}`;
    words.textContent = text;
    store.append(words);
  });
  document.body.append(store);
  describeControls(document.body);
  const places = LINES.map(([id, texts]) => {
    const line = find(id, HTMLDetailsElement);
    const list = find('dl', HTMLElement, line);
    line.addEventListener('toggle', () => {
      if (line.open && list.childElementCount === 0) fill(list, texts);
    });
    return find('.help-now', HTMLElement, line);
  });
  const show = (/** @type {Element | null} */ control) => {
    const number = control ? textOf(control) : -1;
    for (const place of places) write(place, number < 0 ? said.idle : ALL[number][2]);
  };
  show(null);
  const focused = () => (document.activeElement?.matches(described) ? document.activeElement : null);
  document.addEventListener('pointerover', (event) => show(controlOf(event) ?? focused()));
  document.addEventListener('focusin', (event) => {
    const control = controlOf(event);
    // What is made while the page is used is described when it is reached.
    if (control) describe(control);
    show(control);
  });
}
