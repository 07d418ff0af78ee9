// The bare page within a frame of another page: which level of it the address asks for.
//
// `embed`, `host`, `lang`, `theme`, `autoplay`, `show`, `hide` and `lock` in the query are matters of the
// page. The engine finds them, by the rules by which it reads the rest, and passes them over.

import { pageValues, queryOf } from '../../engine/lab.js';
import { hasAddress, isSingleFile, ownSearch, savedRun } from '../ground/assets.js';
import { element, find } from '../ground/elements.js';
import { isLanguage, isSpoken, language, languages, OWN } from '../ground/language.js';
import { notice } from '../ground/notices.js';
import { wear } from '../ground/theme.js';
import { link, loading } from '../words/page.js';

/** The levels, as the address has them. */
export const LEVELS = ['lab', 'plot', 'figure'];

/** @typedef {'lab' | 'plot' | 'figure'} Level */

/** What keys of the page alone may have; lists may have several. */
const ALLOWED = {
  embed: LEVELS,
  theme: ['light', 'dark', 'contrast'],
  /** When a run begins: when it is seen, when a deck shows its slide, or when a person asks for it. */
  autoplay: ['slide', 'off'],
};
/** Parts of the page, and controls that can be fixed. */
export const PARTS = ['word', 'number', 'controls', 'plots', 'presets'];
export const LOCKS = ['play', 'm', 'beta', 'reset', 'seed', 'speed', 'presets', 'run', 'cancel', 'anew', 'refine'];
const LISTS = { show: PARTS, hide: PARTS, lock: LOCKS };
/** What stands for a key that is not there. */
const USUAL = { theme: 'auto', autoplay: 'on', lang: OWN };

/** What the address has for a key of the page's own; where it has none, what this file was saved with. @param {string} key */
const values = (key) => {
  const [here, saved] = [ownSearch(), savedRun()].map((text) => pageValues(text, key).split('\n').slice(0, -1));
  return here.length > 0 ? here : saved;
};

/** The parts in a list of the address that there are, in their order. @param {'show' | 'hide' | 'lock'} key */
export function listInAddress(key) {
  const asked = values(key).join().split(',').map((part) => part.trim());
  return LISTS[key].filter((part) => asked.includes(part));
}

/** The language of a page as its address has it. @param {string} code */
const languageKey = (code) => (code === USUAL.lang ? [] : [`lang=${code}`]);

/** The query of a link in a language, that of the page unless said otherwise. @param {string} link @param {string} [code] */
export const inLanguage = (link, code = language()) => [...languageKey(code), link].filter(Boolean).join('&');

/** What is the page's own in the address, in its canonical form. */
function ours() {
  const [host] = values('host');
  const one = (/** @type {'embed' | 'theme' | 'autoplay'} */ key) => {
    const [value] = values(key);
    return value !== undefined && ALLOWED[key].includes(value) ? [`${key}=${value}`] : [];
  };
  const list = (/** @type {'show' | 'hide' | 'lock'} */ key) => {
    const parts = listInAddress(key);
    return parts.length > 0 ? [`${key}=${parts.join()}`] : [];
  };
  return [...one('embed'), ...(host === undefined ? [] : [`host=${encodeURIComponent(host)}`]), ...languageKey(language()), ...one('theme'), ...one('autoplay'), ...list('show'), ...list('hide'), ...list('lock')];
}

/** A link's query as the address is to have it, with what is the page's own. @param {string} link */
export const addressed = (link) => [...ours(), link].filter(Boolean).join('&');

/** The origin that may send messages, as the address has it, or null. */
export const hostInAddress = () => values('host')[0] ?? null;

/** When the run of the address begins: `on`, `slide` or `off`. */
export function autoplayInAddress() {
  const [asked] = values('autoplay');
  return asked !== undefined && ALLOWED.autoplay.includes(asked) ? asked : USUAL.autoplay;
}

/** Whether the address hides, shows or locks anything. */
export const hasParts = () => Object.keys(LISTS).some((key) => values(key).length > 0);

/** Tells why the page does not speak as the address asks. */
export function checkLanguage() {
  const [asked] = values('lang');
  if (asked === undefined) return;
  if (!isLanguage(asked)) notice(isSingleFile ? link.languageOfFile(asked.slice(0, 100)) : link.language(asked.slice(0, 100), languages()));
  // The engine reads a link through whatever it has come; the browser has read this one for nothing.
  else if (asked !== language()) location.replace(`?${inLanguage([...ours(), queryOf(ownSearch())].join('&'), asked)}${location.hash}`);
  else if (!isSpoken()) notice(loading.language);
}

/** Wears the colours that the address asks for. */
export function followTheme() {
  const [asked] = values('theme');
  if (asked !== undefined && !wear(asked)) notice(link.theme(asked.slice(0, 100)));
}

/** Tells what is wrong with when the run is to begin, and with the parts. */
export function checkOurs() {
  const [asked] = values('autoplay');
  if (asked !== undefined && asked !== USUAL.autoplay && !ALLOWED.autoplay.includes(asked)) notice(link.autoplay(asked.slice(0, 100)));
  for (const [key, parts] of Object.entries(LISTS)) {
    const unknown = values(key).join().split(',').map((part) => part.trim()).filter((part) => part !== '' && !parts.includes(part));
    for (const part of new Set(unknown)) notice(link.part(key, part.slice(0, 100), parts));
  }
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

/** The query of a link with keys of the page's own before it. @param {Record<string, string>} page @param {string} link */
export const withOurs = (page, link) => [...Object.entries(page).filter(([, value]) => value !== '').map(([key, value]) => `${key}=${value}`), link].filter(Boolean).join('&');

/** Leaves of the page what the level has. @param {Level} level @param {() => string} address of what is shown, on the whole page */
export function makeBare(level, address) {
  document.documentElement.dataset.embed = level;
  element('embed-foot').hidden = !hasAddress;
  // The head is not shown; a page still begins with its heading.
  const title = find('h1', HTMLElement);
  title.className = 'unseen';
  find('main', HTMLElement).prepend(title);
  // All that is not the picture stands together.
  const side = find(level === 'figure' ? '.scan-side' : '.first', HTMLElement);
  if (level !== 'figure') side.append(find('.caption', HTMLElement));
  side.append(element('embed-foot'));
  if (!hasAddress) return;
  const full = find('#to-full', HTMLAnchorElement);
  const lead = () => { full.href = address(); };
  lead();
  for (const event of ['pointerenter', 'pointerdown', 'focus', 'click']) full.addEventListener(event, lead);
}
