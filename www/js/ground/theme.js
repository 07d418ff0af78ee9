// The colours: of the system, light or dark; and the same for the plots.

import { select } from './elements.js';

const KEY = 'uphill-colours';
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Set<() => void>} */
const printers = new Set();

/** Storage throws in sandboxed frames; then the choice lasts as long as the page. */
function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string} choice */
function store(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // The choice stands for this page view.
  }
}

/** @param {string} choice */
function apply(choice) {
  if (choice === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  for (const listener of listeners) listener();
}

/** @param {() => void} listener */
export const onThemeChange = (listener) => listeners.add(listener);

/** Tells that everything is to be drawn at once, seen or not, since paper has it all. @param {() => void} listener */
export const onPrint = (listener) => printers.add(listener);

/** Wears a choice until another is made; whether it is one. @param {string} choice */
export function wear(choice) {
  if (!['auto', 'light', 'dark', 'contrast'].includes(choice)) return false;
  select('theme').value = choice;
  apply(choice);
  return true;
}

export function startTheme() {
  const chooser = select('theme');
  wear(stored() ?? 'auto');
  chooser.addEventListener('change', () => {
    store(chooser.value);
    apply(chooser.value);
  });
  for (const asked of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) {
    matchMedia(asked).addEventListener('change', () => apply(chooser.value));
  }
  whenPixelsChange(() => apply(chooser.value));
  const print = (/** @type {boolean} */ printed) => {
    // Paper is light.
    apply(printed ? 'light' : chooser.value);
    if (printed) for (const printer of printers) printer();
  };
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  matchMedia('print').addEventListener('change', ({ matches }) => print(matches));
}

/** Tells when a CSS pixel becomes another number of the screen's, as on the way from one screen to another. @param {() => void} told */
function whenPixelsChange(told) {
  let ratio = 0;
  const look = () => {
    if (devicePixelRatio === ratio) return;
    const first = ratio === 0;
    ratio = devicePixelRatio;
    matchMedia(`(resolution: ${ratio}dppx)`).addEventListener('change', look, { once: true });
    if (!first) told();
  };
  look();
  // Where the query is late or silent, at the latest when somebody is there.
  for (const event of ['resize', 'focus', 'pointerover']) addEventListener(event, look);
}

/** Text of the plots, in units of the page's size of type, and at least, in CSS pixels. */
const PLOT_TEXT = { share: 0.78, least: 12 };

/** Has the browser tell what its own colours are. */
const asked = document.createElement('span');
asked.hidden = true;

/** A colour as "#rrggbb", also where the person's palette is in force and it has but a name. @param {string} colour */
function hex(colour) {
  if (colour.startsWith('#')) return colour;
  if (!asked.isConnected) document.body.append(asked);
  asked.style.setProperty('forced-color-adjust', 'none');
  asked.style.color = colour;
  const [red = 0, green = 0, blue = 0] = getComputedStyle(asked).color.match(/[\d.]+/g) ?? [];
  return `#${[red, green, blue].map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('')}`;
}

/** @returns {import('../../engine/lab.js').Theme} */
export function plotTheme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => hex(style.getPropertyValue(`--${name}`).trim());
  return {
    paper: colour('paper'), ink: colour('ink'), faint: colour('faint'), grid: colour('grid'),
    uphill: colour('uphill'), downhill: colour('downhill'),
    plus: colour('plus'), minus: colour('minus'), second: colour('second'),
    scale: devicePixelRatio, font: 'system-ui, sans-serif',
    size: Math.max(PLOT_TEXT.least, parseFloat(style.fontSize) * PLOT_TEXT.share),
  };
}
