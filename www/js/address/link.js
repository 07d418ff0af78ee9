// Owns the link: reads the address, writes it, shares it.

import { queryOf, readLink } from '../../engine/lab.js';
import { hasAddress, ownSearch, savedRun } from '../ground/assets.js';
import { button, element, find } from '../ground/elements.js';
import { languages } from '../ground/language.js';
import { linkNotices, notice } from '../ground/notices.js';
import { buttons, sharing } from '../words/page.js';
import { addressed, inLanguage } from './embed.js';

/** Browsers refuse to rewrite the address more often. */
const REWRITE_MS = 500;
/** How long a button says that something was copied. */
const COPIED_MS = 1500;

let query = '';
/** m₊ of the second run, a matter of the view and so of the fragment. */
let compared = '';
/** The step of the tour that is shown, a matter of the view as well. */
let step = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let rewriting;
/** The query of the address as it was last read or written here. */
let known = location.search;

/** What was typed into a field, as the value of a key: it brings no further keys. @param {string} text */
export const typed = (text) => text.replace(/[&;#]/g, ' ').trim();

/** The query that the address asks with; where it asks for nothing, that of what this file was saved with. */
export const asked = () => queryOf(ownSearch() + location.hash) || queryOf(savedRun());

/** What stands behind the `#` of the address or, where it asks for nothing, of what this file was saved with. */
const fragment = () => new URLSearchParams(location.hash || ownSearch() ? location.hash.slice(1) : savedRun().split('#')[1] ?? '');

/** m₊ of a second run as the fragment has it, or an empty text. */
export const comparedInAddress = () => fragment().get('compare') ?? '';

/** The step of the tour as the fragment has it, or null. */
export const tourInAddress = () => fragment().get('tour');

/** Whether the fragment asks for the run to play, whatever the system asks for. */
export const playInAddress = () => fragment().has('play');

/** Whether the fragment asks for a scan to run. */
export const runInAddress = () => fragment().has('run');

/** Reads the address of a run; what is wrong with it is told, and the defaults stand in. */
export function readAddress(search = asked()) {
  const reading = readLink(search);
  linkNotices(reading);
  compared = comparedInAddress();
  return { reading, compared };
}

/** The address of what is shown, with a query. @param {string} query */
function addressOf(query) {
  const view = [compared && `compare=${compared}`, step && `tour=${step}`].filter(Boolean).join('&');
  return `${location.href.split(/[?#]/)[0]}?${query}${view ? `#${view}` : ''}`;
}

/** The whole address of what is shown, on the whole page. */
export const address = () => addressOf(inLanguage(query || asked()));

/** The same in another language. @param {string} code */
export const addressIn = (code) => addressOf(inLanguage(query || asked(), code));

/**
 * Notes what the address should say; it is rewritten a little later, without a new entry in the history.
 * @param {string} link
 * @param {string} second
 */
export function writeAddress(link, second) {
  if (link === query && second === compared) return;
  query = link;
  compared = second;
  rewriting ??= setTimeout(rewrite, REWRITE_MS);
}

/** Notes the step of the tour in the address; an empty text for none. @param {string} shown */
export function noteStep(shown) {
  if (shown === step) return;
  step = shown;
  if (query) rewriting ??= setTimeout(rewrite, REWRITE_MS);
}

function rewrite() {
  clearTimeout(rewriting);
  rewriting = undefined;
  try {
    history.replaceState(null, '', addressOf(addressed(query)));
    known = location.search;
  } catch {
    // A sandboxed frame has no address of its own; the button still copies the link.
  }
}

/**
 * Another view is shown: it gets an entry in the history, the one that is left keeps its own.
 * @param {string} link
 * @param {string} [shown] the step of the tour
 */
export function pushAddress(link, shown = '') {
  if (rewriting !== undefined) rewrite();
  query = link;
  compared = '';
  step = shown;
  try {
    history.pushState(null, '', addressOf(addressed(query)));
    known = location.search;
  } catch {
    // As above.
  }
}

/** Whether the address has changed by itself, and more of it than its fragment. */
export function hasMoved() {
  if (location.search === known) return false;
  known = location.search;
  // What was noted for the old address is not written over the new one.
  clearTimeout(rewriting);
  rewriting = undefined;
  query = '';
  return true;
}

/**
 * Copies a text and says so on the button.
 * @param {HTMLButtonElement} from
 * @param {string} text
 */
export async function copy(from, text) {
  // A second click finds the button still saying that something was copied.
  from.dataset.label ??= from.textContent ?? '';
  const { label } = from.dataset;
  try {
    await navigator.clipboard.writeText(text);
    from.textContent = buttons.copied;
    setTimeout(() => { from.textContent = label ?? ''; }, COPIED_MS);
  } catch {
    notice(sharing.notCopied(text));
  }
}

export function startSharing() {
  // The fragment belongs to the second run and the tour, so a jump within the page leaves it alone.
  find('#to-about', HTMLAnchorElement).addEventListener('click', (event) => {
    event.preventDefault();
    const about = element('about');
    about.scrollIntoView();
    about.focus({ preventScroll: true });
  });
  for (const place of document.querySelectorAll('.languages')) place.toggleAttribute('hidden', !hasAddress || languages().length === 1);
  // Written as they are followed, since what is shown changes.
  for (const other of document.querySelectorAll('.languages a')) {
    const lead = () => other.setAttribute('href', addressIn(other.getAttribute('hreflang') ?? ''));
    for (const event of ['pointerenter', 'pointerdown', 'focus', 'click']) other.addEventListener(event, lead);
  }
  const copyLink = button('copy-link');
  // Without an address there is no link.
  copyLink.hidden = button('embed').hidden = button('qr').hidden = !hasAddress;
  copyLink.addEventListener('click', () => copy(copyLink, address()));
  for (const what of ['paper', 'software']) {
    const cite = button(`copy-${what}`);
    cite.addEventListener('click', () => copy(cite, element(`bibtex-${what}`).textContent ?? ''));
  }
}
