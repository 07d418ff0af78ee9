// How much a second buys: 1/(error² · s) of J, by the rate estimator and by counting, both from
// the same runs.

import { CALLS } from './bench-kernels.js';
import { jackknifed, total } from './bench-statistics.js';

/**
 * @typedef {object} Merit
 * @property {string} link without a seed
 * @property {number} relax
 * @property {number} span measured time
 * @property {number} seeds
 * @property {number} spans how many of them, one after the other, each seed has
 */

/** Beyond the seeds of the kernels, whose runs have gone on. */
const FIRST_SEED = 101;

/**
 * @param {Merit} merit
 * @param {import('./bench-hosts.js').Native} host
 */
export async function figureOfMerit({ link, relax, span, seeds, spans }, host) {
  /** @type {{rate: number, count: number}[]} */
  const variances = [];
  let seconds = 0;
  for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed += 1) {
    const run = `${link}&seed=${seed}`;
    await host.run({ link: run, until: relax, calls: CALLS });
    for (let i = 1; i <= spans; i += 1) {
      const answer = await host.measure({ link: run, until: relax + i * span, calls: CALLS });
      seconds += answer.seconds;
      const { rate, count } = answer.current;
      // A span in which the state changes has no error.
      if (rate.error && count.error) {
        variances.push({ rate: rate.error ** 2, count: count.error ** 2 });
      }
    }
  }
  const cost = seconds / (seeds * spans);
  /** @param {'rate' | 'count'} by */
  const merit = (by) => jackknifed(variances, (some) => some.length / total(some, (v) => v[by]) / cost);
  return {
    link,
    relax,
    span,
    spans: seeds * spans,
    withoutError: seeds * spans - variances.length,
    secondsPerSpan: cost,
    rate: merit('rate'),
    count: merit('count'),
    ratio: jackknifed(
      variances,
      (some) => total(some, (v) => v.count) / total(some, (v) => v.rate),
    ),
  };
}
