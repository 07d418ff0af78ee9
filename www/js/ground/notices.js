// Notices: what was not as it should be, in words, until they are dismissed.

import { buttons, link } from '../words/page.js';
import { button, element, say } from './elements.js';

/** The frame in which it is looked whether they fit, or 0. */
let fitting = 0;

/** @param {string} text @param {{words: string, act: () => void}} [way] a button that does something about it */
export function notice(text, way) {
  const line = document.createElement('p');
  const words = document.createElement('span');
  words.textContent = text;
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'small';
  close.textContent = buttons.dismiss;
  close.addEventListener('click', () => {
    line.remove();
    fit();
  });
  line.append(words);
  if (way) {
    const go = document.createElement('button');
    go.type = 'button';
    go.className = 'small';
    go.textContent = way.words;
    go.addEventListener('click', way.act);
    line.append(go);
  }
  line.append(close);
  element('notices').append(line);
  fitting ||= requestAnimationFrame(fit);
}

/** Together they take a small part of the screen, and can be opened. */
function fit() {
  fitting = 0;
  const [place, lines, unfold] = [element('notices-place'), element('notices'), button('unfold-notices')];
  const count = lines.children.length;
  if (count === 0) place.classList.remove('open');
  const open = place.classList.contains('open');
  const bar = element('notices-bar');
  bar.hidden = !open;
  bar.hidden = !open && lines.scrollHeight <= lines.clientHeight + 1;
  say(unfold, open ? buttons.fold : buttons.unfold(count));
  unfold.setAttribute('aria-expanded', String(open));
}

export function startNotices() {
  button('unfold-notices').addEventListener('click', () => {
    element('notices-place').classList.toggle('open');
    fit();
  });
  button('dismiss-notices').addEventListener('click', () => {
    element('notices').replaceChildren();
    fit();
  });
  addEventListener('resize', fit);
}

/**
 * The complaints of a link, for which the defaults stand in, and what of it was passed over.
 * @param {{notices: import('../../engine/lab.js').Notice[], notes: string}} reading
 */
export function linkNotices({ notices, notes }) {
  for (const { message } of notices) notice(link.default(message));
  for (const note of notes.split('\n').slice(0, -1)) notice(note);
}

/**
 * The complaint beside a field, or none.
 * @param {HTMLInputElement} field
 * @param {string} text
 */
export function fieldNotice(field, text) {
  const place = document.getElementById(`${field.id}-notice`);
  if (place) place.textContent = text;
  if (text) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}
