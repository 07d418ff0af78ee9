// The table of numbers, each with its error or the reason why it has none.

import { find, say } from './elements.js';

/** @typedef {import('../engine/uphill.js').Observables} Observables */
/** @typedef {import('../engine/uphill.js').Estimate} Estimate */

/** @param {Estimate} estimate */
const shown = (estimate) => [estimate.text, estimate.reason ?? ''];
/** @param {string} text */
const bare = (text) => [text, ''];

/** @type {[string, (o: Observables) => string[], boolean?][]} */
const ROWS = [
  ['J, mean of the rates', (o) => shown(o.current), true],
  ['J, counted crossings', (o) => shown(o.count), true],
  ['J into the left end, I_L', (o) => bare(o.leftText), true],
  ['J out of the right end, I_R', (o) => bare(o.rightText), true],
  ['(⟨m(Lx)⟩ − m₊)/2', (o) => shown(o.fromLastColumn), true],
  ['last column ⟨m(Lx)⟩', (o) => shown(o.lastColumn)],
  ['first column ⟨m(1)⟩', (o) => shown(o.firstColumn)],
  ['m_eq, both ends', (o) => shown(o.mEq)],
  ['energy per site', (o) => shown(o.energy)],
  ['time t, measured', (o) => [o.timeText, `over ${o.spanText}`]],
  ['moves performed', (o) => bare(o.eventsText)],
  ['moves attempted', (o) => bare(o.attemptsText)],
];

/** @param {HTMLTableElement} table */
function build(table) {
  const body = find('tbody', HTMLTableSectionElement, table);
  for (const [name, , agrees] of ROWS) {
    const row = body.insertRow();
    if (agrees) row.className = 'agrees';
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = name;
    row.append(head);
    for (let run = 0; run < 2; run += 1) {
      const cell = row.insertCell();
      const reason = document.createElement('span');
      reason.className = 'reason';
      cell.append(document.createElement('span'), ' ', reason);
    }
  }
}

/** @param {import('./lab.js').Lab} lab */
export function startNumbers(lab) {
  const table = find('#numbers', HTMLTableElement);
  build(table);
  const rows = [...find('tbody', HTMLTableSectionElement, table).rows];
  return () => {
    find('thead', HTMLElement, table).hidden = lab.other === null;
    rows.forEach((row, number) => {
      [lab.first, lab.other].forEach((run, column) => {
        const cell = row.cells[column + 1];
        cell.hidden = run === null;
        if (!run) return;
        const [value, reason] = ROWS[number][1](run.observables);
        say(cell.children[0], value);
        say(cell.children[1], reason);
      });
    });
  };
}
