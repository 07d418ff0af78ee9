// How large a site can be, and where lattice and reservoirs then stand. All in device pixels.

/** Width of a reservoir's strip, and what is between it and the lattice, in CSS pixels. */
const STRIP = 28;
const GAP = 8;
/** Room for the labels around the lattice, in CSS pixels, and the size of type that it is for; larger type takes more. */
const MARGIN = { top: 24, bottom: 26, side: 4 };
const TYPE = 14;
/** A picture in a frame that is less wide or high than this has no labels, in CSS pixels. */
const LABELS = 250;
const UNLABELLED = { top: 2, bottom: 2, side: 2 };
/** The share of a small frame's width that a reservoir's strip has. */
const SHARE = 1 / 22;
/** The names of both reservoirs stand side by side above the lattice, in CSS pixels. */
const NAMES = 210;

/**
 * @typedef {object} Fit
 * @property {number} cell a site's edge, whole unless `scaled`
 * @property {boolean} scaled whether a site has less than a pixel
 * @property {number} columns columns of a reservoir's strip
 * @property {number} strip
 * @property {number} gap
 * @property {number} left of the left strip
 * @property {number} top
 * @property {number} across from strip to strip
 * @property {number} high
 * @property {number} total the height with its labels, in CSS pixels
 * @property {boolean} labels whether there is room for them
 */

/**
 * The largest whole number of pixels a site that the room allows, or else what fits.
 *
 * @param {{lx: number, ly: number, reservoirs: boolean}} params
 * @param {{width: number, height: number, scale: number, type?: number, framed?: boolean}} room in CSS pixels, with the size of type, and device pixels in one; within a frame all of it is the picture's
 * @returns {Fit}
 */
export function fit({ lx, ly, reservoirs }, { width, height, scale, type = TYPE, framed = false }) {
  const labels = !framed || Math.min(width, height) >= LABELS;
  const larger = Math.max(1, type / TYPE);
  const margin = labels ? { top: MARGIN.top * larger, bottom: MARGIN.bottom * larger, side: MARGIN.side } : UNLABELLED;
  const stripWidth = framed ? Math.min(STRIP, Math.max(6, width * SHARE)) : STRIP;
  const gapWidth = stripWidth * GAP / STRIP;
  const wide = (width - 2 * margin.side) * scale;
  const tall = (height - margin.top - margin.bottom) * scale;
  const ends = (/** @type {number} */ cell) => {
    if (!reservoirs) return { columns: 0, strip: 0, gap: 0 };
    const columns = Math.max(1, Math.round((stripWidth * scale) / Math.max(cell, 1)));
    const strip = Math.round(columns * Math.max(cell, 1));
    const spare = labels ? (Math.min(wide, NAMES * larger * scale) - lx * cell) / 2 - strip : 0;
    return { columns, strip, gap: Math.round(Math.max(gapWidth * scale, spare)) };
  };
  const across = (/** @type {number} */ cell) => {
    const { strip, gap } = ends(cell);
    return Math.round(lx * cell) + 2 * (strip + gap);
  };
  let cell = Math.floor(Math.min(wide / lx, tall / ly));
  while (cell >= 1 && across(cell) > wide) cell -= 1;
  const scaled = cell < 1;
  if (scaled) cell = Math.min(1, tall / ly, (wide - 2 * (stripWidth + gapWidth) * scale) / lx);
  const high = Math.round(ly * cell);
  const own = Math.ceil(high / scale) + margin.top + margin.bottom;
  return {
    cell, scaled, labels, ...ends(cell), across: across(cell), high,
    left: Math.max(0, Math.floor((Math.round(width * scale) - across(cell)) / 2)),
    top: Math.round((margin.top + (framed ? Math.max(0, height - own) / 2 : 0)) * scale),
    total: framed ? height : own,
  };
}
