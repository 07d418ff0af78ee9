// Notices: what was not as it should be, in words, until they are dismissed.

import { element } from './elements.js';
import { buttons, link } from './words/page.js';

/** @param {string} text @param {{words: string, act: () => void}} [way] a button that does something about it */
export function notice(text, way) {
  const line = document.createElement('p');
  const words = document.createElement('span');
  words.textContent = text;
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'small';
  close.textContent = buttons.dismiss;
  close.addEventListener('click', () => line.remove());
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
}

/**
 * The complaints of a link; the defaults stand in.
 * @param {import('../engine/lab.js').Notice[]} notices
 */
export function linkNotices(notices) {
  for (const { message } of notices) notice(link.default(message));
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
