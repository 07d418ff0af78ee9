// The language of the page: English as it comes, another once its texts stand in place of the English.

import { LANGUAGES } from './languages.js';

/** What the page is written in. */
export const OWN = 'en';

let asked = OWN;
let lines = '';

/** Whether the page can speak a language. @param {string} code */
export const isLanguage = (code) => code === OWN || Object.hasOwn(LANGUAGES, code);

/** The codes of all languages. */
export const languages = () => [OWN, ...Object.keys(LANGUAGES)];

/** The language that was asked for last and that there is. */
export const language = () => asked;

/** Whether its texts are here. */
export const isSpoken = () => document.documentElement.lang === asked;

/** What an engine is to say, as its `setWords` takes it; empty for English. */
export const engineLines = () => lines;

/** Puts the texts of a language in place, before any other module takes them; fails if they do not come. @param {string} code */
export async function speak(code) {
  if (code === OWN || !isLanguage(code)) return;
  asked = code;
  const { translate, texts } = await LANGUAGES[code]();
  lines = translate(code, texts);
}
