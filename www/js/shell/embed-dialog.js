// Writes the snippet that puts what is shown here into another page, and shows what comes of it.

import { queryOf } from '../../engine/lab.js';
import { LEVELS, LOCKS, PARTS, withOurs } from '../address/embed.js';
import { copy } from '../address/link.js';
import { isSingleFile } from '../ground/assets.js';
import { button, element, find } from '../ground/elements.js';
import { language, languages, OWN } from '../ground/language.js';
import { escaped } from '../ground/markup.js';
import { embed as words } from '../words/embed.js';
import { titles } from '../words/page.js';

/** What a frame may do: compute, and open the whole page in another tab. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';

/** The height of a frame of each level, in pixels. @type {Record<string, number>} */
const HEIGHTS = { lab: 560, plot: 480, figure: 640 };
/** How long nobody changes anything before the preview is made anew, in ms. */
const SETTLED_MS = 400;
/** What is not there to be shown or locked in the frame of a run. */
const SHOWN = ['plots', 'presets'];
const LOCKED = LOCKS.filter((name) => !['seed', 'speed'].includes(name));
/** What can be locked in the frame of a figure; all else is of a run. */
const OF_FIGURE = ['run', 'cancel', 'anew', 'refine'];

/** The keys of the frame that can be chosen, as the dialog has them. @type {Record<string, () => string>} */
let chosen = {};

/** @param {string} key @param {string} title @param {Record<string, string>} choices */
function chooser(key, title, choices) {
  const label = document.createElement('label');
  const select = document.createElement('select');
  select.id = `embed-${key}`;
  for (const [value, text] of Object.entries(choices)) select.add(new Option(text, value));
  label.append(title, ' ', select);
  chosen[key] = () => select.value;
  return label;
}

/** @param {string} key @param {string} title @param {string[]} names @param {Record<string, string>} texts */
function boxes(key, title, names, texts) {
  const group = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = title;
  group.append(legend);
  const all = names.map((name) => {
    const label = document.createElement('label');
    label.className = 'check';
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.value = name;
    box.id = `embed-${key}-${name}`;
    label.append(box, texts[name]);
    group.append(label);
    return box;
  });
  chosen[key] = () => all.filter((box) => box.checked && !box.matches('[hidden] *')).map((box) => box.value).join();
  return group;
}

/** Makes the choices of the dialog, once. @param {HTMLElement} before what they stand before */
function makeChoices(before) {
  if (document.getElementById('embed-choices')) return;
  const place = document.createElement('div');
  place.id = 'embed-choices';
  const ofRun = document.createElement('div');
  ofRun.id = 'embed-of-run';
  chosen = {};
  const theme = chooser('theme', words.theme, words.themes);
  const names = [...document.querySelectorAll('nav.languages a')].map((other) => [other.getAttribute('hreflang') ?? '', other.textContent ?? '']);
  const spoken = chooser('lang', words.language, Object.fromEntries(names.map(([code, name]) => [code === OWN ? '' : code, name])));
  find('select', HTMLSelectElement, spoken).value = language() === OWN ? '' : language();
  spoken.hidden = languages().length === 1;
  const autoplay = chooser('autoplay', words.autoplay, words.begins);
  ofRun.append(boxes('show', words.show, SHOWN, words.parts), boxes('hide', words.hide, PARTS.filter((part) => part !== 'presets'), words.parts));
  const locks = boxes('lock', words.lock, LOCKED, words.locks);
  locks.id = 'embed-locks';
  place.append(theme, spoken, autoplay, ofRun, locks);
  before.before(place);
}

/** The address of a frame. @param {string} level @param {string} address of what is shown @param {Record<string, string>} [page] more keys of the page alone */
function source(level, address, page = {}) {
  const { search, hash } = new URL(address);
  return `${address.split(/[?#]/)[0]}?${withOurs({ embed: level, ...page }, queryOf(search))}${hash}`;
}

/** @param {string} level @param {string} address of the frame */
export function snippet(level, address) {
  return `<iframe src="${escaped(address)}" title="${titles.frame}" width="100%" height="${HEIGHTS[level]}" style="border:0" loading="lazy" sandbox="${SANDBOX}"></iframe>`;
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
  makeChoices(find('label[for="embed-snippet"]', HTMLElement, dialog));
  element('embed-of-run').hidden = view === 'figures';
  for (const label of element('embed-locks').querySelectorAll('label')) label.hidden = OF_FIGURE.includes(find('input', HTMLInputElement, label).value) !== (view === 'figures');
  /** @type {HTMLIFrameElement | null} The file has no address that its own policy lets it show. */
  const preview = isSingleFile ? null : document.createElement('iframe');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  const write = () => {
    const keys = Object.fromEntries(Object.entries(chosen).map(([key, value]) => [key, value()]));
    const from = source(choice.value, address(), keys);
    text.value = snippet(choice.value, from);
    clearTimeout(settling);
    settling = setTimeout(() => { if (preview && preview.src !== from) preview.src = from; }, SETTLED_MS);
  };
  if (preview) {
    Object.assign(preview, { id: 'embed-preview', title: words.preview });
    preview.setAttribute('sandbox', SANDBOX);
    text.after(preview);
  }
  write();
  dialog.onchange = write;
  const copies = button('copy-embed');
  copies.onclick = () => copy(copies, text.value);
  button('close-embed').onclick = () => dialog.close();
  dialog.onclose = () => {
    clearTimeout(settling);
    preview?.remove();
    element('embed').focus();
  };
  dialog.showModal();
}
