// A run or a figure in a sentence, and as an entry of a bibliography.

import { engineVersion } from '../../engine/lab.js';
import { answer } from '../ground/answer.js';
import { signOf } from '../lab/spoken.js';
import { kinds } from '../words/figures.js';
import { caption as words } from '../words/share.js';

/** @typedef {import('./views.js').Views} Views */

/** As the page's own citation has it. */
const AUTHOR = 'The Uphill developers';

/** A number as it is written in a text: with a minus that is one. @param {number} value */
const written = (value) => String(value).replace('-', '−');

/** A run as it is now, not as it was last read. @param {import('../lab/run.js').Run} run */
function ofRun(run) {
  const { lx, ly, beta, reservoirs, mLeft, mRight } = run.simulator.params();
  const { current, spanText } = run.read();
  const sign = signOf(run);
  const said = current.error === null ? words.withoutError(current.text, current.reason ?? sign) : words.current(current.text, sign, spanText);
  const lattice = words.lattice(lx, ly, written(beta));
  const ends = { on: words.reservoirs, balanced: words.balanced, off: () => words.isolated }[reservoirs];
  return [...(answer.hidden ? [] : [said]), lattice, ends(written(mLeft), written(mRight))].join(', ');
}

/** @param {import('../figures/figures.js').Figures} figures */
function ofFigure({ scan }) {
  if (!scan) return '';
  const [found] = scan.findings();
  return [kinds[scan.kind], ...(found ? [`${found.subject}: ${found.text.replace(/\.$/, '')}`] : [])].join('. ');
}

/** What is shown, in one sentence. @param {Views} views */
export function captionOf({ now, lab, figures }) {
  const shown = now === 'figures' && figures ? ofFigure(figures) : (lab?.runs ?? []).map(ofRun).join('; ');
  return `${[shown, words.engine(engineVersion())].filter(Boolean).join('. ')}.`;
}

/** What TeX has for the signs of a number. @param {string} text */
export function tex(text) {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const exponent = (/** @type {string} */ raised) => [...raised].map((sign) => (sign === '⁻' ? '-' : String(digits.indexOf(sign)))).join('');
  return text.replace(/·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, raised) => `\\times10^{${exponent(raised)}}`).replaceAll('−', '-').replaceAll('±', '\\pm ');
}

/** The entry of what is shown in a bibliography. @param {Views} views @param {string} address or an empty text */
export function bibtexOf({ now, lab, figures }, address) {
  const ofLab = now !== 'figures' && lab;
  const link = ofLab ? lab.simulator.link() : figures?.scan?.link ?? '';
  const digest = ofLab ? lab.simulator.digest() : '';
  const { time, current } = ofLab ? lab.first.read() : { time: null, current: null };
  const note = [
    `Engine ${engineVersion()}`,
    ...(time === null ? [] : [`$t = ${time}$`, `digest ${digest}`]),
    ...(current && current.error !== null && !answer.hidden ? [`$J = ${tex(current.text)}$`] : []),
  ].join(', ');
  const today = new Date();
  const fields = [
    ['author', `{${AUTHOR}}`],
    ['title', `{Uphill}: \\texttt{${link.replace(/[&%#_]/g, '\\$&')}}`],
    ['year', String(today.getFullYear())],
    ...(address ? [['url', address], ['urldate', [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, '0')).join('-')]] : []),
    ['note', note],
  ];
  const key = `Uphill-${(digest || link.replace(/\W+/g, '-')).slice(0, 24)}`;
  return `@misc{${key},\n${fields.map(([name, value]) => `  ${name.padEnd(7)} = {${value}}`).join(',\n')}\n}`;
}
