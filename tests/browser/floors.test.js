// The floors of www/js/: which room may take from which. A room takes from the floors below its
// own, never from its own floor or from above, be it code or a type; within a room files take from
// each other. So the page, like src/, is read from the ground up.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { parse } from 'acorn';

const SITE = fileURLToPath(new URL('../../www/', import.meta.url));

/** The rooms from the ground up, a floor a line. The engine's folder is made by the build. */
const FLOORS = [
  ['engine', 'js/words'],
  ['js/words/de'],
  ['js/ground'],
  ['js/address'],
  ['js/lab', 'js/figures'],
  ['js/tour'],
  ['js/shell'],
  ['js'],
];

/** The floor of a room. @param {string} room */
const floorOf = (room) => FLOORS.findIndex((rooms) => rooms.includes(room));

/** What a file takes from others, in code and in the types of its comments. @param {string} source @returns {{line: number, from: string}[]} */
function imports(source) {
  /** @type {{line: number, from: string}[]} */
  const found = [];
  const keep = (/** @type {number} */ line, /** @type {unknown} */ from) => {
    if (typeof from === 'string') found.push({ line, from });
  };
  const tree = parse(source, {
    ecmaVersion: 'latest', sourceType: 'module', locations: true,
    onComment: (_, text, _start, _end, at) => {
      for (const { 1: from, index } of text.matchAll(/import\('([^']+)'\)/g)) keep((at?.line ?? 0) + text.slice(0, index).split('\n').length - 1, from);
    },
  });
  const walk = (/** @type {any} */ node) => {
    if (node === null || typeof node !== 'object') return;
    if (/^(Import|Export)/.test(node.type ?? '')) keep(node.loc.start.line, node.source?.value);
    for (const part of Object.values(node)) for (const each of Array.isArray(part) ? part : [part]) if (each !== node.loc) walk(each);
  };
  walk(tree);
  return found;
}

/** What a file takes that its floor does not allow. @param {string} name within the site @param {string} source */
function breaches(name, source) {
  const own = dirname(name);
  const floor = floorOf(own);
  if (floor < 0) return [`${name}: ${own} stands on no floor`];
  return imports(source).flatMap(({ line, from }) => {
    const wanted = normalize(join(own, from)).split(sep).join('/');
    const room = dirname(wanted);
    if (room === own || (floorOf(room) >= 0 && floorOf(room) < floor)) return [];
    return [`${name}:${line}: ${own} takes ${wanted}, but ${room} is not below it`];
  });
}

/** All of the page's modules, within the site. */
const FILES = readdirSync(join(SITE, 'js'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => `js/${name.split(sep).join('/')}`);

test('every room takes from the floors below its own', () => {
  assert.ok(FILES.length > 60, FILES.join());
  assert.deepEqual(FILES.flatMap((name) => breaches(name, readFileSync(join(SITE, name), 'utf8'))), []);
});

test('every room is there, and the first module alone is in none', () => {
  const rooms = new Set(FILES.map((name) => dirname(name)));
  assert.deepEqual([...rooms].sort(), FLOORS.flat().filter((room) => room !== 'engine').sort());
  assert.deepEqual(FILES.filter((name) => dirname(name) === 'js'), ['js/main.js']);
});

test('a breach is found wherever it stands', () => {
  const source = [
    "import { say } from '../ground/elements.js';",
    "import { Lab } from './lab.js';",
    "import { Views } from '../shell/views.js';",
    "/** @typedef {import('../figures/runner.js').Runner} Runner */",
    '/**',
    " * @param {import('../tour/tour.js').Tour} tour",
    ' */',
    "const late = (tour) => import('../shell/offline.js');",
    "export * from '../ground/engine.js';",
  ].join('\n');
  const lines = breaches('js/lab/plots.js', source).map((breach) => Number(breach.split(':')[1]));
  assert.deepEqual(lines.sort((a, b) => a - b), [3, 4, 6, 8]);
  assert.deepEqual(breaches('js/attic/old.js', ''), ['js/attic/old.js: js/attic stands on no floor']);
});
