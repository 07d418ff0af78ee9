// The results as a table: the engine's cells, how far each point is, and a way into the lab.

import { queryOf } from '../../engine/lab.js';
import { inLanguage } from '../address/embed.js';
import { find, say } from '../ground/elements.js';
import { write } from '../ground/formulas.js';
import { table as words } from '../words/figures.js';

/** Rows that are made in one go; a long table grows over some frames. */
const ROWS_AT_ONCE = 10;

/** @typedef {import('../../engine/uphill.js').ResultsTable} ResultsTable */

/** @param {HTMLTableRowElement} row @param {string} text */
function addHead(row, text) {
  const head = document.createElement('th');
  head.scope = 'col';
  // A head that is all formula has no name for many a screen reader: it hears the plain text.
  const [shown, heard] = [document.createElement('span'), document.createElement('span')];
  shown.ariaHidden = 'true';
  heard.className = 'unseen';
  heard.textContent = text;
  write(shown, text);
  head.append(shown, heard);
  row.append(head);
}

export class ResultsPanel {
  /** @param {HTMLTableElement} table @param {import('./panels.js').Panels} panels @param {(link: string) => void} openInLab */
  constructor(table, panels, openInLab) {
    this.table = table;
    this.caption = find('caption', HTMLElement, table);
    this.head = find('thead', HTMLTableSectionElement, table);
    this.body = find('tbody', HTMLTableSectionElement, table);
    this.panels = panels;
    this.openInLab = openInLab;
    /** @type {import('./runner.js').Runner | null} */
    this.runner = null;
    this.columns = '';
    this.panel = panels.add(4000, () => this.update());
  }

  /** @param {import('./runner.js').Runner} runner */
  show(runner) {
    this.runner = runner;
    this.columns = '';
    this.panels.hurry(this.panel);
  }

  update() {
    if (!this.runner) return;
    const table = this.runner.scan.table();
    write(this.caption, table.caption);
    const columns = table.columns.join('\n');
    if (columns !== this.columns) {
      this.columns = columns;
      this.body.replaceChildren();
      const row = document.createElement('tr');
      for (const column of [...table.columns, words.done, words.run]) addHead(row, column);
      this.head.replaceChildren(...(table.columns.length > 0 ? [row] : []));
    }
    while (this.body.rows.length > table.rows.length) this.body.deleteRow(-1);
    const known = this.body.rows.length;
    const most = Math.min(table.rows.length, known + ROWS_AT_ONCE);
    for (let number = known; number < most; number += 1) this.addRow(table.columns.length);
    if (most < table.rows.length) this.panel.dirty = true;
    for (let number = 0; number < most; number += 1) this.fill(this.body.rows[number], table.rows[number]);
  }

  /** @param {number} cells */
  addRow(cells) {
    const row = this.body.insertRow();
    for (let number = 0; number < cells; number += 1) {
      const cell = document.createElement(number === 0 ? 'th' : 'td');
      if (cell instanceof HTMLTableCellElement && number === 0) cell.scope = 'row';
      row.append(cell);
    }
    const share = document.createElement('span');
    share.className = 'share-cell number';
    const bar = document.createElement('span');
    bar.className = 'share-bar';
    share.append(bar, document.createElement('span'));
    row.insertCell().append(share);
    const link = document.createElement('a');
    link.textContent = words.lab;
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.openInLab(queryOf(link.search));
    });
    row.insertCell().append(link);
  }

  /** @param {HTMLTableRowElement} row @param {ResultsTable['rows'][number]} content */
  fill(row, { point, cells }) {
    cells.forEach((text, number) => say(row.cells[number], text));
    const share = this.runner?.progress?.points[point]?.share ?? 0;
    const place = row.cells[cells.length].children[0];
    /** @type {HTMLElement} */ (place.children[0]).style.setProperty('--share', String(share));
    say(place.children[1], `${Math.floor(share * 100)}\u202f%`);
    const link = find('a', HTMLAnchorElement, row.cells[cells.length + 1]);
    const target = `?${inLanguage(this.runner?.tasks[point].link ?? '')}`;
    if (link.getAttribute('href') === target) return;
    link.href = target;
    link.setAttribute('aria-label', words.open(cells[0]));
  }
}
