// The result in one word and one number, which appear when they are significant.

import { answer } from '../ground/answer.js';
import { find, say } from '../ground/elements.js';
import { result as words } from '../words/page.js';
import { signOf } from './spoken.js';

/** @typedef {import('./run.js').Run} Run */

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** The heights of the flow's arms, of 60: all that is put in, or taken out, is as high as HIGH. */
const HIGH = 36;
const [TOP, JOINT, END, TIP, FORK] = [6, 90, 190, 14, 6];

/** An arm between two heights, which bends on its way and ends in a tip. @param {number} from @param {number} to @param {number} high */
const arm = (from, to, high) => (high > 0.5
  ? `M${JOINT} ${from}C${(JOINT + END) / 2} ${from} ${(JOINT + END) / 2} ${to} ${END} ${to}l${TIP} ${high / 2}l${-TIP} ${high / 2}C${(JOINT + END) / 2} ${to + high} ${(JOINT + END) / 2} ${from + high} ${JOINT} ${from + high}z`
  : '');

/**
 * Where the energy goes: what the reservoirs put in, and how it is shared; nothing where that is not known.
 * @param {HTMLElement} place
 * @param {import('../../engine/lab.js').Observables} observables
 */
function showFlow(place, { budget, power, efficiency }) {
  const picture = find('svg', SVGSVGElement, place);
  const path = (/** @type {string} */ name, /** @type {string} */ d) => find(`[data-flow="${name}"]`, SVGPathElement, place).setAttribute('d', d);
  const known = power.mean !== null && power.error !== null && Math.abs(power.mean) >= 5 * power.error;
  picture.dataset.known = String(known);
  const out = known && /** @type {number} */ (power.mean) < 0;
  picture.classList.toggle('out', out);
  const lift = known && !out && efficiency.mean !== null && efficiency.error !== null ? Math.max(0, efficiency.mean) * HIGH : 0;
  path('power', known ? `M16 ${TOP + FORK}H${JOINT}v${HIGH}H16l${TIP} ${-HIGH / 2}z` : '');
  path('lift', arm(TOP + FORK, TOP, lift));
  path('heat', known ? arm(TOP + FORK + lift, TOP + 2 * FORK + lift, HIGH - lift) : '');
  picture.setAttribute('aria-label', known ? words.flow(out, Math.round((100 * lift) / HIGH)) : words.flowUnknown);
  say(find('[data-part="budget"]', HTMLElement, place), answer.hidden ? '' : budget);
}

/** @param {HTMLElement} place @param {Run} run */
export function showResult(place, run) {
  const part = (/** @type {string} */ name) => find(`[data-part="${name}"]`, HTMLElement, place);
  const { current, sigmasText, progress } = run.observables;
  const { reservoirs, mLeft, mRight } = run.simulator.params();
  const hill = reservoirs !== 'off' && mLeft !== mRight;
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
  const flow = place.querySelector('[data-part="flow"]');
  if (flow instanceof HTMLElement) showFlow(flow, run.observables);
  const reason = current.reason ? `${current.reason}` : '';
  const took = run.word ? (run.took === null ? words.wasSignificant(run.tookSpan) : words.significant(seconds(run.took), run.tookSpan)) : '';
  say(part('took'), [took, reason].filter(Boolean).join(words.now) || words.measured(run.observables.spanText));
}
