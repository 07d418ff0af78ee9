// Lattices as pictures: a square for each site, two beside each other.

import { escaped } from '../ground/markup.js';
import { messages as said, taking as words } from '../words/page.js';
import { png } from './picture.js';

/** Edge of a site, in pixels of the SVG. */
const SITE = 10;
/** Sites between two lattices. */
const APART = 4;
/** About how many pixels the longer edge of a lattice has in a PNG. */
const PIXELS = 1200;

/** @typedef {Pick<import('./take-away.js').Shot, 'spins' | 'lx' | 'ly' | 'link' | 'altered'>} Sites */
/** @typedef {Pick<import('../../engine/uphill.js').Theme, 'plus' | 'minus' | 'faint'>} Colours */

/** The stretches of + in the columns of a lattice, from the top. @param {Sites} sites @param {(x: number, y: number, high: number) => void} each */
function stretches({ spins, lx, ly }, each) {
  for (let x = 0; x < lx; x += 1) {
    for (let y = 0; y < ly; y += 1) {
      const from = y;
      while (y < ly && spins[x * ly + y] & 1) y += 1;
      if (y > from) each(x, ly - y, y - from);
    }
  }
}

/** Where each lattice begins, and how many sites all are wide and high. @param {Sites[]} all */
function places(all) {
  let across = 0;
  const lefts = all.map(({ lx }) => {
    const left = across;
    across += lx + APART;
    return left;
  });
  return { lefts, across: across - APART, high: Math.max(...all.map(({ ly }) => ly)) };
}

/** @param {Sites[]} all @param {Colours} colours */
export function latticeSvg(all, { plus, minus, faint }) {
  const { lefts, across, high } = places(all);
  const drawn = all.map((sites, number) => {
    let path = '';
    stretches(sites, (x, y, tall) => { path += `M${(lefts[number] + x) * SITE} ${y * SITE}h${SITE}v${tall * SITE}h-${SITE}z`; });
    return `<rect x="${lefts[number] * SITE}" width="${sites.lx * SITE}" height="${sites.ly * SITE}" fill="${minus}" stroke="${faint}"/><path fill="${plus}" d="${path}"/>`;
  });
  const title = all.map(({ link, altered }) => (altered ? words.altered(link) : link)).join('; ');
  const [wide, tall] = [across * SITE + 2, high * SITE + 2];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 ${wide} ${tall}" width="${wide}" height="${tall}"><title>${escaped(title)}</title>${drawn.join('')}</svg>`;
}

/** Whole pixels a site, in a thin frame. @param {Sites[]} all @param {Colours} colours @returns {Promise<Blob>} */
export function latticePng(all, { plus, minus, faint }) {
  const { lefts, across, high } = places(all);
  const cell = Math.max(1, Math.floor(PIXELS / Math.max(...all.flatMap(({ lx, ly }) => [lx, ly]))));
  const edge = Math.max(1, Math.round(cell / 10));
  const canvas = document.createElement('canvas');
  canvas.width = across * cell + 2 * edge;
  canvas.height = high * cell + 2 * edge;
  const context = canvas.getContext('2d');
  if (!context) throw new Error(said.noPicture);
  const fill = (/** @type {string} */ colour, /** @type {[number, number, number, number]} */ box) => {
    context.fillStyle = colour;
    context.fillRect(...box);
  };
  fill(minus, [0, 0, canvas.width, canvas.height]);
  all.forEach((sites, number) => {
    const [left, wide, tall] = [lefts[number] * cell, sites.lx * cell, sites.ly * cell];
    fill(faint, [left, 0, wide + 2 * edge, tall + 2 * edge]);
    fill(minus, [left + edge, edge, wide, tall]);
    stretches(sites, (x, y, rows) => fill(plus, [left + edge + x * cell, edge + y * cell, cell, rows * cell]));
  });
  return png(canvas);
}
