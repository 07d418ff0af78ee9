// Two runs side by side.

import { button, element, input } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { readNumber, fill, onCommit } from './controls.js';
import { MAGNETIZATIONS, M_STEPS } from './scale.js';
import { Slider } from './slider.js';

/** m₊ of the second run: on the other side of the paper's m_crit from the first. */
const BESIDE = { downhill: 0.9995, uphill: 0.9991, between: 0.9993 };

/** @param {import('./lab.js').Lab} lab */
export function startCompare(lab) {
  const [toggle, range, field] = [button('compare'), input('compare-slider'), input('compare-m')];
  range.max = String(M_STEPS);
  toggle.addEventListener('click', () => guarded(() => {
    if (lab.other) {
      lab.compare(null);
    } else {
      const { mRight } = lab.simulator.params();
      lab.compare(mRight <= BESIDE.between ? BESIDE.downhill : BESIDE.uphill);
      lab.play();
    }
    // At once, for whoever goes on by keyboard.
    show();
  }));
  const set = (/** @type {number} */ m) => {
    if (lab.other) lab.alter(lab.other, (simulator) => simulator.setMagnetizations(m, lab.beside(m).mLeft));
  };
  const slider = new Slider(range, MAGNETIZATIONS, set);
  onCommit(field, () => {
    const m = readNumber(field, 'm');
    if (m !== undefined) set(m);
  });

  const show = () => {
    const open = lab.other !== null;
    toggle.setAttribute('aria-pressed', String(open));
    toggle.setAttribute('aria-expanded', String(open));
    element('lab').classList.toggle('comparing', open);
    for (const id of ['compare-row', 'second-stage', 'second-result']) element(id).hidden = !open;
    for (const name of document.querySelectorAll('.stage-name')) /** @type {HTMLElement} */ (name).hidden = !open;
    if (!lab.second) return;
    const { mRight } = lab.second.params();
    slider.show(mRight);
    fill(field, String(mRight));
  };
  return show;
}
