// Shortcuts: one table of them, which the keys and their list under `?` both come from.

import { find, input } from './elements.js';
import { guarded } from './failure.js';

/** Where the choice is kept; storage throws in sandboxed frames, and then it lasts as long as the page. */
const KEY = 'uphill-letters';

/**
 * A letter and the control that it presses, or keys that others hear, for the list alone.
 * @typedef {{keys: string[], words: string, press?: string}} Shortcut
 */

/** @type {[title: string, shortcuts: Shortcut[]][]} */
export const SHORTCUTS = [
  ['The lab', [
    { keys: ['Space'], words: 'play, pause' },
    { keys: ['e'], words: 'one event', press: '#one-event' },
    { keys: ['r'], words: 'reset', press: '#reset' },
    { keys: ['n'], words: 'new seed', press: '#new-seed' },
    { keys: ['a'], words: 'measure afresh', press: '#measure-afresh' },
    { keys: ['c'], words: 'compare two runs', press: '#compare' },
    { keys: ['s'], words: 'draw spins', press: '#view-spins' },
    { keys: ['g'], words: 'draw the lattice gas', press: '#view-gas' },
    { keys: ['b'], words: 'the brush: paint spins', press: '#paint' },
  ]],
  ['The figures', [
    { keys: ['p'], words: 'run, pause, resume the scan', press: '#scan-run' },
  ]],
  ['Anywhere', [
    { keys: ['l'], words: 'the lab', press: '#to-lab' },
    { keys: ['f'], words: 'the figures', press: '#to-figures' },
    { keys: ['t'], words: 'the tour', press: '#to-tour' },
    { keys: ['k'], words: 'copy the link', press: '#copy-link' },
    { keys: ['?'], words: 'this list' },
  ]],
  ['In a plot that has the focus', [
    { keys: ['←', '→'], words: 'read the values; of a figure its points, which Enter chooses' },
    { keys: ['Home', 'End'], words: 'the first, the last' },
  ]],
  ['On the lattice, while the brush is on', [
    { keys: ['←', '→', '↑', '↓'], words: 'move it, with Shift by five' },
    { keys: ['Space'], words: 'paint' },
    { keys: ['+', '−'], words: 'choose the spin' },
    { keys: ['Esc'], words: 'put it down' },
  ]],
  ['In the tour', [
    { keys: ['←', '→'], words: 'back, next; so do Page up and Page down' },
  ]],
];

/** What a letter presses. */
const PRESSES = new Map(SHORTCUTS.flatMap(([, shortcuts]) => shortcuts).flatMap(({ keys, press }) => (press ? [/** @type {const} */ ([keys[0], press])] : [])));

/** Where letters are written, or choose something. */
const TYPING = 'input:not([type="range"], [type="checkbox"]), textarea, select, [contenteditable]';

/** Whether letters press controls. */
let letters = true;

function recall() {
  try {
    letters = localStorage.getItem(KEY) !== 'off';
  } catch {
    // As said above.
  }
}

/** @param {boolean} on */
function choose(on) {
  letters = on;
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, 'off');
  } catch {
    // As said above.
  }
}

function fill(/** @type {HTMLElement} */ list) {
  for (const [title, shortcuts] of SHORTCUTS) {
    const head = document.createElement('h3');
    head.textContent = title;
    const group = document.createElement('dl');
    for (const { keys, words } of shortcuts) {
      const [term, what] = [document.createElement('dt'), document.createElement('dd')];
      keys.forEach((key, number) => {
        const cap = document.createElement('kbd');
        cap.textContent = key;
        term.append(number > 0 ? ' ' : '', cap);
      });
      what.textContent = words;
      group.append(term, what);
    }
    list.append(head, group);
  }
}

/** Opens the list of the shortcuts. */
export function showShortcuts() {
  const dialog = find('#shortcuts', HTMLDialogElement);
  const list = find('.shortcut-list', HTMLElement, dialog);
  if (list.childElementCount === 0) fill(list);
  input('letters').checked = letters;
  if (!dialog.open) dialog.showModal();
  // Its beginning, not its first control, which is at its end.
  find('#shortcuts-title', HTMLElement).focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const at = event.target instanceof Element ? event.target : document.body;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (at.closest(TYPING) || document.querySelector('dialog[open]')) return;
  if (event.key === '?') {
    event.preventDefault();
    showShortcuts();
    return;
  }
  const press = letters && !event.shiftKey ? PRESSES.get(event.key) : undefined;
  const control = press ? find(press, HTMLElement) : null;
  // What cannot be seen is not pressed.
  if (!control || control.getClientRects().length === 0) return;
  event.preventDefault();
  control.click();
}

/** Hears the shortcuts. */
export function startShortcuts() {
  recall();
  document.addEventListener('keydown', (event) => guarded(() => onKey(event)));
  find('#show-shortcuts', HTMLButtonElement).addEventListener('click', () => guarded(showShortcuts));
  find('#close-shortcuts', HTMLButtonElement).addEventListener('click', () => find('#shortcuts', HTMLDialogElement).close());
  input('letters').addEventListener('change', () => choose(input('letters').checked));
}
