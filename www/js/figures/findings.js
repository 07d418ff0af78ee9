// What can be said of a scan, and a quiet word when that changes.

import { element, say } from '../ground/elements.js';
import { write } from '../ground/formulas.js';
import { noFindings as nothing } from '../words/figures.js';

/** Time between two announcements, in ms. */
const NEWS_MS = 20_000;

/** @typedef {import('../../engine/uphill.js').Finding} Finding */

/** As running text. @param {string[]} sentences with or without a full stop */
export const running = (sentences) => sentences.map((sentence) => `${sentence.replace(/\.$/, '')}.`).join(' ');

/** @param {Finding} finding */
export const told = ({ subject, text }) => `${subject}: ${text}`;

export class FindingsPanel {
  /**
   * @param {import('./panels.js').Panels} panels
   * @param {(findings: Finding[]) => void} hear what was found, when it is shown
   */
  constructor(panels, hear) {
    this.hear = hear;
    /** @type {import('./runner.js').Runner | null} */
    this.runner = null;
    this.list = element('findings');
    this.told = 0;
    this.panel = panels.add(3000, () => this.update());
  }

  /** @param {import('./runner.js').Runner} runner */
  show(runner) {
    this.runner = runner;
    this.told = 0;
  }

  update() {
    const { runner } = this;
    if (!runner) return;
    const findings = runner.scan.findings();
    const shown = findings.length > 0 ? findings : [nothing];
    while (this.list.children.length > 2 * shown.length) this.list.lastElementChild?.remove();
    while (this.list.children.length < 2 * shown.length) this.list.append(document.createElement('dt'), document.createElement('dd'));
    shown.forEach(({ subject, text }, number) => {
      write(this.list.children[2 * number], subject);
      write(this.list.children[2 * number + 1], text);
    });
    this.hear(findings);
    const now = performance.now();
    if (findings.length === 0 || (runner.active && now - this.told < NEWS_MS)) return;
    this.told = now;
    say(element('findings-news'), running(findings.map(told)));
  }
}
