// What a sighted person reads off the lab, in words: the pictures' text alternatives, and now and
// then a word aloud.

import { answer } from '../ground/answer.js';
import { element, say } from '../ground/elements.js';
import { pictures, result as words } from '../words/page.js';

/** A change is told when it has lasted so long, so long after the last word, in ms: states may flicker. */
const SETTLED_MS = 1500;
const SOON_MS = 5000;
/** Time between two words while nothing but numbers changes, in ms. */
const SELDOM_MS = 20_000;

/** Time between two texts beside a picture, in ms: they are there to be read, not to be followed. */
export const LABEL_MS = 1000;

/** @typedef {import('./run.js').Run} Run */

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The sign of a run's current, or why it has none. @param {Run} run */
export function signOf(run) {
  const { reservoirs, mLeft, mRight } = run.simulator.params();
  if (run.word) return words.ways[run.word];
  if (reservoirs === 'off') return words.equilibrium;
  if (mLeft === mRight) return words.noGradient;
  return run.observables.frozen ? words.ended : words.notYet;
}

/** The sign and the current, with its error if it has one. @param {Run} run */
export function currentInWords(run) {
  if (answer.hidden) return pictures.kept;
  const { current } = run.observables;
  return pictures.current(capital(signOf(run)), current.text, current.error !== null);
}

/** The end columns of the time average. @param {Run} run */
export function endsInWords(run) {
  const { firstColumn, lastColumn } = run.observables;
  return pictures.ends(firstColumn.text, lastColumn.text);
}

/** All that is read off a run. @param {Run} run */
export const inWords = (run) => `${currentInWords(run)} ${pictures.spins(run.observables.stateText)} ${endsInWords(run)}`;

/** Has the runs told aloud, politely and seldom. @param {import('./lab.js').Lab} lab */
export function startWords(lab) {
  const place = element('news');
  let [told, at] = ['', -Infinity];
  let [seen, since] = ['', 0];
  return () => {
    const now = performance.now();
    const key = [...lab.runs.map((run) => `${answer.hidden ? '' : signOf(run)}, ${run.observables.state}`), lab.pausedBecause].join();
    if (key !== seen) [seen, since] = [key, now];
    // A run that is paused is read no more until something changes.
    const lasting = !lab.playing || (now - since >= SETTLED_MS && now - at >= SOON_MS);
    if (key === told ? now - at < SELDOM_MS : !lasting) return;
    [told, at] = [key, now];
    const runs = lab.runs.map((run, number) => `${lab.other ? `${[pictures.first, pictures.second][number]} ` : ''}${inWords(run)}`);
    say(place, [...runs, lab.pausedBecause].filter(Boolean).join(' '));
  };
}
