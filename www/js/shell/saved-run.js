// A run as a file: saved as it is, painted spins included, and opened to go on bit for bit.

import { Simulator } from '../../engine/lab.js';
import { guarded, reasonOf } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { save } from '../ground/save.js';
import { dropped as words } from '../words/drop.js';
import { nameOf } from './save-page.js';

/** The first bytes of a saved run, of whatever version. */
const BEGINS = 'uphill\0';
/** Largest file that is read, in bytes: far more than the largest lattice takes. */
const LARGEST = 64 * 2 ** 20;

/** @typedef {import('./views.js').Views} Views */

/** Whether a file is a saved run; not, if it cannot be read. @param {File} file */
export async function isSavedRun(file) {
  try {
    return new TextDecoder('latin1').decode(await file.slice(0, BEGINS.length).arrayBuffer()) === BEGINS;
  } catch {
    return false;
  }
}

/** @param {HTMLButtonElement} from @param {Views} views */
export async function saveRunOf(from, { lab }) {
  if (!lab) return;
  from.disabled = true;
  try {
    // As it is when it is asked for; its name may have to be fetched.
    const [bytes, link] = [lab.simulator.save(), lab.simulator.link()];
    save(`${await nameOf(link)}.uphill`, new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]));
  } finally {
    from.disabled = false;
  }
}

/** Opens the first of some files; of the others it is said that they were left. @param {File[]} files @param {Views} views */
export async function openSavedRun([file, ...others], views) {
  if (!file) return;
  /** @type {Simulator} */
  let simulator;
  try {
    if (file.size > LARGEST) throw new Error(words.large);
    simulator = Simulator.restore(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    notice(words.notOpened(file.name, reasonOf(error)));
    return;
  }
  guarded(() => views.openRun(simulator, words.opened(file.name)));
  if (others.length > 0) notice(words.alone(file.name, others.length));
}
