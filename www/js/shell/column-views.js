// What the plot of the columns shows besides their profile: drawn by the whole engine, which is fetched
// for it, from what the lab has read off its run.

import { drawColumns, readColumns } from '../../engine/uphill.js';
import { startWholeEngine } from '../figures/engine.js';
import { plotTheme } from '../ground/theme.js';
import { columnViews } from '../lab/plots.js';

/** @typedef {import('../lab/lab.js').Lab} Lab */

/** The first run's numbers of every column. @param {Lab} lab @param {'profile' | 'columnCurrents'} what */
function columnsOf({ simulator }, what) {
  const read = simulator.observables();
  const { mean, error } = read.current;
  return { link: simulator.link(), values: read[what], errors: what === 'profile' ? read.profileErrors : read.columnCurrentErrors, current: mean, currentError: error };
}

/** @param {string} curve @param {'profile' | 'columnCurrents'} what @returns {import('../lab/plots.js').View} */
const view = (curve, what) => ({
  draw: (lab, canvas) => drawColumns(curve, columnsOf(lab, what), canvas, plotTheme()),
  read: (lab, frame, x) => readColumns(curve, columnsOf(lab, what), frame, x),
});

/** Has the plot show them. */
export async function bringColumnViews() {
  await startWholeEngine();
  columnViews.near = view('magnified-profile', 'profile');
  columnViews.currents = view('column-currents', 'columnCurrents');
}
