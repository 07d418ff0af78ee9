// Opens result files, by dialog or dropped onto the page.

import { button, element, input, say } from '../elements.js';
import { reasonOf } from '../failure.js';
import { files as words } from '../words/figures.js';

/** Largest file that is read, in bytes; the engine's own limit. */
const LARGEST = 64 * 2 ** 20;

/** @param {(text: string) => Promise<void>} load rejects with what is wrong, in words */
export function listenForResults(load) {
  const [view, field] = [element('figures'), input('result-file')];
  const complain = (/** @type {string} */ words) => say(element('result-file-notice'), words);
  const open = async (/** @type {Iterable<File>} */ files) => {
    const [file, ...others] = files;
    if (!file) return;
    complain('');
    if (file.size > LARGEST) {
      complain(words.large(file.name, file.size, LARGEST));
      return;
    }
    try {
      await load(await file.text());
      if (others.length > 0) complain(words.several(file.name, others.length));
    } catch (error) {
      complain(words.wrong(file.name, reasonOf(error)));
      element('result-file-notice').scrollIntoView({ block: 'nearest' });
    }
  };
  button('open-result').addEventListener('click', () => field.click());
  field.addEventListener('change', () => {
    open([...field.files ?? []]);
    field.value = '';
  });
  const carriesFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (/** @type {boolean} */ is) => view.classList.toggle('dropping', is);
  view.addEventListener('dragover', (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    over(true);
  });
  view.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node) || !view.contains(event.relatedTarget)) over(false);
  });
  view.addEventListener('drop', (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    over(false);
    open(event.dataTransfer?.files ?? []);
  });
}
