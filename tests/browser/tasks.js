// How long the tasks of a page's own thread are, by Chromium's trace.

/** @typedef {import('puppeteer-core').Page} Page */

/** The page's own thread may not be kept longer than this, in ms. */
export const LONG_TASK = 50;

/** Windows of which one without a long task is enough. */
const WINDOWS = 3;

/** @typedef {{pid: number, tid: number, name: string, ph: string, ts: number, dur?: number, tdur?: number}} TraceEvent */

/**
 * The longest task of the page's own thread while something goes on, in ms: by the time that it
 * had the processor, which is the page's doing, and by the clock, which counts what other
 * threads and processes do in the middle of it, too.
 *
 * @param {Page} page
 * @param {() => Promise<unknown>} goesOn
 */
export async function longestTask(page, goesOn) {
  const session = await page.browser().target().createCDPSession();
  /** @type {TraceEvent[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {any} */ (value)));
  const mark = (/** @type {string} */ name) => page.evaluate((name) => void performance.mark(name), name);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['blink.user_timing', 'disabled-by-default-devtools.timeline'] },
  });
  // To begin and to end a trace takes the page's own time, too.
  await mark('watch');
  await goesOn();
  await mark('watched');
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const [from, to] = ['watch', 'watched'].map((mark) => events.find(({ name }) => name === mark));
  const tasks = events.filter(({ name, ph, pid, tid, ts, dur = 0 }) =>
    name === 'RunTask' && ph === 'X' && pid === from?.pid && tid === from.tid
    && ts > from.ts && ts + dur < (to?.ts ?? 0));
  return {
    count: tasks.length,
    processor: Math.max(...tasks.map(({ tdur = NaN }) => tdur / 1000)),
    clock: Math.max(...tasks.map(({ dur = NaN }) => dur / 1000)),
  };
}

/**
 * The longest task as above, at its shortest of some windows: what the browser tidies up by itself
 * does not fall into each; a page that is too slow is so in all of them.
 *
 * @param {Page} page
 * @param {() => Promise<unknown>} goesOn
 */
export async function longestTaskOfWindows(page, goesOn) {
  let best = await longestTask(page, goesOn);
  for (let window = 1; window < WINDOWS && !(best.processor <= LONG_TASK); window += 1) {
    const next = await longestTask(page, goesOn);
    if (next.processor < best.processor) best = next;
  }
  return best;
}
