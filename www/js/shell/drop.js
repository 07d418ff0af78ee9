// What is dropped onto the page: a result opens in the figures, a saved run in the lab, a link of this page as if it were
// followed, and of all else it is said that it does not.

import { reasonOf } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { dropped as words } from '../words/drop.js';
import { isSavedRun, openSavedRun } from './saved-run.js';

/** @typedef {import('./views.js').Views} Views */

/** An address without its query. @param {string} address */
const pageOf = (address) => address.split(/[?#]/)[0];

/** A link of this page, or null. @param {string} text */
function ownLink(text) {
  try {
    const url = new URL(text.trim());
    return pageOf(url.href) === pageOf(location.href) ? url : null;
  } catch {
    return null;
  }
}

/** @param {{files: File[], text: string}} what @param {Views} views */
export async function openDropped({ files, text }, views) {
  if (views.level && views.level !== 'figure') {
    notice(words.inFrame);
    return;
  }
  const link = ownLink(text);
  if (files.length > 0) {
    try {
      if (isSavedRun(files[0])) await openSavedRun(files, views);
      else await views.openResult(files);
    } catch (error) {
      notice(words.notLoaded(reasonOf(error)));
    }
  } else if (link && !views.level) views.go(link.search + link.hash);
  else notice(words.nothing);
}
