// Says in words what went wrong, with a way to go on.

import { failure as said } from '../words/page.js';
import { button, element } from './elements.js';

/** The message of a panic, which arrives before the call that it breaks. */
let panic = '';
let failed = false;

/** @type {(() => void)[]} */
const listeners = [];

/** What an error says, or its name. @param {unknown} error */
export const reasonOf = (error) => (error instanceof Error || error instanceof DOMException ? error.message || error.name : String(error));

/** Whether the engine has stopped for good. */
export const hasFailed = () => failed;

/** Hears when it does. @param {() => void} listener */
export const onFailure = (listener) => listeners.push(listener);

/**
 * @param {string} title
 * @param {string} words
 * @param {string} [detail]
 */
export function fail(title, words, detail = '') {
  if (failed) return;
  failed = true;
  element('failure-title').textContent = title;
  element('failure-words').textContent = words;
  const more = element('failure-detail');
  more.textContent = detail;
  more.hidden = detail === '';
  element('failure').hidden = false;
  element('lab').inert = true;
  element('figures').inert = true;
  element('starting').hidden = true;
  for (const listener of listeners) listener();
}

/**
 * Runs a part of the page; what it throws is told.
 * @template T
 * @param {() => T} part
 * @returns {T | undefined}
 */
export function guarded(part) {
  try {
    return part();
  } catch (error) {
    told(error);
    return undefined;
  }
}

/** @param {unknown} error */
export function told(error) {
  const detail = panic || (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  const words = panic || error instanceof WebAssembly.RuntimeError
    ? said.engine
    : said.page;
  fail(said.title, words, detail);
}

/** Begins to listen for failures that nobody catches. */
export function listenForFailures() {
  addEventListener('uphill-panic', (event) => {
    panic = event instanceof CustomEvent ? String(event.detail) : 'panic';
    told(panic);
  });
  addEventListener('error', (event) => {
    // What a browser reports when a layout takes it more than one turn is no failure.
    if (!event.error && event.message.startsWith('ResizeObserver loop')) return;
    told(event.error ?? event.message);
  });
  addEventListener('unhandledrejection', (event) => told(event.reason));
  button('start-again').addEventListener('click', () => location.reload());
}
