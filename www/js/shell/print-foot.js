// The foot of the picture on paper: what it shows, in a sentence, and the link with its QR code.

import { address } from '../address/link.js';
import { hasAddress } from '../ground/assets.js';
import { find, made } from '../ground/elements.js';
import { qrCode } from '../ground/qr.js';
import { onPrint } from '../ground/theme.js';
import { paper as words, share } from '../words/share.js';
import { captionOf } from './citation.js';
import { useless } from './qr-screen.js';

/** @param {import('./views.js').Views} views */
export function startFoot(views) {
  const foot = made('section', 'print-foot');
  const write = () => {
    const of = hasAddress ? address() : '';
    const text = made('div', '', made('p', '', captionOf(views)), ...(of ? [made('p', '', words.link(of))] : []));
    const code = of ? qrCode(of, share.code(of)) : null;
    // A code that leads nowhere is not printed.
    foot.replaceChildren(text, ...(code && !useless(of, code) ? [code] : []));
    find(views.now === 'figures' ? '#pictures' : '.first', HTMLElement).after(foot);
  };
  onPrint(write);
  // It may have come while paper is shown already.
  if (matchMedia('print').matches) write();
}
