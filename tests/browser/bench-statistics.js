// Numbers out of several rounds.

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}

/**
 * @typedef {object} Spread
 * @property {number} median
 * @property {number} least
 * @property {number} most
 */

/**
 * @param {number[]} values
 * @returns {Spread}
 */
export function spread(values) {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** @typedef {{value: number, error: number}} Estimate with one standard deviation */

/**
 * An estimate from independent samples, with its error by the jackknife.
 *
 * @template T
 * @param {T[]} samples
 * @param {(samples: T[]) => number} estimate
 * @returns {Estimate}
 */
export function jackknifed(samples, estimate) {
  const without = samples.map((_, i) => estimate(samples.filter((_, j) => j !== i)));
  const n = without.length;
  const mean = without.reduce((sum, x) => sum + x, 0) / n;
  const squares = without.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return { value: estimate(samples), error: Math.sqrt(((n - 1) / n) * squares) };
}

/**
 * The sum of a number over samples.
 *
 * @template T
 * @param {T[]} samples
 * @param {(sample: T) => number} of
 */
export const total = (samples, of) => samples.reduce((sum, sample) => sum + of(sample), 0);
