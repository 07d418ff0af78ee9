// The share sheet: the link and its code, a picture, a caption and an entry for the bibliography.

import { address, copy } from '../address/link.js';
import { hasAddress } from '../ground/assets.js';
import { made } from '../ground/elements.js';
import { guarded, reasonOf } from '../ground/failure.js';
import { modulesOf, qrCode } from '../ground/qr.js';
import { save } from '../ground/save.js';
import { share as words } from '../words/share.js';
import { bibtexOf, captionOf } from './citation.js';
import { showQr, useless } from './qr-screen.js';
import { nameOf } from './save-page.js';

/** Pixels of a PNG for one of the picture. */
const SCALE = 2;

/** @typedef {import('./views.js').Views} Views */

/** A button of the sheet. @param {string} text @param {(from: HTMLButtonElement) => unknown} act */
function action(text, act) {
  const node = made('button', '', text);
  node.type = 'button';
  node.addEventListener('click', () => guarded(() => act(node)));
  return node;
}

/** A text to be copied. @param {string} id @param {string} title @param {string} text @param {number} rows */
function field(id, title, text, rows) {
  const area = made('textarea', '');
  Object.assign(area, { id, value: text, rows, readOnly: true, spellcheck: false });
  const label = made('label', '', title);
  label.htmlFor = id;
  return made('div', 'share-part', label, area, action(words.copyOf(title), (from) => copy(from, area.value)));
}

/** The link and its code. @param {string} of the address */
function linkPart(of) {
  const code = qrCode(of, words.code(of));
  const buttons = made('div', 'share-buttons', action(words.copyOf(words.link), (from) => copy(from, of)), ...(code ? [action(words.large, showQr)] : []));
  const address = made('p', 'share-address', of);
  address.tabIndex = 0;
  const why = useless(of, code);
  return made('div', 'share-part share-link', ...(code ? [code] : []), made('div', '', made('h3', '', words.link), address, buttons, ...(why ? [made('p', 'help', why)] : [])));
}

/** A picture of what is shown, as SVG. @param {Views} views @param {string} of the address, or an empty text */
async function svgOf({ now, lab, figures }, of) {
  const scan = now === 'figures' ? figures?.scan : null;
  if (scan) return scan.svg(scan.pictures()[0].name, new Uint32Array(figures?.pictures.chosen ?? []));
  if (!lab) return '';
  // As it is when it is asked for; the engine that draws it may have to be fetched.
  const [saved, link] = [lab.simulator.save(), of || lab.simulator.link()];
  const [{ startWholeEngine }, { snapshotSvg }] = await Promise.all([import('../figures/engine.js'), import('../../engine/uphill.js')]);
  await startWholeEngine();
  return snapshotSvg(saved, link, new Uint8Array((of ? modulesOf(of) ?? [] : []).flat().map(Number)));
}

/** The pixels of a picture. @param {HTMLImageElement} image @returns {Promise<Blob>} */
async function pixelsOf(image) {
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(words.noPixels))));
  });
}

/** What can be done with a picture. @param {HTMLImageElement} image @param {string} svg @param {string} link of what it shows */
function actionsOn(image, svg, link) {
  const keep = async (/** @type {string} */ ending, /** @type {Blob} */ blob) => save(`${await nameOf(link)}.${ending}`, blob);
  const all = [
    action('PNG', async () => keep('png', await pixelsOf(image))),
    action('SVG', () => keep('svg', new Blob([svg], { type: 'image/svg+xml' }))),
  ];
  if (typeof ClipboardItem === 'function' && navigator.clipboard?.write) {
    all.push(action(words.copyOf(words.picture), async (from) => {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': pixelsOf(image) })]);
      from.textContent = words.copied;
    }));
  }
  return all;
}

/** The picture, which comes when it is drawn. @param {Views} views @param {string} of @param {string} caption */
function picturePart(views, of, caption) {
  const image = made('img', '');
  image.alt = caption;
  const buttons = made('div', 'share-buttons');
  const link = (views.now === 'figures' ? views.figures?.scan?.link : views.lab?.simulator.link()) ?? '';
  svgOf(views, of).then((svg) => {
    // What the page's own policy lets it show from memory.
    image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    buttons.append(...actionsOn(image, svg, link));
  }).catch((error) => {
    image.remove();
    buttons.append(words.noPicture(reasonOf(error)));
  });
  return { image, part: made('div', 'share-part share-picture', made('h3', '', words.picture), image, buttons) };
}

/** Opens the sheet for what is shown. @param {Views} views @param {HTMLElement} from what has asked for it */
export function openShareDialog(views, from) {
  const of = hasAddress ? address() : '';
  const caption = [captionOf(views), of].filter(Boolean).join(' ');
  const title = made('h2', '', words.title);
  Object.assign(title, { id: 'share-title', tabIndex: -1 });
  const { image, part } = picturePart(views, of, caption);
  const altered = views.now === 'lab' && views.lab?.first.observables.altered;
  const dialog = made('dialog', 'dialog', title);
  Object.assign(dialog, { id: 'share-dialog' }).setAttribute('aria-labelledby', title.id);
  const foot = made('div', 'row');
  if (of && typeof navigator.share === 'function') {
    foot.append(action(words.send, () => navigator.share({ title: document.title, text: caption, url: of }).catch(() => {
      // The person closed the sheet of the system.
    })));
  }
  const close = action(words.close, () => dialog.close());
  close.className = 'primary';
  foot.append(close);
  dialog.append(
    of ? linkPart(of) : made('p', '', words.noAddress),
    ...(altered ? [made('p', 'altered', words.altered)] : []),
    part,
    field('share-caption', words.caption, caption, 3),
    field('share-bibtex', words.bibtex, bibtexOf(views, of), 6),
    foot,
  );
  dialog.addEventListener('close', () => {
    URL.revokeObjectURL(image.src);
    dialog.remove();
    from.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  title.focus();
}
