// The scales of the sliders: what a position stands for.

/** Steps of the slider of m₊; the last is the end stop at exactly 1. */
export const M_STEPS = 1060;
/** 1 − m₊ one step before the end stop, as a power of ten. */
const FINEST = -5;
const COARSEST = Math.log10(2);

/**
 * m₊ at a position: logarithmic in 1 − m₊ from 2 down to 10⁻⁵, then exactly 1.
 * Three digits of 1 − m₊ are kept: few enough for short links, enough for every step to move.
 * @param {number} position
 */
function magnetizationAt(position) {
  if (position >= M_STEPS) return 1;
  const share = position / (M_STEPS - 1);
  const gap = 10 ** (COARSEST + share * (FINEST - COARSEST));
  return Number((1 - Number(gap.toPrecision(3))).toFixed(7));
}

/** @param {number} m */
function positionOfMagnetization(m) {
  const gap = 1 - m;
  if (gap <= 0) return M_STEPS;
  const share = (Math.log10(gap) - COARSEST) / (FINEST - COARSEST);
  return Math.round(Math.min(1, Math.max(0, share)) * (M_STEPS - 1));
}

/** Steps of the slider of speed; the last is as fast as the machine goes. */
export const SPEED_STEPS = 71;

/**
 * Events per second at a position, ten positions a decade.
 * @param {number} position
 */
function speedAt(position) {
  return position >= SPEED_STEPS ? Infinity : 10 ** (position / 10);
}

/** @typedef {import('./slider.js').Scale} Scale */

/** m₊. @type {Scale} */
export const MAGNETIZATIONS = { valueAt: magnetizationAt, positionOf: positionOfMagnetization };
/** β, as it stands. @type {Scale} */
export const BETAS = { valueAt: (position) => position, positionOf: (beta) => beta };
/** Events per second. @type {Scale} */
export const SPEEDS = { valueAt: speedAt, positionOf: (speed) => (speed === Infinity ? SPEED_STEPS : 10 * Math.log10(speed)) };
