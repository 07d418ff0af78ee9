// The result in one word and one number, which appear when they are significant.

import { find, say } from '../ground/elements.js';
import { result as words } from '../words/page.js';
import { signOf } from './spoken.js';

/** @typedef {import('./run.js').Run} Run */

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** @param {HTMLElement} place @param {Run} run */
export function showResult(place, run) {
  const part = (/** @type {string} */ name) => find(`[data-part="${name}"]`, HTMLElement, place);
  const { current, sigmasText, progress } = run.observables;
  const { reservoirs, mLeft, mRight } = run.simulator.params();
  const hill = reservoirs && mLeft !== mRight;
  const direction = run.word ?? 'none';
  place.dataset.direction = direction;
  const word = part('word');
  word.dataset.direction = direction;
  say(word, run.word ? `${run.word === 'uphill' ? '↗' : '↘'} ${words.ways[run.word].toUpperCase()}` : signOf(run));
  say(part('current'), current.text);
  say(part('sigmas'), current.error === null ? '' : sigmasText);
  const bar = find('progress', HTMLProgressElement, place);
  bar.value = progress;
  bar.dataset.done = String(run.word !== null || !hill);
  say(part('sentence'), run.sentence);
  const reason = current.reason ? `${current.reason}` : '';
  const took = run.word ? (run.took === null ? words.wasSignificant(run.tookSpan) : words.significant(seconds(run.took), run.tookSpan)) : '';
  say(part('took'), [took, reason].filter(Boolean).join(words.now) || words.measured(run.observables.spanText));
}
