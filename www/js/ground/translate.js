// Puts the texts of another language in place of the English ones: into the modules of words/, and
// into what stands in index.html. What the engine says comes out as lines, which it takes itself.

import * as drop from '../words/drop.js';
import * as embed from '../words/embed.js';
import * as figures from '../words/figures.js';
import * as help from '../words/help.js';
import * as page from '../words/page.js';
import * as record from '../words/record.js';
import * as settings from '../words/settings.js';
import * as share from '../words/share.js';
import * as tour from '../words/tour.js';
import { write } from './static-texts.js';

/** The English words, by their files. */
export const WORDS = { drop, embed, figures, help, page, record, settings, share, tour };

/** What has a name in words: of a list whose items begin with what they are of, that is it. @param {any} texts */
export const named = (texts) => (Array.isArray(texts[0]) ? Object.fromEntries(texts.map((/** @type {string[]} */ item) => [item[0], item])) : texts);

/** Puts texts in the place of those that have the same names. @param {any} english @param {any} texts */
function replace(english, texts) {
  [english, texts] = [named(english), named(texts)];
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text === 'object') replace(english[name], text);
    else english[name] = text;
  }
}

/** Has the page speak a language; returns the lines for its engines. @param {string} code @param {import('./languages.js').Texts} texts */
export function translate(code, texts) {
  for (const [file, words] of Object.entries(WORDS)) {
    for (const [name, own] of Object.entries(texts.words[/** @type {keyof typeof WORDS} */ (file)])) replace(words[/** @type {keyof typeof words} */ (name)], own);
  }
  write(document.documentElement, texts.html);
  // Links within the page, for whoever opens them elsewhere.
  for (const anchor of document.querySelectorAll('a[href^="?"]:not([hreflang])')) {
    const [query, fragment] = (anchor.getAttribute('href') ?? '').slice(1).split('#');
    anchor.setAttribute('href', `?${[`lang=${code}`, query].filter(Boolean).join('&')}${fragment ? `#${fragment}` : ''}`);
  }
  for (const other of document.querySelectorAll('.languages a')) other.toggleAttribute('hidden', other.getAttribute('hreflang') === code);
  document.documentElement.lang = code;
  return Object.entries(texts.engine).flat().join('\n');
}
