// The QR code of what is shown, as large as the window: for whoever photographs the projector.

import { address } from '../address/link.js';
import { hasAddress } from '../ground/assets.js';
import { made } from '../ground/elements.js';
import { notice } from '../ground/notices.js';
import { qrCode } from '../ground/qr.js';
import { share as words } from '../words/share.js';

/** Why the code of an address is of no use, in words, or an empty text. @param {string} of @param {Element | null} code */
export function useless(of, code) {
  if (!code) return words.noCode(new TextEncoder().encode(of).length);
  const { protocol, hostname } = new URL(of);
  const known = protocol.startsWith('http') && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
  return known ? '' : words.ownMachine;
}

/** Shows the code, until a key or a click. */
export function showQr() {
  if (document.getElementById('qr-screen')) return;
  const of = address();
  const code = hasAddress ? qrCode(of, words.code(of)) : null;
  const why = hasAddress ? useless(of, code) : words.noAddress;
  if (!code) {
    notice(why);
    return;
  }
  const close = made('button', '', words.close);
  close.type = 'button';
  const dialog = made('dialog', 'qr-screen', code, made('p', '', of), ...(why ? [made('p', 'warning', why)] : []), close);
  dialog.id = 'qr-screen';
  dialog.setAttribute('aria-label', words.code(of));
  const before = document.activeElement;
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'q') return;
    // The key that opens it closes it.
    event.stopPropagation();
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
