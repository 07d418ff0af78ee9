// Sets the symbols in a text as formulas: m₊, m_crit, ⟨m(Lx)⟩ and their like become MathML.

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** @param {string} name @param {...(Node | string)} parts */
function part(name, ...parts) {
  const element = document.createElementNS(MATHML, name);
  element.append(...parts);
  return element;
}

/** @param {string} name of a quantity */
const mi = (name) => part('mi', name);
/** @param {string} sign */
const mo = (sign) => {
  const element = part('mo', sign);
  if ('()⟨⟩'.includes(sign)) element.setAttribute('stretchy', 'false');
  return element;
};
/** @param {string} digits */
const mn = (digits) => part('mn', digits);
/** @param {...Node} parts */
const row = (...parts) => part('mrow', ...parts);
/** @param {string} base @param {Node} index */
const sub = (base, index) => part('msub', mi(base), index);
/** @param {string} word */
const named = (word) => sub('m', part('mtext', word));

const plus = () => sub('m', mo('+'));
const ofColumn = (/** @type {Node} */ x) => [mi('m'), mo('('), x, mo(')')];
const mean = (/** @type {Node} */ x) => row(mo('⟨'), ...ofColumn(x), mo('⟩'));
const lx = () => sub('L', mi('x'));
const length = () => [mo('('), lx(), mo('+'), mn('1'), mo(')')];

/** What a symbol looks like as it stands in a text. @type {Record<string, () => Node>} */
const SYMBOLS = {
  '(⟨m(Lx)⟩ − m₊)/2': () => row(mo('('), mean(lx()), mo('−'), plus(), mo(')'), mo('/'), mn('2')),
  '(⟨m(L)⟩ − ⟨m(1)⟩)/2': () => row(mo('('), mean(mi('L')), mo('−'), mean(mn('1')), mo(')'), mo('/'), mn('2')),
  'a + b/(Lx + 1)': () => row(mi('a'), mo('+'), mi('b'), mo('/'), ...length()),
  '1/(Lx + 1)': () => row(mn('1'), mo('/'), ...length()),
  '(Lx + 1)·J': () => row(...length(), mi('J')),
  'a e^(−bL)': () => row(mi('a'), part('msup', mi('e'), row(mo('−'), mi('b'), mi('L')))),
  '⟨m(Lx)⟩': () => mean(lx()),
  '⟨m(L)⟩': () => mean(mi('L')),
  '⟨m(1)⟩': () => mean(mn('1')),
  'm(x)': () => row(...ofColumn(mi('x'))),
  m_crit: () => named('crit'),
  m_eq: () => named('eq'),
  m_bump: () => named('bump'),
  'm_β': () => sub('m', mi('β')),
  'm_∞': () => sub('m', mi('∞')),
  'm₊': plus,
  'm₋': () => sub('m', mo('−')),
  J_t: () => sub('J', mi('t')),
  'χ²/dof': () => row(part('msup', mi('χ'), mn('2')), mo('/'), part('mtext', 'dof')),
  Lx: lx,
  Ly: () => sub('L', mi('y')),
  J: () => mi('J'),
  L: () => mi('L'),
  'β': () => mi('β'),
};

/** Small letters that are words as well: they are symbols where a sign follows. */
const BEFORE_A_SIGN = 'abtxys';

const escaped = (/** @type {string} */ text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const FORMULAS = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:${Object.keys(SYMBOLS).map(escaped).join('|')}|[${BEFORE_A_SIGN}](?= [=≈<>]))(?![\\p{L}\\p{N}_])`,
  'gu',
);

/** @type {WeakMap<Element, string>} */
const written = new WeakMap();

/**
 * Sets a text, its symbols as formulas, only where it changes.
 * @param {Element} where
 * @param {string} text
 */
export function write(where, text) {
  if (written.get(where) === text && where.hasChildNodes() === (text !== '')) return;
  written.set(where, text);
  where.replaceChildren(...typeset(text));
}

/** What stands on the line of the formula before it: a browser may break the line between the two. */
export const AFTER = /^[,.;:!?)’”“]+/;

/** A text with its symbols as formulas. @param {string} text @returns {(Node | string)[]} */
export function typeset(text) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const { 0: symbol, index } of text.matchAll(FORMULAS)) {
    if (index > end) parts.push(text.slice(end, index));
    const formula = part('math', (SYMBOLS[symbol] ?? (() => mi(symbol)))());
    end = index + symbol.length;
    const [after] = AFTER.exec(text.slice(end)) ?? [''];
    parts.push(after === '' ? formula : unbroken(formula, after));
    end += after.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** What no line ends within. @param {...(Node | string)} parts */
export function unbroken(...parts) {
  const whole = document.createElement('span');
  whole.className = 'unbroken';
  whole.append(...parts);
  return whole;
}
