// What a translation has to have, read without a browser: see docs/translation.md.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from 'acorn';

import { named, WORDS } from '../../www/js/ground/translate.js';
import { texts } from '../../www/js/ground/static-texts.js';
import { read } from './markup.js';

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The languages besides English, by the folders of their texts. */
export const LANGUAGES = readdirSync(at('www/js/words/'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** The texts of a language. @param {string} code @returns {Promise<import('../../www/js/ground/languages.js').Texts>} */
export const textsOf = (code) => import(`../../www/js/words/${code}/index.js`);

/** What a step of the tour has besides its texts. */
const OF_STEPS = ['link', 'until', 'afresh', 'rows', 'direction', 'ours', 'state'];

/** The parameters of a function, each with a star where it is put into a text. @param {Function} made */
function parameters(made) {
  const [{ expression }] = /** @type {any} */ (parse(`(${made})`, { ecmaVersion: 'latest' })).body;
  const used = new Set();
  const walk = (/** @type {any} */ node) => {
    if (node === null || typeof node !== 'object') return;
    if (node.type === 'Identifier') used.add(node.name);
    for (const part of Object.values(node)) (Array.isArray(part) ? part : [part]).forEach(walk);
  };
  walk(expression.body);
  return expression.params.map((/** @type {any} */ { name }) => `${name}${used.has(name) ? '*' : ''}`).join();
}

/** What a translation of words lacks, or has more than the English ones. @param {string} path @param {any} english @param {any} own @returns {string[]} */
export function faults(path, english, own) {
  if (own === undefined) return [`${path} has no translation`];
  if (typeof own !== typeof english || Array.isArray(own) !== Array.isArray(english)) return [`${path} is of another kind`];
  if (typeof english === 'function') {
    const [wanted, found] = [parameters(english), parameters(own)];
    return wanted === found ? [] : [`${path} puts (${found}) into its text, and the English one (${wanted})`];
  }
  if (typeof english !== 'object') return [];
  [english, own] = [named(english), named(own)];
  const more = Object.keys(own).filter((name) => !(name in english)).map((name) => `${path}.${name} is of nothing in English`);
  const names = Object.keys(english).filter((name) => !(path.startsWith('tour.STEPS.') && OF_STEPS.includes(name)));
  return [...more, ...names.flatMap((name) => faults(`${path}.${name}`, english[name], own[name]))];
}

/** All that is wrong with the words of a language. @param {Awaited<ReturnType<typeof textsOf>>['words']} words */
export const faultsOfWords = (words) => Object.entries(WORDS).flatMap(([file, english]) => [
  // Nobody else can give a constant of a module another value.
  ...Object.entries(english).filter(([, text]) => typeof text !== 'object').map(([name]) => `${file}.${name} stands in no object, and is not to be replaced`),
  ...faults(file, { ...english }, { ...words[/** @type {keyof typeof words} */ (file)] }),
]);

/** The texts of index.html. @param {string} page */
export const textsOfPage = (page) => [...texts(read(page))].map(({ text }) => text);

export const page = readFileSync(at('www/index.html'), 'utf8');

/** The texts in a file of src/words/. @param {string} source */
export function textsOfEngine(source) {
  const entry = /^\s+\w+(?:\([^)]*\))? = "((?:[^"\\]|\\.)*)"(?: or "((?:[^"\\]|\\.)*)")?;/gm;
  return [...source.matchAll(entry)].flatMap(([, one, several]) => [one, several]).filter((text) => text !== undefined).map((text) => text.replace(/\\(.)/g, '$1'));
}

const ENGINE = at('src/words/');

/** All texts that the engine says on the page; what files say is the same in every language. */
export const engine = readdirSync(ENGINE)
  .filter((name) => !['mod.rs', 'translation.rs', 'csv.rs'].includes(name))
  .flatMap((name) => textsOfEngine(readFileSync(`${ENGINE}${name}`, 'utf8')));

/** What a table of texts lacks, or has more than there is in English. @param {string[]} english @param {Record<string, string>} table */
export function faultsOfTable(english, table) {
  const values = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort().join();
  return [
    ...english.filter((text) => table[text] === undefined).map((text) => `no translation: ${text}`),
    ...Object.keys(table).filter((text) => !english.includes(text)).map((text) => `of nothing in English: ${text}`),
    ...Object.entries(table).filter(([text, own]) => values(text) !== values(own)).map(([text]) => `other values: ${text}`),
  ];
}

/** The texts of words that are the same as in English, by their paths. @param {string} path @param {any} english @param {any} own @returns {[string, string][]} */
export function same(path, english, own) {
  if (typeof english === 'string') return english === own ? [[path, english]] : [];
  if (typeof english !== 'object' || typeof own !== 'object') return [];
  [english, own] = [named(english), named(own)];
  return Object.keys(own).flatMap((name) => same(`${path}.${name}`, english[name], own[name]));
}

/** Whether a text has a word. @param {string} text */
export const hasWord = (text) => /\p{L}{3}/u.test(text.replace(/\{\w+\}|m_(?:crit|bump)/g, ''));

/** Words that are the same in a language as in English. @type {Record<string, RegExp>} */
export const SAME = {
  de: /^[(−\s]*artanh$|^(Uphill|Link|BibTeX|English|Deutsch|Start|, Phys\. Rev\. E|Tour|Tour, ×|Relaxation|Pause|Reset|Spins|Seed|Scan|Terminal|Metropolis|JSON|CSV|CSV, 0,5|SVG|PNG|Text|auto|max|Esc|errc)$|^M\. Colangeli|^Nonequilibrium|^(uphill\.html|allow-same-origin|Access-Control.*)$|, (kinetic|metropolis)\b|^[#.[]|^canvas\./,
};

export { WORDS };
