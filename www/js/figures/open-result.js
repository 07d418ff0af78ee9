// Opens result files, chosen in a dialog or dropped onto the page.

import { button, element, input, say } from '../ground/elements.js';
import { reasonOf } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { files as words } from '../words/figures.js';

/** Largest file that is read, in bytes; the engine's own limit. */
const LARGEST = 64 * 2 ** 20;

/** Says what is wrong with a file, where the person looks. @param {string} said */
function complain(said) {
  const place = element('result-file-notice');
  const seen = element('figures').checkVisibility();
  say(place, seen ? said : '');
  if (!said) return;
  if (seen) place.scrollIntoView({ block: 'nearest' });
  else notice(said);
}

/** The bytes of a file. @param {File} file */
async function read(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(words.unreadable);
  }
}

/**
 * Opens the first of some files; of the others it is said that they were left.
 * @param {File[]} files
 * @param {(bytes: Uint8Array) => Promise<void>} load rejects with what is wrong, in words
 */
export async function openResult([file, ...others], load) {
  if (!file) return;
  complain('');
  if (file.size > LARGEST) {
    complain(words.large(file.name, file.size, LARGEST));
    return;
  }
  try {
    await load(await read(file));
    if (others.length > 0) complain(words.several(file.name, others.length));
  } catch (error) {
    complain(words.wrong(file.name, reasonOf(error)));
  }
}

/** The button that opens a result. @param {(bytes: Uint8Array) => Promise<void>} load */
export function listenForResults(load) {
  const field = input('result-file');
  button('open-result').addEventListener('click', () => field.click());
  field.addEventListener('change', () => {
    openResult([...field.files ?? []], load);
    field.value = '';
  });
}
