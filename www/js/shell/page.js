// The page: the engine, and the view that the address asks for.

import { engineVersion, packageVersion } from '../../engine/lab.js';
import { checkLanguage, followTheme } from '../address/embed.js';
import { startSharing } from '../address/link.js';
import { isSingleFile } from '../ground/assets.js';
import { button, element, find, say } from '../ground/elements.js';
import { startEngine } from '../ground/engine.js';
import { fail, guarded, hasFailed, reasonOf } from '../ground/failure.js';
import { startHelp } from '../ground/help.js';
import { startNotices } from '../ground/notices.js';
import { startTheme } from '../ground/theme.js';
import { loading, offline } from '../words/page.js';
import { startShortcuts } from './shortcuts.js';
import { startViews } from './views.js';

/** When the page has long begun, in ms: the site's copy comes out of the connection's idle time. */
const OFFLINE_MS = 4000;

/** Has a copy of the site kept, where a browser and a host can. */
function startOffline() {
  if (document.documentElement.dataset.embed) return;
  const served = location.protocol.startsWith('http') && !isSingleFile;
  if (!served || !('serviceWorker' in navigator)) {
    say(element('offline-state'), served ? offline.none : '');
    return;
  }
  setTimeout(() => import('./offline.js').then(({ keepOffline }) => keepOffline()).catch(() => {
    // Not fetched: there is no connection, and a page that is kept does not need one.
  }), OFFLINE_MS);
}

/** What the page keeps is looked up when it is asked for. */
function startKept() {
  const act = (/** @type {(module: typeof import('./stored-data.js')) => Promise<void>} */ part) => import('./stored-data.js').then(part).catch((error) => say(element('kept-words'), loading.notLookedUp(reasonOf(error))));
  const place = find('#kept', HTMLDetailsElement);
  place.addEventListener('toggle', () => place.open && act(({ showKept }) => showKept()));
  button('erase').addEventListener('click', () => act(({ erase }) => erase()));
}

/** Whatever is dropped, the page is not left for it; a field takes the text that it is given. */
function stayOnDrops() {
  const stay = (/** @type {DragEvent} */ event) => {
    const { target, dataTransfer } = event;
    const isForField = target instanceof Element && target.matches('textarea, input:not([type=range], [type=checkbox])') && !dataTransfer?.types.includes('Files');
    if (!isForField) event.preventDefault();
  };
  addEventListener('dragover', stay);
  addEventListener('drop', stay);
}

/** Starts the engine, and shows what the address asks for. */
export async function startPage() {
  startTheme();
  stayOnDrops();
  try {
    await startEngine();
  } catch (error) {
    fail(loading.engine, reasonOf(error));
  }
  if (hasFailed()) return;
  guarded(() => {
    say(element('engine-version'), engineVersion());
    say(element('cited-version'), packageVersion());
    say(element('cited-engine'), engineVersion());
    startNotices();
    checkLanguage();
    followTheme();
    startSharing();
    startHelp();
    startKept();
    startShortcuts();
    startViews();
    startOffline();
    // The findings of the tests are a page of their own, on the site alone.
    element('validation-line').hidden = isSingleFile;
  });
}
