// The parts of the page that the address hides, shows or locks; and the answer, which is revealed.

import { listInAddress } from '../address/embed.js';
import { answer } from '../ground/answer.js';
import { lock } from '../ground/locked.js';
import { element, find } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { buttons } from '../words/page.js';

/** What tells which way it flows. */
const ANSWER = ['word', 'number', 'plots'];

/** The controls that can be locked. @type {Record<string, string>} */
const CONTROLS = {
  play: '#play, #waits-play',
  m: '#m-slider, #m-field, #ml-field, #ml-linked',
  beta: '#beta-slider, #beta-field',
  reset: '#reset',
  seed: '#new-seed, #seed',
  speed: '#speed',
  presets: '.presets > button',
  run: '#scan-run',
  cancel: '#scan-cancel',
  anew: '#scan-anew',
  refine: '#scan-refine',
};

/**
 * Sets the parts as the address asks for them.
 *
 * @param {() => void} changed hears that something has been hidden or shown
 * @returns {{hidden: () => string[], reveal: () => void, ask: () => void}} what is kept back, and how to show it and to keep it back again
 */
export function setParts(changed) {
  const { dataset } = document.documentElement;
  const [show, hide] = [listInAddress('show'), listInAddress('hide')];
  const kept = hide.filter((part) => ANSWER.includes(part));
  for (const name of listInAddress('lock')) {
    for (const control of document.querySelectorAll(CONTROLS[name])) lock(control);
  }
  if (show.length > 0) dataset.show = show.join(' ');
  const row = document.createElement('p');
  row.className = 'reveal';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = buttons.reveal;
  row.append(button);
  find('.results', HTMLElement).prepend(row);
  let revealed = false;
  const apply = () => {
    const hidden = revealed ? hide.filter((part) => !kept.includes(part)) : hide;
    if (hidden.length > 0) dataset.hide = hidden.join(' ');
    else delete dataset.hide;
    row.hidden = revealed || kept.length === 0;
    answer.hidden = !revealed && kept.includes('word');
    if (answer.hidden) element('news').textContent = '';
    changed();
  };
  const turn = (/** @type {boolean} */ to) => {
    if (revealed === to) return;
    revealed = to;
    apply();
  };
  button.addEventListener('click', () => guarded(() => turn(true)));
  apply();
  return { hidden: () => (revealed ? [] : kept), reveal: () => turn(true), ask: () => turn(false) };
}
