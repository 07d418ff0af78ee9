// The bare page within a frame of another page: which level of it the address asks for.
//
// `embed` and `host` in the query are matters of the page. The engine never sees them.

import { element, find } from './elements.js';
import { notice } from './notices.js';
import { link } from './words/page.js';

/** The levels, as the address has them. */
export const LEVELS = ['lab', 'plot', 'figure'];

/** @typedef {'lab' | 'plot' | 'figure'} Level */

const OURS = ['embed', 'host'];

/** The parts of a query string that are the page's own, or the others. @param {string} search @param {boolean} own */
const parts = (search, own) => search.replace(/^\?/, '').split('&')
  .filter((part) => [...new URLSearchParams(part).keys()].some((key) => OURS.includes(key)) === own).join('&');

/** A query string without what is the page's own. @param {string} search */
export const queryOf = (search) => parts(search, false);

/** What is the page's own in the address, as it stands there. */
const ours = () => parts(location.search, true);

/** A link's query as the address is to have it, with what is the page's own. @param {string} link */
export const addressed = (link) => [ours(), link].filter(Boolean).join('&');

/** The origin that may send messages, as the address has it, or null. */
export const hostInAddress = () => new URLSearchParams(location.search).get('host');

/**
 * The level that the address asks for, or null for the whole page; what is wrong is told.
 * @param {boolean} ofFigure whether the rest of the address is the link of a figure
 * @returns {Level | null}
 */
export function levelInAddress(ofFigure) {
  const [asked, ...more] = new URLSearchParams(location.search).getAll('embed');
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
