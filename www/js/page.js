// The page: the engine, and the view that the address asks for.

import { engineVersion } from '../engine/lab.js';
import { button, element, find, say } from './elements.js';
import { followTheme } from './embed.js';
import { startEngine } from './engine.js';
import { fail, guarded, hasFailed, reasonOf } from './failure.js';
import { startHelp } from './help.js';
import { startSharing } from './link.js';
import { startNotices } from './notices.js';
import { isSingleFile } from './parts.js';
import { startShortcuts } from './shortcuts.js';
import { startTheme } from './theme.js';
import { startViews } from './views.js';
import { loading, offline } from './words/page.js';

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
  const act = (/** @type {(module: typeof import('./kept.js')) => Promise<void>} */ part) => import('./kept.js').then(part).catch((error) => say(element('kept-words'), loading.notLookedUp(reasonOf(error))));
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
    say(element('cited-version'), engineVersion());
    startNotices();
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
