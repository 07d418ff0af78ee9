// The picture of a frame as a file, for the page around it: PNG as it stands there, or SVG.

import { find } from '../ground/elements.js';
import { plotTheme } from '../ground/theme.js';
import { messages as said } from '../words/page.js';
import { shotsOf } from './take-away.js';

/** Width of a figure for print, in CSS pixels, and device pixels in one. */
const PRINT_WIDTH = 720;
const PRINT_SCALE = 3;

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
export const png = (canvas) => new Promise((resolve, reject) => {
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(said.noPicture))));
});

/** All that is drawn of the lattices, on the colour of the page. */
function lattices() {
  const canvases = [...document.querySelectorAll('.stage canvas')].map((canvas) => /** @type {HTMLCanvasElement} */ (canvas)).filter((canvas) => canvas.getClientRects().length > 0);
  const boxes = canvases.map((canvas) => canvas.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
  const whole = document.createElement('canvas');
  whole.width = Math.round((right - left) * devicePixelRatio);
  whole.height = Math.round((bottom - top) * devicePixelRatio);
  const context = whole.getContext('2d');
  if (!context) throw new Error(said.noPicture);
  context.fillStyle = plotTheme().paper;
  context.fillRect(0, 0, whole.width, whole.height);
  canvases.forEach((canvas, number) => context.drawImage(canvas, Math.round((boxes[number].left - left) * devicePixelRatio), Math.round((boxes[number].top - top) * devicePixelRatio)));
  return whole;
}

/**
 * @param {{lab: import('../lab/lab.js').Lab | null, figures: import('../figures/figures.js').Figures | null, level: string}} shown
 * @param {unknown} format
 * @returns {Promise<Blob>}
 */
export async function pictureOf({ lab, figures, level }, format = 'png') {
  if (format !== 'png' && format !== 'svg') throw new Error(said.format(String(format).slice(0, 100)));
  const svg = (/** @type {string} */ text) => new Blob([text], { type: 'image/svg+xml' });
  if (figures?.scan) {
    const [{ name }] = figures.scan.pictures();
    if (format === 'svg') return svg(figures.scan.svg(name, new Uint32Array(figures.pictures.chosen)));
    const { printTheme } = await import('../../engine/uphill.js');
    const canvas = document.createElement('canvas');
    const theme = { ...printTheme(), scale: PRINT_SCALE };
    canvas.width = PRINT_WIDTH * PRINT_SCALE;
    canvas.height = Math.round(canvas.width * figures.scan.aspect(name, PRINT_WIDTH / theme.size));
    figures.scan.draw(name, canvas, theme, figures.pictures.chosen);
    return png(canvas);
  }
  if (!lab) throw new Error(said.notYet);
  if (format === 'png') return png(level === 'plot' ? find('#plot-integrated', HTMLCanvasElement) : lattices());
  const shots = shotsOf(lab);
  if (level !== 'plot') return svg((await import('./lattice-files.js')).latticeSvg(shots, plotTheme()));
  const runs = await (await import('./run-files.js')).takenRuns(shots);
  try {
    return svg(runs.svg('integrated-current'));
  } finally {
    runs.free();
  }
}
