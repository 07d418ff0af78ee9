// The kernels on all hosts in turn: a piece of one natively, the same piece in each browser, then
// the next kernel, and all of that several times, so that what disturbs the machine disturbs all
// of them. A piece is a span of simulated time.

import assert from 'node:assert/strict';

import { median, spread } from './bench-statistics.js';

/** @typedef {import('./bench-hosts.js').Host} Host */
/** @typedef {{link: string, relax: number}} Kernel */

/** How long a piece takes natively, in s. */
const PIECE = 0.12;
/** From so many seconds on a speed is known well enough to choose the piece by. */
const FIRST_LOOK = 0.05;
/** Calls in a piece: short against it, long against what a call costs. */
export const CALLS = 120;

/**
 * A kernel under way. What a piece holds is the same on all hosts; only the time that it takes
 * is theirs.
 *
 * @typedef {object} Course
 * @property {string} link
 * @property {number} clock where the next piece begins
 * @property {number} piece in simulated time
 * @property {{events: number, attempts: number}} before counts at the last piece's end
 * @property {{events: number, attempts: number, seconds: number[]}[]} rounds
 */

/**
 * Relaxes a kernel on all hosts and chooses its piece by the speed of the first.
 *
 * @param {Kernel} kernel
 * @param {Host[]} hosts
 * @returns {Promise<Course>}
 */
async function prepared({ link, relax }, [first, ...others]) {
  let answer = await first.run({ link, until: relax, calls: CALLS });
  let span = 1;
  do {
    span *= 2;
    answer = await first.run({ link, until: answer.time + span, calls: CALLS });
  } while (answer.seconds < FIRST_LOOK);
  const { time, seconds, events, attempts } = answer;
  for (const host of others) {
    await host.run({ link, until: relax, calls: CALLS });
    await host.run({ link, until: time, calls: CALLS });
  }
  const piece = Math.max(1, Number(((PIECE * span) / seconds).toPrecision(2)));
  return { link, clock: time, piece, before: { events, attempts }, rounds: [] };
}

/**
 * One piece on every host in turn.
 *
 * @param {Course} course
 * @param {Host[]} hosts
 */
async function goOn(course, hosts) {
  course.clock += course.piece;
  const order = { link: course.link, until: course.clock, calls: CALLS };
  const answers = [];
  for (const host of hosts) answers.push(await host.run(order));
  const [{ digest, events, attempts }] = answers;
  for (const answer of answers) {
    assert.equal(answer.digest, digest, `${course.link}: not the same run on all hosts`);
  }
  const { before, rounds } = course;
  const seconds = answers.map((answer) => answer.seconds);
  rounds.push({ events: events - before.events, attempts: attempts - before.attempts, seconds });
  course.before = { events, attempts };
}

/**
 * The figures of one piece on one host.
 *
 * @param {number} piece
 * @param {{events: number, attempts: number}} round
 * @param {number} seconds
 */
const figures = (piece, { events, attempts }, seconds) => ({
  seconds,
  timePerSecond: piece / seconds,
  nsPerTime: (1e9 * seconds) / piece,
  eventsPerSecond: events / seconds,
  nsPerEvent: (1e9 * seconds) / events,
  attemptsPerSecond: attempts / seconds,
});

/** @typedef {ReturnType<typeof figures>} Figures */

/**
 * @param {Course} course
 * @param {Host[]} hosts
 */
function summary({ link, piece, rounds }, hosts) {
  const size = Number(new URLSearchParams(link).get('L') ?? 40);
  const eventsPerTime = median(rounds.map(({ events }) => events / piece));
  const onHost = hosts.map((host, at) => {
    const each = rounds.map((round) => figures(piece, round, round.seconds[at]));
    /** @param {keyof Figures} of */
    const middle = (of) => median(each.map((figure) => figure[of]));
    return {
      host: host.name,
      timePerSecond: middle('timePerSecond'),
      nsPerTime: middle('nsPerTime'),
      eventsPerSecond: middle('eventsPerSecond'),
      nsPerEvent: middle('nsPerEvent'),
      attemptsPerSecond: middle('attemptsPerSecond'),
      speedOfNative: spread(rounds.map(({ seconds }) => seconds[0] / seconds[at])),
      rounds: each,
    };
  });
  return {
    link,
    metropolis: link.includes('dyn=metropolis'),
    piece,
    eventsPerTime,
    eventsPerTimeAndSite: eventsPerTime / size ** 2,
    hosts: onHost,
  };
}

/** @typedef {ReturnType<typeof summary>} Summary */

/**
 * Runs all kernels on all hosts.
 *
 * @param {Kernel[]} kernels
 * @param {Host[]} hosts
 * @param {number} rounds
 */
export async function runKernels(kernels, hosts, rounds) {
  const courses = [];
  for (const kernel of kernels) courses.push(await prepared(kernel, hosts));
  for (let round = 0; round <= rounds; round += 1) {
    for (const course of courses) {
      await goOn(course, hosts);
      // The first one warms up.
      if (round === 0) course.rounds.pop();
    }
  }
  return courses.map((course) => summary(course, hosts));
}

/**
 * Each host's speed over that of the first, over all kinetic kernels.
 *
 * @param {Summary[]} kernels
 */
export function speedOfNative(kernels) {
  const kinetic = kernels.filter(({ metropolis }) => !metropolis);
  return kinetic[0].hosts.map(({ host }, at) => ({
    host,
    ...spread(kinetic.map(({ hosts }) => hosts[at].speedOfNative.median)),
  }));
}

/**
 * A figure of one kernel over that of another, round by round, on every host.
 *
 * @param {Summary[]} kernels
 * @param {string} above
 * @param {string} below
 * @param {keyof Figures} of
 */
export function ratios(kernels, above, below, of) {
  const [a, b] = [above, below].map((link) => {
    const kernel = kernels.find((each) => each.link === link);
    if (!kernel) throw new Error(`there is no kernel ${link}`);
    return kernel.hosts;
  });
  return a.map(({ host, rounds }, at) => ({
    host,
    ...spread(rounds.map((figure, round) => figure[of] / b[at].rounds[round][of])),
  }));
}
