// The presenter's view: the picture as large as the window, the word and the number for the last
// row, and nothing else. It is the layout of a frame, with type as on slides.

import { button, element, find, made } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { presenter as words } from '../words/share.js';
import { keepRoom } from './room.js';

/** @typedef {import('./views.js').Views} Views */

/** Leaves the view that is open. @type {(() => void) | null} */
let leave = null;

/** Opens the view, or leaves it. @param {Views} views */
export function present(views) {
  if (leave) return leave();
  // A frame has this layout by itself.
  if (document.documentElement.dataset.embed) return undefined;
  const { dataset } = document.documentElement;
  const level = views.now === 'figures' ? 'figure' : 'lab';
  const caption = find('.caption', HTMLElement);
  const { parentElement } = caption;
  Object.assign(dataset, { embed: level, present: '' });
  if (level === 'lab') find('.first', HTMLElement).append(caption);
  // That of the head of the page is not shown.
  const heading = made('h1', 'unseen', document.title);
  find('main', HTMLElement).prepend(heading);
  const room = keepRoom(level);
  const bye = made('button', 'leave-presenter', '×');
  Object.assign(bye, { type: 'button', id: 'leave-presenter', title: words.leave });
  bye.setAttribute('aria-label', words.leave);
  bye.addEventListener('click', () => guarded(() => leave?.()));
  // Beside what is pressed most; where the link hides that, in a corner.
  const bar = find(level === 'lab' ? '.bar' : '.scan-buttons', HTMLElement);
  (bar.getClientRects().length > 0 ? bar : document.body).append(bye);
  // What the page has given the picture of room, the view gives anew.
  const again = () => {
    for (const stage of document.querySelectorAll('.stage')) stage.removeAttribute('style');
    dispatchEvent(new Event('resize'));
    views.lab?.changed();
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) leave?.();
  };
  const away = () => guarded(() => leave?.());
  const onFullScreen = () => { if (!document.fullscreenElement) leave?.(); };
  leave = () => {
    leave = null;
    removeEventListener('keydown', onKey);
    removeEventListener('popstate', away);
    document.removeEventListener('fullscreenchange', onFullScreen);
    room.end();
    bye.remove();
    heading.remove();
    delete dataset.embed;
    delete dataset.present;
    parentElement?.append(caption);
    if (document.fullscreenElement) document.exitFullscreen();
    again();
    button('present').focus();
  };
  addEventListener('keydown', onKey);
  addEventListener('popstate', away);
  again();
  scrollTo(0, 0);
  element(level === 'lab' ? 'play' : 'scan-run').focus({ preventScroll: true });
  // Where the system has no full screen the view has the window.
  document.documentElement.requestFullscreen?.().then(() => {
    // It may come when the view was left already.
    if (leave) document.addEventListener('fullscreenchange', onFullScreen);
    else document.exitFullscreen();
  }).catch(() => {
    // As said above.
  });
  return undefined;
}
