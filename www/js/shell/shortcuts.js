// Shortcuts: one table of them, which the keys and their list under `?` both come from.

import { find, input } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { isOfPage } from '../ground/keys.js';
import { shortcuts as words } from '../words/page.js';

/** Where the choice is kept; storage throws in sandboxed frames, and then it lasts as long as the page. */
const KEY = 'uphill-letters';

/**
 * A letter and the control that it presses, or keys that others hear, for the list alone.
 * What is `always` at hand is pressed though it cannot be seen.
 * @typedef {{keys: string[], words: string, press?: string, always?: true}} Shortcut
 */

/** @type {[title: string, shortcuts: Shortcut[]][]} */
export const SHORTCUTS = [
  [words.lab, [
    { keys: [words.keys.space], words: words.play },
    { keys: ['e'], words: words.oneEvent, press: '#one-event' },
    { keys: ['r'], words: words.reset, press: '#reset' },
    { keys: ['n'], words: words.newSeed, press: '#new-seed' },
    { keys: ['a'], words: words.measureAfresh, press: '#measure-afresh' },
    { keys: ['c'], words: words.compare, press: '#compare' },
    { keys: ['s'], words: words.spins, press: '#view-spins' },
    { keys: ['g'], words: words.gas, press: '#view-gas' },
    { keys: ['b'], words: words.brush, press: '#paint' },
  ]],
  [words.figures, [
    { keys: ['p'], words: words.scan, press: '#scan-run' },
  ]],
  [words.anywhere, [
    { keys: ['l'], words: words.toLab, press: '#to-lab' },
    { keys: ['f'], words: words.toFigures, press: '#to-figures' },
    { keys: ['t'], words: words.toTour, press: '#to-tour' },
    { keys: ['k'], words: words.copyLink, press: '#copy-link' },
    { keys: ['q'], words: words.qr, press: '#qr', always: true },
    { keys: ['v'], words: words.present, press: '#present', always: true },
    { keys: ['?'], words: words.list },
  ]],
  [words.plot, [
    { keys: ['←', '→'], words: words.values },
    { keys: [words.keys.home, words.keys.end], words: words.ends },
  ]],
  [words.painting, [
    { keys: ['←', '→', '↑', '↓'], words: words.move },
    { keys: [words.keys.space], words: words.paint },
    { keys: ['+', '−'], words: words.spin },
    { keys: [words.keys.escape], words: words.down },
  ]],
  [words.tour, [
    { keys: ['←', '→'], words: words.steps },
  ]],
];

/** What a letter presses. */
const PRESSES = new Map(SHORTCUTS.flatMap(([, shortcuts]) => shortcuts).flatMap(({ keys, ...shortcut }) => (shortcut.press ? [/** @type {const} */ ([keys[0], shortcut])] : [])));

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
    for (const { keys, words: does } of shortcuts) {
      const [term, what] = [document.createElement('dt'), document.createElement('dd')];
      keys.forEach((key, number) => {
        const cap = document.createElement('kbd');
        cap.textContent = key;
        term.append(number > 0 ? ' ' : '', cap);
      });
      what.textContent = does;
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
  // A key that is held presses once, what has the focus, too.
  if (event.repeat && event.key === 'Enter') event.preventDefault();
  if (!isOfPage(event) || event.repeat || at.closest(TYPING)) return;
  if (event.key === '?') {
    event.preventDefault();
    showShortcuts();
    return;
  }
  const press = letters && !event.shiftKey ? PRESSES.get(event.key) : undefined;
  const control = press?.press ? find(press.press, HTMLElement) : null;
  if (!control || (control.getClientRects().length === 0 && !press?.always)) return;
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
