// The bare page within a frame of another page: which level of it the address asks for.
//
// `embed`, `host` and `theme` in the query are matters of the page. The engine finds them, by the
// rules by which it reads the rest, and passes them over.

import { pageValues } from '../../engine/lab.js';
import { element, find } from '../ground/elements.js';
import { notice } from '../ground/notices.js';
import { wear } from '../ground/theme.js';
import { link } from '../words/page.js';

/** The levels, as the address has them. */
export const LEVELS = ['lab', 'plot', 'figure'];

/** @typedef {'lab' | 'plot' | 'figure'} Level */

const OURS = ['embed', 'host', 'theme'];

/** What the address has for a key of the page's own. @param {string} key */
const values = (key) => pageValues(location.search, key).split('\n').slice(0, -1);

/** What is the page's own in the address. */
const ours = () => OURS.flatMap((key) => values(key).map((value) => `${key}=${encodeURIComponent(value)}`));

/** A link's query as the address is to have it, with what is the page's own. @param {string} link */
export const addressed = (link) => [...ours(), link].filter(Boolean).join('&');

/** The origin that may send messages, as the address has it, or null. */
export const hostInAddress = () => values('host')[0] ?? null;

/** Wears the colours that the address asks for. */
export function followTheme() {
  const [asked] = values('theme');
  if (asked !== undefined && !wear(asked)) notice(link.theme(asked.slice(0, 100)));
}

/**
 * The level that the address asks for, or null for the whole page; what is wrong is told.
 * @param {boolean} ofFigure whether the rest of the address is the link of a figure
 * @returns {Level | null}
 */
export function levelInAddress(ofFigure) {
  const [asked, ...more] = values('embed');
  if (asked === undefined) return null;
  if (more.length > 0) notice(link.embedTwice);
  const level = /** @type {Level} */ (asked);
  if (!LEVELS.includes(level)) {
    notice(link.embed(asked.slice(0, 100)));
    return null;
  }
  if (ofFigure && level !== 'figure') {
    notice(link.embedOfFigure(level));
    return 'figure';
  }
  return level;
}

/** Leaves of the page what the level has. @param {Level} level @param {() => string} address of what is shown, on the whole page */
export function makeBare(level, address) {
  document.documentElement.dataset.embed = level;
  element('embed-foot').hidden = false;
  // The head is not shown; a page still begins with its heading.
  const title = find('h1', HTMLElement);
  title.className = 'unseen';
  find('main', HTMLElement).prepend(title);
  const full = find('#to-full', HTMLAnchorElement);
  const lead = () => { full.href = address(); };
  lead();
  for (const event of ['pointerenter', 'pointerdown', 'focus', 'click']) full.addEventListener(event, lead);
}
