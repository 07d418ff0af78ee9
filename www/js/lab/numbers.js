// The table of numbers, each with its error or the reason why it has none.

import { element, find, say } from '../ground/elements.js';
import { perSecond } from '../ground/speed.js';
import { numbers as words } from '../words/page.js';

/** @typedef {import('../../engine/lab.js').Observables} Observables */
/** @typedef {import('../../engine/lab.js').Estimate} Estimate */

/** @param {Estimate} estimate */
const shown = (estimate) => [estimate.text, estimate.reason ?? ''];
/** @param {string} text */
const bare = (text) => [text, ''];

/**
 * The value of each row, by its name in index.html, and what is to be said beside it.
 * @type {Record<string, (o: Observables) => string[]>}
 */
const ROWS = {
  rates: (o) => shown(o.current),
  count: (o) => [o.count.text, [o.disagreementText, o.count.reason].filter(Boolean).join('; ')],
  left: (o) => [o.leftText, o.left === null ? '' : words.atAnEnd],
  right: (o) => [o.rightText, o.right === null ? '' : words.atAnEnd],
  fromLastColumn: (o) => shown(o.fromLastColumn),
  lastColumn: (o) => shown(o.lastColumn),
  firstColumn: (o) => shown(o.firstColumn),
  mEq: (o) => shown(o.mEq),
  energy: (o) => shown(o.energy),
  power: (o) => shown(o.power),
  powerCount: (o) => [o.powerCount.text, [o.powerApartText, o.powerCount.reason].filter(Boolean).join('; ')],
  powerLeft: (o) => shown(o.powerLeft),
  powerRight: (o) => shown(o.powerRight),
  heat: (o) => shown(o.heat),
  entropyProduction: (o) => shown(o.entropyProduction),
  efficiency: (o) => shown(o.efficiency),
  time: (o) => [o.timeText, [words.over(o.spanText), o.paintedText].filter(Boolean).join('; ')],
  events: (o) => bare(o.eventsText),
  attempts: (o) => bare(o.attemptsText),
};

/** @param {HTMLTableRowElement} row */
function addCells(row) {
  for (let run = 0; run < 2; run += 1) {
    const reason = document.createElement('span');
    reason.className = 'reason';
    row.insertCell().append(document.createElement('span'), ' ', reason);
  }
}

/** @param {import('./lab.js').Lab} lab */
export function startNumbers(lab) {
  const table = find('#numbers', HTMLTableElement);
  const rows = [...find('tbody', HTMLTableSectionElement, table).rows];
  rows.forEach(addCells);
  return () => {
    find('thead', HTMLElement, table).hidden = lab.other === null;
    say(element('events-per-second'), lab.playing && lab.eventsPerSecond > 0 ? words.speed(perSecond(lab.eventsPerSecond)) : '');
    rows.forEach((row) => {
      [lab.first, lab.other].forEach((run, column) => {
        const cell = row.cells[column + 1];
        cell.hidden = run === null;
        if (!run) return;
        const [value, reason] = ROWS[row.dataset.number ?? ''](run.observables);
        say(cell.children[0], value);
        say(cell.children[1], reason);
      });
    });
  };
}
