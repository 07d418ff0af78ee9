// The colours tell apart what they are to tell apart: for eyes that lack one kind of cone, and on
// a bad projector, light and dark. They are read from style/colours.css, where the page has them from.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

const STYLE = readFileSync(new URL('../../www/style/colours.css', import.meta.url), 'utf8');

/**
 * Least difference of two colours, CIEDE2000. Between large patches side by side 1 to 2 is seen.
 * Here are curves, marks and cells of a fraction of a degree, apart from each other, for which
 * several times as much is needed (Stone, Szafir and Setlur, 2014). Ten is our choice: what a
 * glance takes for two colours, and what all pairs could be brought to.
 */
const APART = 10;
/** WCAG 2.2: of graphics against what is beside them, and of text. */
const [GRAPHICS, TEXT] = [3, 4.5];

/** @typedef {[number, number, number]} Triple */
/** @typedef {Record<string, string>} Palette */

/** What stands in a rule. @param {string} opening what it begins with, up to its brace and the space after it */
function rule(opening) {
  const at = STYLE.indexOf(opening);
  assert.ok(at >= 0, `colours.css has no ${opening}`);
  return STYLE.slice(at + opening.length, STYLE.indexOf('}', at));
}

/** A colour for the light and one for the dark. */
const PAIR = /var\(--light, (#[0-9a-f]{6})\) var\(--dark, (#[0-9a-f]{6})\)/g;

/** The colours as they usually are, and with more contrast: each name with one for the light and one for the dark. */
const [USUAL, MORE] = (() => {
  const found = [...rule('\n:root {\n').matchAll(/--([\w-]+): (.*);/g)].map(([, name, value]) => ({ name, pairs: [...value.matchAll(PAIR)], value }));
  assert.ok(found.length > 10, 'there are colours');
  for (const { name, pairs, value } of found) assert.equal(pairs.length, value.includes('--more') ? 2 : 1, name);
  return [0, -1].map((which) => ({
    light: Object.fromEntries(found.map(({ name, pairs }) => [name, /** @type {RegExpExecArray} */ (pairs.at(which))[1]])),
    dark: Object.fromEntries(found.map(({ name, pairs }) => [name, /** @type {RegExpExecArray} */ (pairs.at(which))[2]])),
  }));
})();
/** @type {Record<string, Palette>} */
const PALETTES = {
  light: USUAL.light,
  dark: USUAL.dark,
  'light, more contrast': MORE.light,
  'dark, more contrast': MORE.dark,
};

/** @param {string} colour @returns {Triple} linear red, green, blue, from 0 to 1 */
const linear = (colour) => /** @type {Triple} */ ([1, 3, 5].map((at) => {
  const part = parseInt(colour.slice(at, at + 2), 16) / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}));

/** @param {Triple} matrix_row @param {Triple} v */
const dot = (matrix_row, v) => matrix_row.reduce((sum, factor, at) => sum + factor * v[at], 0);

/** Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB. @type {Record<string, Triple[]>} */
const MACHADO = {
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** How a colour is seen, in linear RGB. @type {Record<string, (colour: Triple) => Triple>} */
const EYES = {
  'all cones': (colour) => colour,
  ...Object.fromEntries(Object.entries(MACHADO).map(([name, matrix]) => [name, (/** @type {Triple} */ colour) => /** @type {Triple} */ (matrix.map((row) => Math.min(1, Math.max(0, dot(row, colour)))))])),
  // A lit room lifts its black to three tenths of its white, and its dark tones are washed out.
  'a bad projector': (colour) => /** @type {Triple} */ (colour.map((part) => 0.3 + 0.7 * part ** 0.85)),
};

/** CIELAB for the white of sRGB. @param {Triple} colour linear RGB @returns {Triple} */
function lab(colour) {
  const xyz = [dot([0.4124564, 0.3575761, 0.1804375], colour) / 0.95047, dot([0.2126729, 0.7151522, 0.072175], colour), dot([0.0193339, 0.119192, 0.9503041], colour) / 1.08883];
  const [x, y, z] = xyz.map((part) => (part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIEDE2000, after Sharma, Wu and Dalal (2005). @param {Triple} one @param {Triple} other in CIELAB */
function difference([l1, a1, b1], [l2, a2, b2]) {
  const [rad, deg] = [(/** @type {number} */ x) => (x * Math.PI) / 180, (/** @type {number} */ x) => (x * 180) / Math.PI];
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (/** @type {number} */ a, /** @type {number} */ b) => (a === 0 && b === 0 ? 0 : (deg(Math.atan2(b, a)) + 360) % 360);
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)];
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const h = grey ? h1 + h2 : (Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : ((h1 + h2 + 360) / 2) % 360);
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const t = 1 - 0.17 * Math.cos(rad(h - 30)) + 0.24 * Math.cos(rad(2 * h)) + 0.32 * Math.cos(rad(3 * h + 6)) - 0.2 * Math.cos(rad(4 * h - 63));
  const dl = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2));
  const dc = (c2 - c1) / (1 + 0.045 * c);
  const dh = (2 * Math.sqrt(c1 * c2) * Math.sin(rad(turn / 2))) / (1 + 0.015 * c * t);
  const rt = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(rad(60 * Math.exp(-(((h - 275) / 25) ** 2))));
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + rt * dc * dh);
}

/** WCAG's contrast. @param {string} one @param {string} other */
function contrast(one, other) {
  const [low, high] = [one, other].map((colour) => dot([0.2126, 0.7152, 0.0722], linear(colour))).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/**
 * What stands in one picture and is told apart by its colour: the spins; the signs and a curve
 * without one, a second run, axes and text. Ink and faint are not: one is text and marks, the
 * other the zero line, dashes and squares.
 */
const DRAWN = ['uphill', 'downhill', 'plus', 'second', 'ink', 'faint'];
const PAIRS = [
  ['plus', 'minus'],
  ...DRAWN.flatMap((one, at) => DRAWN.slice(at + 1).map((other) => [one, other])).filter((pair) => pair.join() !== 'ink,faint'),
];

describe('The palette', () => {
  test('is measured rightly', () => {
    // Three of the pairs that Sharma, Wu and Dalal give.
    for (const [one, other, expected] of /** @type {[Triple, Triple, number][]} */ ([
      [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
      [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
      [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
    ])) assert.ok(Math.abs(difference(one, other) - expected) < 5e-5, `${difference(one, other)} for ${expected}`);
  });

  test('is the same in the dark, whether the system or the person chose it', () => {
    const chosen = rule('\n:root[data-theme="dark"] { ');
    assert.match(chosen, /--light: ; --dark: initial; color-scheme: dark;/);
    assert.equal(rule('@media (prefers-color-scheme: dark) {\n  :root:not([data-theme="light"]) { '), chosen);
    assert.match(rule('\n:root { '), /--light: initial; --dark: ; color-scheme: light;/);
  });

  for (const [name, palette] of Object.entries(PALETTES)) {
    for (const [eyes, seen] of Object.entries(EYES)) {
      test(`${name}: for ${eyes}`, () => {
        const near = PAIRS.map(([one, other]) => ({ one, other, apart: difference(lab(seen(linear(palette[one]))), lab(seen(linear(palette[other])))) }))
          .filter(({ apart }) => !(apart >= APART))
          .map(({ one, other, apart }) => `${one} ${palette[one]} and ${other} ${palette[other]}: ${apart.toFixed(1)}`);
        assert.deepEqual(near, []);
      });
    }

    test(`${name}: has contrast`, () => {
      const weak = [
        ...['uphill', 'downhill', 'plus', 'second', 'faint'].map((drawn) => [drawn, 'paper', GRAPHICS]),
        ['plus', 'minus', GRAPHICS],
        ...['ink', 'faint', 'uphill-text', 'downhill-text', 'second'].flatMap((text) => ['paper', 'panel'].map((ground) => [text, ground, TEXT])),
        ['ink', 'warn', TEXT],
        ...(name.includes('more') ? [['line', 'paper', GRAPHICS], ['faint', 'paper', 7], ['uphill', 'paper', TEXT], ['downhill', 'paper', TEXT]] : []),
      ].filter(([one, other, least]) => !(contrast(palette[one], palette[other]) >= Number(least)))
        .map(([one, other, least]) => `${one} on ${other}: ${contrast(palette[one], palette[other]).toFixed(2)} of ${least}`);
      assert.deepEqual(weak, []);
    });
  }
});
