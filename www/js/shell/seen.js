// Whether a frame is seen: the browser tells where it stands, and decks tell which slide is shown.

import { autoplayInAddress } from '../address/embed.js';
import { onDeck, slideIsShown } from '../ground/deck.js';
import { lab as words } from '../words/page.js';

/** How often it is looked for what no event tells: the frame is not displayed, or hidden by a page of the same origin, in ms. */
const LOOK_MS = 250;

/** Whether a page around of the same origin shows the frame; another cannot be asked. */
function isShownAround() {
  let /** @type {Window} */ inner = window;
  try {
    while (inner !== inner.parent) {
      const { frameElement } = inner;
      if (!frameElement) return true;
      if (!frameElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
      inner = inner.parent;
    }
  } catch {
    // From there on they are of another origin.
  }
  return true;
}

/**
 * Tells why nobody sees the frame, or an empty text, whenever that changes; and whether the reason is
 * the tab, in the background of which a scan goes on.
 *
 * @param {(unseen: string, isTab: boolean) => void} tell
 */
export function watchSeen(tell) {
  let onScreen = false;
  // Before a deck has said anything, a frame that is made for one waits for it.
  const unasked = autoplayInAddress() !== 'slide';
  let told = '-';
  const say = () => {
    const isDisplayed = document.documentElement.getClientRects().length > 0;
    const frame = isDisplayed && onScreen && (slideIsShown() ?? unasked) && isShownAround();
    const unseen = !frame ? words.unseen : document.hidden ? words.hidden : '';
    if (unseen === told) return;
    told = unseen;
    tell(unseen, frame);
  };
  new IntersectionObserver((entries) => {
    const { isIntersecting, intersectionRect: { width, height } } = entries[entries.length - 1];
    onScreen = isIntersecting && width > 0 && height > 0;
    say();
  }).observe(document.documentElement);
  onDeck(say);
  document.addEventListener('visibilitychange', say);
  setInterval(say, LOOK_MS);
  say();
}
