// What the page says stands in www/js/words/ and in index.html, and nowhere else: see
// docs/translation.md.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { parse } from 'acorn';

import { engine, faults, faultsOfTable, faultsOfWords, hasWord, LANGUAGES, page, SAME, same, textsOf, textsOfEngine, textsOfPage, WORDS } from './translations.js';

const PAGE = fileURLToPath(new URL('../../www/js/', import.meta.url));

/** Texts with two words in a row that nobody reads, or that name a fault of the page's own. */
const NOT_SAID = [
  /^allow-scripts allow-same-origin /, // what a frame may do
  /^take over$/, // to the service worker
  /^ResizeObserver loop/, // the browser's
  /^the page has no 0$/, // a fault of the page's own
  /^const init = /, // code
  /^uphill (run|scan) '/, // a command
  /^(localStorage|sessionStorage|IndexedDB) uphill/, // the name of a place
  /^The Uphill developers$/, // in a bibliography
  /^<(iframe|meta)/, // markup, whose words are put in
];

/** What names things: classes, selectors, keys. A text given to it is not said. */
const NAMING = /^(querySelector|querySelectorAll|closest|find|element|button|input|matches)$/;
const NAMES = /^(className|aria-keyshortcuts|class)$/;

/** @param {any} node a part of the syntax tree @param {any} parent */
function isName(node, parent) {
  if (parent?.type === 'AssignmentExpression') return NAMES.test(parent.left.property?.name ?? '');
  if (parent?.type !== 'CallExpression') return false;
  const called = parent.callee.property?.name ?? parent.callee.name ?? '';
  const [first] = parent.arguments;
  // The second of what makes an element are its classes.
  return NAMING.test(called) || (called === 'setAttribute' && NAMES.test(first.value)) || (called === 'made' && node === parent.arguments[1]);
}

/** Whether a text has two words in a row, once tags are away. @param {string} text */
const isSaid = (text) => /[A-Za-z’]{2,} [a-z’]{2,}/.test(text.replace(/<[^>]*>/g, ' ')) && !NOT_SAID.some((not) => not.test(text));

/** What is said in a script, with its lines; what is put into a text stands as 0. @param {string} source */
function sayings(source) {
  /** @type {string[]} */
  const found = [];
  const walk = (/** @type {any} */ node, /** @type {any} */ parent) => {
    if (node === null || typeof node !== 'object') return;
    const text = node.type === 'TemplateLiteral' ? node.quasis.map((/** @type {any} */ part) => part.value.cooked).join('0') : node.type === 'Literal' ? node.value : '';
    if (typeof text === 'string' && isSaid(text) && !isName(node, parent)) found.push(`${node.loc.start.line}: ${text}`);
    for (const part of Object.values(node)) {
      for (const each of Array.isArray(part) ? part : [part]) if (each !== node.loc) walk(each, node.type ? node : parent);
    }
  };
  walk(parse(source, { ecmaVersion: 'latest', sourceType: 'module', locations: true }), null);
  return found;
}

test('finds what is said in a script', () => {
  const source = [
    '// A comment says much.',
    "const a = 'two words';",
    "const b = /a 'regular expression/; /* and a 'comment of",
    "two lines */ const c = `${a} of some ${b} words`;",
    "row.className = 'share cell'; find('ul li a', HTMLElement); d = 'one';",
    'const e = `<p class="one two">said here</p>`;',
  ].join('\n');
  assert.deepEqual(sayings(source), ['2: two words', '4: 0 of some 0 words', '6: <p class="one two">said here</p>']);
});

test('nothing is said outside of the words', () => {
  const files = readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js') && !name.startsWith('words'));
  assert.ok(files.length > 40, files.join());
  const said = files.flatMap((name) => sayings(readFileSync(join(PAGE, name), 'utf8')).map((saying) => `${name}:${saying}`));
  assert.deepEqual(said, []);
});

for (const code of LANGUAGES) {
  const { words, html, engine: said } = await textsOf(code);

  test(`whatever is said is said in ${code}, with the same values, and nothing besides`, () => {
    assert.deepEqual(faultsOfWords(words), []);
    assert.deepEqual(faultsOfTable(textsOfPage(page), html), []);
    assert.ok(engine.length > 300, String(engine.length));
    assert.deepEqual(faultsOfTable(engine, said), []);
    // They come to the engine in lines.
    assert.deepEqual(Object.entries(said).flat().filter((text) => /\n/.test(text)), []);
  });

  test(`no text of ${code} is left in English`, () => {
    const left = [
      ...same('words', WORDS, words),
      ...Object.entries({ ...html, ...said }).filter(([text, own]) => text === own),
    ].filter(([, text]) => hasWord(text) && !SAME[code].test(text));
    assert.deepEqual(left, []);
  });
}

test('what a translation lacks is named', () => {
  const english = { a: 'one', b: (/** @type {string} */ x) => `of ${x}`, c: [['#control', 'its name']] };
  const own = { b: (/** @type {string} */ x) => (x ? 'von' : ''), c: [['#other', 'sein Name']], d: 'mehr' };
  assert.deepEqual(faults('file', english, { ...own, a: 'eins' }), ['file.d is of nothing in English', 'file.c.#other is of nothing in English', 'file.c.#control has no translation']);
  assert.deepEqual(faults('file', english, { ...english, a: undefined }), ['file.a has no translation']);
  assert.deepEqual(faults('file', english, { ...english, b: (/** @type {string} */ _x) => 'von' }), ['file.b puts (_x) into its text, and the English one (x*)']);
  assert.deepEqual(textsOfPage('<p aria-label="a name">See <span class="unbroken"><math><mi>J</mi></math>,</span> and <b>more</b>.<br>1</p><script>let it be</script>'), ['a name', 'See {1}, and {2}.{3}1', 'more']);
  assert.deepEqual(textsOfEngine('words! {\n    /// About it.\n    NAME = "a \\"name\\"";\n    n(n) = "{n} one" or "{n} many";\n}'), ['a "name"', '{n} one', '{n} many']);
  assert.deepEqual(faultsOfTable(['one {a}', 'two'], { 'one {a}': 'eins', three: 'drei' }), ['no translation: two', 'of nothing in English: three', 'other values: one {a}']);
});
