// The list of the scans that are stored, by whichever engine: to be opened, or erased.

import { engineVersion, readExperiment } from '../../engine/uphill.js';
import { element, say } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { kinds, stored as words } from '../words/figures.js';
import { percent } from './progress.js';

/** @typedef {import('./storage.js').StoredScan} StoredScan */

/** @param {string} label @param {string} of @param {() => unknown} act */
function makeButton(label, of, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'small';
  made.textContent = label;
  made.setAttribute('aria-label', `${label} ?${of}`);
  made.addEventListener('click', () => guarded(act));
  return made;
}

export class StoredPanel {
  /**
   * @param {import('./keeper.js').Keeper} keeper
   * @param {(scan: StoredScan) => unknown} open
   * @param {(identity: string) => Promise<boolean>} discard whether it is gone
   */
  constructor(keeper, open, discard) {
    this.keeper = keeper;
    this.open = open;
    this.discard = discard;
    this.place = document.createElement('details');
    this.place.id = 'stored';
    this.place.className = 'more';
    const title = document.createElement('summary');
    const what = document.createElement('span');
    what.className = 'faint';
    what.textContent = words.what;
    title.append(`${words.title} `, what);
    this.list = document.createElement('ul');
    this.list.className = 'stored';
    this.news = document.createElement('p');
    this.news.setAttribute('role', 'status');
    this.place.append(title, this.list, this.news);
    element('figures').append(this.place);
    this.place.addEventListener('toggle', () => this.show());
  }

  /** Shows what is stored now. @param {string} [news] what was done just now */
  async show(news = '') {
    if (!this.place.open) return;
    const all = await this.keeper.list();
    this.list.replaceChildren(...all.map((scan) => this.line(scan)));
    say(this.news, [news, all.length === 0 ? words.none : ''].filter(Boolean).join(' '));
  }

  /** @param {StoredScan} scan */
  line(scan) {
    const { link, engine, share, saved, identity } = scan;
    const line = document.createElement('li');
    const { kind } = readExperiment(link);
    const text = words.line(kinds[kind], percent(share), new Date(saved).toLocaleString(), engine, link);
    line.append(
      [text, engine === engineVersion() ? '' : words.other].filter(Boolean).join(' '),
      ' ',
      makeButton(words.open, link, () => this.open(scan)),
      ' ',
      makeButton(words.erase, link, async () => {
        if (await this.discard(identity)) await this.show(words.erased(link));
        this.place.querySelector('summary')?.focus();
      }),
    );
    return line;
  }
}
