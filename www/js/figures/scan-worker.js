// A worker: advances tasks of a scan, a slice at a time, and keeps nothing that matters. The build
// puts what it imports into it, so that it needs no modules and can be started from memory.

import init, { ScanPlan, ScanTask } from '../../engine/uphill.js';

/** What one call into the engine should take, in ms. */
const CALL_MS = 20;
const FIRST_CALL = 2000;
/** Time between two signs of life, in ms. */
const BEAT_MS = 500;

/**
 * @typedef {object} Slice
 * @property {number} id
 * @property {string} link of the experiment
 * @property {string} added the points that were added to those of the link
 * @property {number} task
 * @property {Uint8Array | undefined} before the outcome of the task that it starts from
 * @property {Uint8Array | undefined} checkpoint where it goes on; undefined for its beginning
 * @property {string} stamp names the checkpoint
 * @property {number} ms how long to work on it
 */

/**
 * @typedef {object} Answer
 * @property {number} id
 * @property {number} task
 * @property {boolean} done
 * @property {Uint8Array<ArrayBuffer>} outcome
 * @property {Uint8Array<ArrayBuffer>} checkpoint
 * @property {string} stamp names the new checkpoint
 * @property {number} seconds
 * @property {string} restarted why the task began anew, or an empty text
 */

let events = FIRST_CALL;
let panic = '';
let number = 0;
/** @type {{stamp: string, task: ScanTask} | null} The last task, so that its next slice need not restore it. */
let resident = null;
/** @type {{link: string, added: string, plan: ScanPlan} | null} The plan of the last task, for the next ones of its experiment. */
let known = null;
/** @type {Promise<unknown> | undefined} */
let started;

addEventListener('uphill-panic', (event) => {
  panic = event instanceof CustomEvent ? String(event.detail) : 'panic';
});

/** @param {string} link @param {string} added */
function planOf(link, added) {
  if (known?.link === link && known.added === added) return known.plan;
  known?.plan.free();
  known = null;
  const plan = new ScanPlan(link, added);
  known = { link, added, plan };
  return plan;
}

/** @param {Slice} slice */
function begin({ link, added, task, before, checkpoint, stamp }) {
  if (resident && resident.stamp === stamp) return { task: resident.task, restarted: '' };
  resident?.task.free();
  resident = null;
  let restarted = '';
  if (checkpoint) {
    try {
      return { task: ScanTask.restore(planOf(link, added), task, checkpoint), restarted };
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      restarted = error instanceof Error ? error.message : String(error);
    }
  }
  return { task: new ScanTask(planOf(link, added), task, before), restarted };
}

/** @param {Slice} slice @returns {Answer} */
function work(slice) {
  const began = performance.now();
  const { task, restarted } = begin(slice);
  let now = performance.now();
  let beat = now;
  // A task that was restored may have ended already.
  let done = task.advance(0);
  while (!done && now - began < slice.ms) {
    done = task.advance(events);
    const took = performance.now() - now;
    now += took;
    // Timers are coarse: a call too short to be measured may be doubled.
    if (took > 2 * CALL_MS) events = Math.max(1, Math.floor(events / 2));
    else if (took < CALL_MS && !done) events *= 2;
    if (now - beat > BEAT_MS) {
      postMessage({ beat: slice.id });
      beat = now;
    }
  }
  number += 1;
  const stamp = `${slice.link} ${slice.task} ${number} ${began}`;
  resident = { stamp, task };
  const outcome = /** @type {Uint8Array<ArrayBuffer>} */ (task.outcome());
  const checkpoint = /** @type {Uint8Array<ArrayBuffer>} */ (task.save());
  return { id: slice.id, task: slice.task, done, outcome, checkpoint, stamp, seconds: (performance.now() - began) / 1000, restarted };
}

/** Starts the engine, which this worker fetches where it could not be handed over. @param {WebAssembly.Module | undefined} compiled */
async function start(compiled) {
  return init({ module_or_path: compiled ?? new URL('../../engine/uphill_bg.wasm', location.href) });
}

addEventListener('message', async ({ data }) => {
  if ('start' in data) {
    started = start(data.start);
    started.then(() => postMessage({ ready: true }), (error) => postMessage({ failed: String(error) }));
    return;
  }
  /** @type {Slice} */
  const slice = data;
  try {
    await started;
    const answer = work(slice);
    postMessage({ answer }, { transfer: [answer.outcome.buffer, answer.checkpoint.buffer] });
  } catch (error) {
    const why = panic || (error instanceof Error ? error.message : String(error));
    postMessage({ failed: why });
  }
});
