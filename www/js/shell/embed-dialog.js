// Writes the snippet that puts what is shown here into another page.

import { queryOf } from '../../engine/lab.js';
import { LEVELS } from '../address/embed.js';
import { copy } from '../address/link.js';
import { button, element, find } from '../ground/elements.js';
import { escaped } from '../ground/markup.js';
import { titles } from '../words/page.js';

/** What a frame may do: compute, and open the whole page in another tab. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';

/** The height of a frame of each level, in pixels. @type {Record<string, number>} */
const HEIGHTS = { lab: 700, plot: 480, figure: 640 };

/** @param {string} level @param {string} address of what is shown */
export function snippet(level, address) {
  const { search, hash } = new URL(address);
  const source = `${address.split('?')[0]}?embed=${level}&${queryOf(search)}${hash}`;
  return `<iframe src="${escaped(source)}" title="${titles.frame}" width="100%" height="${HEIGHTS[level]}" style="border:0" loading="lazy" sandbox="${SANDBOX}"></iframe>`;
}

/** Opens the dialog for what is shown. @param {'lab' | 'figures'} view @param {() => string} address */
export function openEmbedDialog(view, address) {
  const dialog = find('#embed-dialog', HTMLDialogElement);
  const choice = find('#embed-level', HTMLSelectElement);
  const text = find('#embed-snippet', HTMLTextAreaElement);
  for (const level of LEVELS) {
    const option = /** @type {HTMLOptionElement} */ (find(`option[value="${level}"]`, HTMLOptionElement, choice));
    option.disabled = (level === 'figure') !== (view === 'figures');
  }
  choice.value = view === 'figures' ? 'figure' : 'lab';
  const write = () => { text.value = snippet(choice.value, address()); };
  write();
  choice.onchange = write;
  const copies = button('copy-embed');
  copies.onclick = () => copy(copies, text.value);
  button('close-embed').onclick = () => dialog.close();
  dialog.onclose = () => element('embed').focus();
  dialog.showModal();
}
