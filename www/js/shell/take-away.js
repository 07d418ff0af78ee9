// Beside each picture of the lab, its files: a list of kinds behind a word. They are made by modules
// that are fetched when one is asked for, of the runs as they are at that moment.

import { find, select } from '../ground/elements.js';
import { reasonOf } from '../ground/failure.js';
import { describeControls } from '../ground/help.js';
import { notice } from '../ground/notices.js';
import { loading, taking as words } from '../words/page.js';

/**
 * A run at a moment.
 * @typedef {{saved: Uint8Array, spins: Uint8Array, lx: number, ly: number, link: string, altered: boolean}} Shot
 */
/** @typedef {import('./views.js').Views} Views */
/** @typedef {'png' | 'svg' | 'csv' | 'comma' | 'text'} FileKind */

/** Behind what each list stands, what it is of, and the kinds that it has. @type {[behind: string, what: keyof typeof words.of, kinds: FileKind[]][]} */
const PLACES = [
  ['#brush', 'lattice', ['png', 'svg', 'text']],
  ['[data-plot="integrated"] figcaption > span', 'integrated-current', ['png', 'svg', 'csv', 'comma']],
  ['[data-plot="profile"] figcaption > span', 'profile', ['png', 'svg', 'csv', 'comma']],
  ['[data-plot="mean"] figcaption > span', 'running-mean', ['png', 'svg', 'csv', 'comma']],
];

/** The runs of a lab as they are now. @param {import('../lab/lab.js').Lab} lab @returns {Shot[]} */
export const shotsOf = (lab) => lab.runs.map(({ simulator }) => {
  const { lx, ly } = simulator.params();
  return { saved: simulator.save(), spins: simulator.spins(), lx, ly, link: simulator.link(), altered: simulator.observables().altered };
});

/** What of the columns the plot shows, as files are named. @type {Record<string, string>} */
const COLUMNS = { near: 'magnified-profile', currents: 'column-currents' };

/** The name of what a picture shows now. @param {string} what */
const shownOf = (what) => (what === 'profile' ? COLUMNS[select('profile-view').value] ?? what : what);

/** Fetches what the plot of the columns may show besides their profile, when it is asked for. */
function bringColumns() {
  const choice = select('profile-view');
  let brought = false;
  choice.addEventListener('change', () => {
    if (brought || choice.value === 'whole') return;
    import('./column-views.js').then(({ bringColumnViews }) => bringColumnViews()).then(() => {
      brought = true;
      choice.dispatchEvent(new Event('change'));
    }, () => {
      choice.value = 'whole';
      notice(loading.partLater);
    });
  });
}

/** @param {Views} views */
export function startTaking(views) {
  bringColumns();
  const lists = PLACES.map(([behind, what, kinds]) => {
    const list = document.createElement('details');
    list.className = 'take';
    const word = document.createElement('summary');
    const of = document.createElement('span');
    of.className = 'unseen';
    of.textContent = `: ${words.of[what]}`;
    word.append(words.save, of);
    const choices = document.createElement('div');
    for (const kind of kinds) {
      const choice = document.createElement('button');
      choice.type = 'button';
      choice.className = `small ${kind}`;
      choice.textContent = words.kinds[kind];
      choice.addEventListener('click', () => {
        list.open = false;
        word.focus();
        if (!views.lab) return;
        const shots = shotsOf(views.lab);
        const shown = shownOf(what);
        import('./run-files.js').then(({ saveFile }) => saveFile(shots, shown, kind).catch((error) => notice(words.notSaved(reasonOf(error)))), () => notice(loading.partLater));
      });
      choices.append(choice);
    }
    list.append(word, choices);
    list.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !list.open) return;
      event.stopPropagation();
      list.open = false;
      word.focus();
    });
    find(behind, HTMLElement).after(list);
    describeControls(list);
    return list;
  });
  // Whoever goes elsewhere closes it.
  const leave = (/** @type {Event} */ { target }) => {
    for (const list of lists) if (list.open && target instanceof Node && !list.contains(target)) list.open = false;
  };
  for (const event of ['pointerdown', 'focusin']) document.addEventListener(event, leave);
}
