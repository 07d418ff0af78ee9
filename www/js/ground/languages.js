// The languages of the page besides English, by their codes. The single file is built without them.

/** @typedef {typeof import('../words/de/index.js')} Texts */

/** The texts of each, and what puts them in place: fetched when they are asked for. */
async function fetched(/** @type {Promise<Texts>} */ coming) {
  const [{ translate }, texts] = await Promise.all([import('./translate.js'), coming]);
  return { translate, texts };
}

/** @type {Record<string, () => ReturnType<typeof fetched>>} */
export const LANGUAGES = {
  de: () => fetched(import('../words/de/index.js')),
};
