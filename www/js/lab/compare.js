// Two runs side by side: at another m₊, or the control between balanced reservoirs.

import { button, element, input, say } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { readNumber, fill, onCommit } from './controls.js';
import { MAGNETIZATIONS, M_STEPS } from './scale.js';
import { Slider } from './slider.js';
import { compare as words } from '../words/page.js';

/** m₊ of the second run: on the other side of the paper's m_crit from the first. */
const BESIDE = { downhill: 0.9995, uphill: 0.9991, between: 0.9993 };

/** @param {import('./lab.js').Lab} lab */
export function startCompare(lab) {
  const [toggle, control, range, field] = [button('compare'), button('control'), input('compare-slider'), input('compare-m')];
  range.max = String(M_STEPS);
  toggle.addEventListener('click', () => guarded(() => {
    const { mRight } = lab.simulator.params();
    turn(!lab.other && { mRight: mRight <= BESIDE.between ? BESIDE.downhill : BESIDE.uphill, control: false });
  }));
  control.addEventListener('click', () => guarded(() => turn(!(lab.other && lab.control) && { mRight: null, control: true })));
  const turn = (/** @type {import('./lab.js').Second | false} */ second) => {
    lab.compare(second || null);
    if (second) lab.play();
    // At once, for whoever goes on by keyboard.
    show();
  };
  const set = (/** @type {number} */ m) => {
    if (lab.other) lab.alter(lab.other, (simulator) => simulator.setMagnetizations(m, lab.beside(m, lab.control).mLeft));
  };
  const slider = new Slider(range, MAGNETIZATIONS, set);
  onCommit(field, () => {
    const m = readNumber(field, 'm');
    if (m !== undefined) set(m);
  });

  const show = () => {
    const open = lab.other !== null;
    toggle.setAttribute('aria-pressed', String(open));
    control.setAttribute('aria-pressed', String(open && lab.control));
    toggle.setAttribute('aria-expanded', String(open));
    element('lab').classList.toggle('comparing', open);
    for (const id of ['compare-row', 'second-stage', 'second-result']) element(id).hidden = !open;
    for (const name of document.querySelectorAll('.stage-name')) /** @type {HTMLElement} */ (name).hidden = !open;
    if (!lab.second) return;
    const { mRight } = lab.second.params();
    say(element('compare-name'), lab.control ? words.control : words.second);
    slider.show(mRight);
    fill(field, String(mRight));
  };
  return show;
}
