// The texts that stand in index.html, each as a translation has it: a sentence with the elements in
// it as numbers in braces, which may come in any order. So formulas stay what they are.

import { AFTER, unbroken } from './formulas.js';

/** What has no text, or one that is the same in every language. */
const NO_TEXT = 'math, svg, script, style, template, noscript, pre, [hreflang]';
/** The attributes that are read, or read aloud. */
const ATTRIBUTES = ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'];

/**
 * What of an element and the browser's page is asked for here; the tests have their own.
 * @typedef {{matches: (selectors: string) => boolean, getAttribute: (name: string) => string | null, childNodes: Iterable<any>}} Asked
 */

/**
 * A text, where it stands: in an element with others in it, or in an attribute.
 * @typedef {{text: string, element: any, parts: any[], attribute?: string}} Place
 */

const ELEMENT = 1;
const TEXT = 3;

/** What an element has in it: what only keeps a formula and its comma together counts as nothing. @param {Asked} element @returns {any[]} */
const contents = (element) => [...element.childNodes].flatMap((node) => (node.nodeType === ELEMENT && node.matches('.unbroken') ? contents(node) : [node]));

/** Whether there is a word in a text. @param {string} text */
const isSaid = (text) => /\p{L}{2}/u.test(text);

/** All texts within an element. @param {Asked} element @returns {Generator<Place>} */
export function* texts(element) {
  for (const attribute of ATTRIBUTES) {
    const text = element.getAttribute(attribute) ?? '';
    if (isSaid(text)) yield { text, element, parts: [], attribute };
  }
  if (element.matches('meta[name="description"]')) yield { text: element.getAttribute('content') ?? '', element, parts: [], attribute: 'content' };
  if (element.matches(NO_TEXT)) return;
  /** @type {any[]} */
  const parts = [];
  let text = '';
  for (const node of contents(element)) {
    if (node.nodeType === TEXT) text += node.data;
    else if (node.nodeType === ELEMENT) text += `{${parts.push(node)}}`;
  }
  text = text.replace(/\s+/g, ' ').trim();
  if (isSaid(text)) yield { text, element, parts };
  for (const part of parts) yield* texts(part);
}

/** The text and the elements of a translation. @param {string} text @param {Element[]} parts */
function* nodes(text, parts) {
  const pieces = text.split(/\{(\d+)\}/);
  yield pieces[0];
  for (let place = 1; place < pieces.length; place += 2) {
    const part = parts[Number(pieces[place]) - 1];
    const [behind] = part.matches('math') ? AFTER.exec(pieces[place + 1]) ?? [''] : [''];
    yield behind ? unbroken(part, behind) : part;
    yield pieces[place + 1].slice(behind.length);
  }
}

/** Writes texts in place of those that stand within an element. @param {Element} within @param {Record<string, string>} table of the texts that stand there */
export function write(within, table) {
  for (const { text, element, parts, attribute } of [...texts(within)]) {
    const said = table[text];
    if (said === undefined) continue;
    if (attribute) element.setAttribute(attribute, said);
    else element.replaceChildren(...nodes(said, parts));
  }
}
