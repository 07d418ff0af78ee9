// Finds the elements of the page by what they are called in index.html, and makes others.

/**
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function find(selector, kind, within = document) {
  const element = within.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`the page has no ${selector}`);
  return element;
}

/** @param {string} id */
export const button = (id) => find(`#${id}`, HTMLButtonElement);
/** @param {string} id */
export const input = (id) => find(`#${id}`, HTMLInputElement);
/** @param {string} id */
export const select = (id) => find(`#${id}`, HTMLSelectElement);
/** @param {string} id */
export const element = (id) => find(`#${id}`, HTMLElement);

/**
 * Sets a text only where it changes, so that nothing is laid out or announced for nothing.
 * @param {Element} where
 * @param {string} text
 */
export function say(where, text) {
  if (where.textContent !== text) where.textContent = text;
}

/**
 * Shows what is read off a plot. Where nothing is read any more, the words keep their room unseen: what
 * stands below them must not move away from under the click that took the focus.
 * @param {HTMLElement} where
 * @param {string | undefined} text
 */
export function showReading(where, text) {
  if (text !== undefined) say(where, text);
  where.dataset.past = String(text === undefined);
}

/**
 * Makes an element.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {string} name of its class @param {...(Node | string)} parts
 */
export function made(tag, name, ...parts) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.append(...parts);
  return node;
}
