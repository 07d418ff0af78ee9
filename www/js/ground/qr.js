// A text as a QR code, dark on white whatever the colours of the page.

import { encode } from 'uqr';

/** White modules around a code, as its standard asks for. */
const QUIET = 4;
const SVG = 'http://www.w3.org/2000/svg';
/** Error correction that bears a projector and a fold in the paper; more where it costs nothing. */
const LEVEL = { ecc: /** @type {const} */ ('M'), border: 0, boostEcc: true };

/** Rows of modules, true for dark; null for a text that is longer than a code holds. @param {string} text */
export function modulesOf(text) {
  try {
    return encode(text, LEVEL).data;
  } catch {
    return null;
  }
}

/** The code of a text as a picture; null for one that is longer than a code holds. @param {string} text @param {string} label what it is, in words */
export function qrCode(text, label) {
  const rows = modulesOf(text);
  if (!rows) return null;
  const side = rows.length + 2 * QUIET;
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      const from = x;
      while (row[x]) x += 1;
      if (x > from) path += `M${from + QUIET} ${y + QUIET}h${x - from}v1h-${x - from}z`;
    }
  });
  const svg = document.createElementNS(SVG, 'svg');
  const ground = document.createElementNS(SVG, 'rect');
  const dark = document.createElementNS(SVG, 'path');
  for (const [node, attributes] of /** @type {const} */ ([
    [svg, { viewBox: `0 0 ${side} ${side}`, role: 'img', 'aria-label': label, class: 'qr', 'shape-rendering': 'crispEdges' }],
    [ground, { width: `${side}`, height: `${side}`, fill: '#fff' }],
    [dark, { d: path, fill: '#000' }],
  ])) for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  svg.append(ground, dark);
  return svg;
}
