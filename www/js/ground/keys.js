// Keys: whose they are, an input method's, a dialog's or the page's.

/** Whether a key belongs to an input method that is at work; the last one has only its old code to say so. @param {KeyboardEvent} event */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** Whether a key is one that the page may take for itself. @param {KeyboardEvent} event */
export function isOfPage(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return false;
  return !document.querySelector('dialog[open]');
}
