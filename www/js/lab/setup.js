// What is rarely changed, and starts the run anew: size, boundary, reservoirs, dynamics, start, seed.

import { typed } from '../address/link.js';
import { input, select } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { fieldNotice, notice } from '../ground/notices.js';
import { fill, onCommit } from './controls.js';

/** The field in which each key of the link is set. */
const FIELD_OF = /** @type {Record<string, string>} */ ({ L: 'size-lx', Lx: 'size-lx', Ly: 'size-ly', shift: 'shift', width: 'width', seed: 'seed' });

/** @param {import('./lab.js').Lab} lab */
export function startSetup(lab) {
  const [lx, ly, square] = [input('size-lx'), input('size-ly'), input('size-square')];
  const [shift, width, seed] = [input('shift'), input('width'), input('seed')];
  const [boundary, reservoirs, dynamics, initial] = [select('boundary'), select('reservoirs'), select('dynamics'), select('initial')];
  const started = lab.simulator.params();
  square.checked = started.lx === started.ly;

  /** The form as a query string; what stands in the fields is the engine's to judge. */
  const query = () => {
    const { beta, mRight, mLeft } = lab.simulator.params();
    const words = new URLSearchParams({ Lx: typed(lx.value), Ly: typed((square.checked ? lx : ly).value), beta: String(beta), m: String(mRight), mL: String(mLeft) });
    if (boundary.value === 'shifted') {
      words.set('bc', 'shifted');
      if (typed(shift.value)) words.set('shift', typed(shift.value));
    }
    words.set('res', reservoirs.value);
    words.set('dyn', dynamics.value);
    words.set('init', initial.value);
    if (initial.value === 'stripe' && typed(width.value)) words.set('width', typed(width.value));
    words.set('seed', typed(seed.value));
    return words.toString();
  };
  const show = () => {
    const params = lab.simulator.params();
    fill(lx, String(params.lx));
    fill(ly, String(params.ly));
    boundary.value = params.boundary;
    reservoirs.value = params.reservoirs;
    dynamics.value = params.dynamics;
    initial.value = params.initial;
    fill(shift, params.shift ? String(params.shift) : '');
    fill(width, params.width ? String(params.width) : '');
    fill(seed, String(params.seed));
    for (const part of document.querySelectorAll('.shift-part')) /** @type {HTMLElement} */ (part).hidden = params.boundary !== 'shifted';
    for (const part of document.querySelectorAll('.width-part')) /** @type {HTMLElement} */ (part).hidden = params.initial !== 'stripe';
  };
  const apply = () => guarded(() => {
    const fields = [lx, ly, shift, width, seed];
    fields.forEach((field) => fieldNotice(field, ''));
    for (const complaint of lab.restart(query())) {
      const field = fields.find((candidate) => candidate.id === FIELD_OF[complaint.key]);
      if (field) fieldNotice(field, complaint.message);
      else notice(complaint.message);
    }
    show();
  });
  // A size or boundary changed by hand asks for its own default shift and width.
  for (const field of [lx, ly]) {
    onCommit(field, () => {
      if (field === ly && ly.value !== lx.value) square.checked = false;
      shift.value = '';
      width.value = '';
      apply();
    });
  }
  square.addEventListener('change', apply);
  for (const field of [shift, width, seed]) onCommit(field, apply);
  for (const chooser of [boundary, reservoirs, dynamics, initial]) chooser.addEventListener('change', apply);

  // Before the first frame, for whoever is quick: a change is applied with all that the form says.
  show();
  return show;
}
