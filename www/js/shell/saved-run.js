// A run as a file: saved as it is, painted spins included, and opened to go on bit for bit.

import { Simulator } from '../../engine/lab.js';
import { guarded, reasonOf } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { save } from '../ground/save.js';
import { dropped as words } from '../words/drop.js';
import { nameOf } from './save-page.js';

/** How the name of a saved run ends. */
const ENDING = '.uphill';
/** Largest file that is read, in bytes: far more than the largest lattice takes. */
const LARGEST = 64 * 2 ** 20;

/** @typedef {import('./views.js').Views} Views */

/** Whether a file is to be opened as a saved run, by its name: a folder has no bytes to look at. @param {File} file */
export const isSavedRun = ({ name }) => name.toLowerCase().endsWith(ENDING);

/** @param {HTMLButtonElement} from @param {Views} views */
export async function saveRunOf(from, { lab }) {
  if (!lab) return;
  from.disabled = true;
  try {
    // As it is when it is asked for; its name may have to be fetched.
    const [bytes, link] = [lab.simulator.save(), lab.simulator.link()];
    save(`${await nameOf(link)}${ENDING}`, new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]));
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
