// Saves what the page has made, as a file.

/** How long a file stays for the browser to fetch, in ms. */
const KEPT_MS = 60_000;

/** @param {string} name @param {Blob} blob */
export function save(name, blob) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(anchor.href), KEPT_MS);
}
