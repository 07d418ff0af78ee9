// What the lab shows as files: curves by the whole engine, which is fetched for them, as it is for the
// names of files; the lattice by its sites.

import { fileStem, printTheme, TakenRuns } from '../../engine/uphill.js';
import { startWholeEngine } from '../figures/engine.js';
import { save } from '../ground/save.js';
import { latticePng, latticeSvg } from './lattice-files.js';
import { png } from './picture.js';

/** Width of a picture for print, in CSS pixels as in the SVG, and device pixels in one. */
const PRINT_WIDTH = 720;
const PRINT_SCALE = 3;
const TYPES = { svg: 'image/svg+xml', csv: 'text/csv', comma: 'text/csv', text: 'text/plain' };
const ENDINGS = { png: '.png', svg: '.svg', csv: '.csv', comma: '-comma.csv', text: '.txt' };

/** @typedef {import('./take-away.js').Shot} Shot */
/** @typedef {import('./take-away.js').FileKind} FileKind */

/** The runs in the whole engine's hands. @param {Shot[]} shots */
export async function takenRuns(shots) {
  await startWholeEngine();
  const runs = new TakenRuns();
  for (const { saved } of shots) runs.add(saved);
  return runs;
}

/** A curve at print quality. @param {TakenRuns} runs @param {string} curve */
function curvePng(runs, curve) {
  const canvas = document.createElement('canvas');
  canvas.width = PRINT_WIDTH * PRINT_SCALE;
  canvas.height = Math.round(canvas.width * runs.aspect(curve));
  runs.draw(curve, canvas, { ...printTheme(), scale: PRINT_SCALE });
  return png(canvas);
}

/** @param {TakenRuns} runs @param {Shot[]} shots @param {string} what @param {Exclude<FileKind, 'png'>} kind */
function textOf(runs, shots, what, kind) {
  if (kind === 'text') return runs.spins();
  if (kind === 'csv') return runs.csv(what, 'point');
  if (kind === 'comma') return runs.csv(what, 'comma');
  return what === 'lattice' ? latticeSvg(shots, printTheme()) : runs.svg(what);
}

/** @param {Shot[]} shots @param {string} what @param {FileKind} kind @returns {Promise<Blob>} */
async function fileOf(shots, what, kind) {
  const runs = await takenRuns(shots);
  try {
    if (kind === 'png') return await (what === 'lattice' ? latticePng(shots, printTheme()) : curvePng(runs, what));
    const text = textOf(runs, shots, what, kind);
    return new Blob([text], { type: TYPES[kind] });
  } finally {
    runs.free();
  }
}

/** Saves what a picture shows. @param {Shot[]} shots @param {string} what the lattice, or a curve @param {FileKind} kind */
export async function saveFile(shots, what, kind) {
  const file = await fileOf(shots, what, kind);
  // Its name says, too, that the link does not lead there.
  const altered = shots.some((shot) => shot.altered) ? '-altered' : '';
  save(`${fileStem(shots[0].link)}${altered}-${what}${ENDINGS[kind]}`, file);
}
