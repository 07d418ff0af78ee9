// Results as files: CSV, JSON, and pictures at print quality.

import { printTheme } from '../../engine/uphill.js';
import { notice } from '../ground/notices.js';
import { save } from '../ground/save.js';
import { files as words } from '../words/figures.js';

/** @typedef {import('../../engine/uphill.js').Scan} Scan */

/** Width of a picture for print, in CSS pixels as in the SVG, and device pixels in one. */
const PRINT_WIDTH = 720;
const PRINT_SCALE = 3;

/** @param {Scan} scan @param {string} decimal `point` or `comma` */
export function saveCsv(scan, decimal) {
  const name = decimal === 'comma' ? `${scan.fileStem}-comma` : scan.fileStem;
  save(`${name}.csv`, new Blob([scan.csv(decimal)], { type: 'text/csv' }));
}

/** @param {Scan} scan */
export function saveJson(scan) {
  save(`${scan.fileStem}.json`, new Blob([scan.json()], { type: 'application/json' }));
}

/** @param {Scan} scan @param {string} picture @param {number[]} chosen */
export function saveSvg(scan, picture, chosen) {
  save(`${scan.fileStem}-${picture}.svg`, new Blob([scan.svg(picture, chosen)], { type: 'image/svg+xml' }));
}

/** @param {Scan} scan @param {string} picture @param {number[]} chosen */
export function savePng(scan, picture, chosen) {
  const canvas = document.createElement('canvas');
  const theme = { ...printTheme(), scale: PRINT_SCALE };
  canvas.width = PRINT_WIDTH * PRINT_SCALE;
  canvas.height = Math.round(canvas.width * scan.aspect(picture, PRINT_WIDTH / theme.size));
  scan.draw(picture, canvas, theme, chosen);
  canvas.toBlob((blob) => {
    if (blob) save(`${scan.fileStem}-${picture}.png`, blob);
    else notice(words.noPng);
  });
}
