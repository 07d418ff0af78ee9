// What a deck around the frame says: reveal.js posts these words into the frames of a slide that
// comes and of one that goes. It says so once, so that this listens before anything else is here.

const WORDS = new Map([['slide:start', true], ['slide:stop', false]]);

/** @type {Set<() => void>} */
const listeners = new Set();

/** Whether the frame's slide is shown, as it was said last; null where nobody has said so. @type {boolean | null} */
let shown = WORDS.get(/** @type {{deckSaid?: string}} */ (/** @type {unknown} */ (globalThis)).deckSaid ?? '') ?? null;

addEventListener('message', ({ source, data }) => {
  if (source !== window.parent || !WORDS.has(data)) return;
  shown = WORDS.get(data) ?? null;
  for (const listener of listeners) listener();
});

export const slideIsShown = () => shown;

/** @param {() => void} listener */
export const onDeck = (listener) => listeners.add(listener);
