// What changes often: play, m₊, β, speed, presets.

import { readLink, theory } from '../../engine/lab.js';
import { typed } from '../address/link.js';
import { button, element, input, say } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { isComposing, isOfPage } from '../ground/keys.js';
import { fieldNotice } from '../ground/notices.js';
import { perSecond } from '../ground/speed.js';
import { controls as words } from '../words/page.js';
import { BETAS, MAGNETIZATIONS, M_STEPS, SPEEDS, SPEED_STEPS } from './scale.js';
import { Slider } from './slider.js';

/** @typedef {import('./lab.js').Lab} Lab */

/**
 * Reads one number of a field by the rules of the link; undefined, and a word beside the field, if it is not allowed.
 * @param {HTMLInputElement} field
 * @param {'m' | 'mL' | 'beta'} key
 */
export function readNumber(field, key) {
  const reading = readLink(`${key}=${encodeURIComponent(typed(field.value))}`);
  const [complaint] = reading.notices;
  fieldNotice(field, complaint ? complaint.message : '');
  if (complaint) return undefined;
  const { mRight, mLeft, beta } = reading.params;
  return { m: mRight, mL: mLeft, beta }[key];
}

/** Sets a field unless somebody types in it. @param {HTMLInputElement} field @param {string} text */
export function fill(field, text) {
  if (document.activeElement !== field || field.type === 'range') {
    if (field.value !== text) field.value = text;
  }
}

/** @param {HTMLInputElement} field @param {() => void} apply */
export function onCommit(field, apply) {
  field.addEventListener('change', () => guarded(apply));
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !isComposing(event)) field.blur();
  });
}

/** @param {Lab} lab */
export function startControls(lab) {
  const [play, mRange, mField] = [button('play'), input('m-slider'), input('m-field')];
  const [mLeftField, linked] = [input('ml-field'), input('ml-linked')];
  const [betaRange, betaField, speed] = [input('beta-slider'), input('beta-field'), input('speed')];
  mRange.max = String(M_STEPS);
  speed.max = String(SPEED_STEPS);
  linked.checked = lab.simulator.params().mLeft === -lab.simulator.params().mRight;

  /** @param {number} mRight */
  const setRight = (mRight) => lab.alter(lab.first, (simulator) => {
    const { mLeft } = simulator.params();
    simulator.setMagnetizations(mRight, linked.checked ? 0 - mRight : mLeft);
  });
  /** @param {number} mLeft */
  const setLeft = (mLeft) => lab.alter(lab.first, (simulator) => {
    simulator.setMagnetizations(simulator.params().mRight, mLeft);
  });
  /** @param {number} beta */
  const setBeta = (beta) => {
    for (const run of lab.runs) lab.alter(run, (simulator) => simulator.setBeta(beta));
  };

  play.addEventListener('click', () => guarded(() => (lab.playing ? lab.pause() : lab.play())));
  button('one-event').addEventListener('click', () => guarded(() => lab.oneEvent()));
  button('reset').addEventListener('click', () => guarded(() => lab.rebuild(lab.simulator.params())));
  button('new-seed').addEventListener('click', () => guarded(() => {
    lab.rebuild({ ...lab.simulator.params(), seed: readLink('').params.seed });
  }));
  button('measure-afresh').addEventListener('click', () => guarded(() => {
    for (const run of lab.runs) lab.alter(run, (simulator) => simulator.measureAfresh());
  }));
  const mSlider = new Slider(mRange, MAGNETIZATIONS, (m) => {
    fieldNotice(mField, '');
    setRight(m);
  });
  onCommit(mField, () => {
    const m = readNumber(mField, 'm');
    if (m !== undefined) setRight(m);
  });
  onCommit(mLeftField, () => {
    const m = readNumber(mLeftField, 'mL');
    if (m === undefined) return;
    linked.checked = false;
    setLeft(m);
  });
  linked.addEventListener('change', () => guarded(() => {
    if (linked.checked) setLeft(0 - lab.simulator.params().mRight);
  }));
  const betaSlider = new Slider(betaRange, BETAS, (beta) => {
    fieldNotice(betaField, '');
    setBeta(beta);
  });
  onCommit(betaField, () => {
    const beta = readNumber(betaField, 'beta');
    if (beta !== undefined) setBeta(beta);
  });
  // Before the first frame, for whoever is quick.
  mSlider.show(lab.simulator.params().mRight);
  betaSlider.show(lab.simulator.params().beta);
  const setSpeed = (/** @type {number} */ eventsPerSecond) => {
    lab.speed = eventsPerSecond;
    say(element('speed-value'), lab.speed === Infinity ? words.fastest : words.speed(perSecond(lab.speed)));
  };
  setSpeed(Infinity);
  new Slider(speed, SPEEDS, setSpeed).show(lab.speed);

  const presets = [...document.querySelectorAll('button[data-preset]')].map((preset) => /** @type {HTMLButtonElement} */ (preset));
  for (const preset of presets) {
    preset.addEventListener('click', () => guarded(() => {
      linked.checked = true;
      lab.restart(`${preset.dataset.preset}&seed=${lab.simulator.params().seed}`);
      lab.play();
    }));
  }
  document.addEventListener('keydown', (event) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (!lab.shown || event.key !== ' ' || event.shiftKey || !isOfPage(event)) return;
    if (at.closest('button, input, select, textarea, summary, a, [role="slider"], [contenteditable]')) return;
    event.preventDefault();
    // A key that is held says so once.
    if (!event.repeat) play.click();
  });

  return () => {
    const { mRight, mLeft, beta, seed } = lab.simulator.params();
    play.dataset.playing = String(lab.playing);
    play.setAttribute('aria-label', lab.playing ? words.pause : words.play);
    say(play.querySelector('.word-play') ?? play, lab.playing ? words.pause : words.play);
    mSlider.show(mRight);
    mRange.setAttribute('aria-valuetext', String(mRight));
    fill(mField, String(mRight));
    fill(mLeftField, String(mLeft));
    if (mLeft !== 0 - mRight) linked.checked = false;
    betaSlider.show(beta);
    fill(betaField, String(beta));
    const exact = theory(beta);
    say(element('t-over-tc'), exact.tOverTcText);
    say(element('m-beta'), exact.mBetaText);
    const link = lab.simulator.link();
    for (const preset of presets) {
      const same = readLink(`${preset.dataset.preset}&seed=${seed}`).link === link;
      preset.setAttribute('aria-pressed', String(same && !lab.first.observables.altered));
    }
  };
}
