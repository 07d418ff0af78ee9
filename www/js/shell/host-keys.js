// The keys that a frame does not use at the moment go on to the page around it, a deck above all.

import { isComposing } from '../ground/keys.js';

/** Arrows, what clickers send, and the keys of decks: black, an overview, the whole screen. */
const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'Escape', 'f', 'F', 'b', 'B', '.'];
/** What a slider moves by, and what else is left free by a field in which somebody writes. */
const OF_SLIDERS = KEYS.slice(0, 8);
const FREE_OF_TEXT = ['PageUp', 'PageDown', 'Escape'];
const TEXT = 'input:not([type="range"], [type="checkbox"]), textarea, select, [contenteditable]';

/** Whether what has the focus uses a key by itself. @param {Element} at @param {string} key */
function uses(at, key) {
  if (at.closest(TEXT)) return !FREE_OF_TEXT.includes(key);
  return at.closest('input[type="range"], [role="slider"]') !== null && OF_SLIDERS.includes(key);
}

/** @param {(what: object) => void} tell tells the page around */
export function passKeysOn(tell) {
  // After all others: what they have used they have prevented.
  addEventListener('keydown', (event) => {
    const { key, code, keyCode, shiftKey, repeat, target } = event;
    const at = target instanceof Element ? target : document.body;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return;
    if (!KEYS.includes(key) || document.querySelector('dialog[open]') || uses(at, key)) return;
    if (key === 'Escape') {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      window.parent.focus();
    }
    tell({ event: 'key', key, code, keyCode, shiftKey, repeat });
  });
}
