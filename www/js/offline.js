// The site's copy for times without a connection, and the word that a new version is there.

import { element, say } from './elements.js';
import { notice } from './notices.js';

/** Whether the person has asked here for the new version. */
let asked = false;

/** Says that a new version waits, and goes over to it when asked. @param {ServiceWorker} next */
function offer(next) {
  notice('A new version of this page is here.', { words: 'Reload', act: () => {
    asked = true;
    next.postMessage('take over');
  } });
}

/** Another version has taken over: what is still to be loaded here would be of that one. */
function overtaken() {
  if (asked) location.reload();
  else notice('A new version of this page was opened in another tab. This tab goes on; what it has not loaded yet needs a reload.', { words: 'Reload', act: () => location.reload() });
}

/** @param {ServiceWorkerRegistration} registration */
function watch(registration) {
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller) offer(installing);
      showState(registration);
    });
  };
  registration.addEventListener('updatefound', follow);
  follow();
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  showState(registration);
}

/** @param {ServiceWorkerRegistration} registration */
function showState(registration) {
  say(element('offline-state'), registration.active || registration.waiting
    ? 'A copy of it is kept: it opens without a connection.'
    : 'A copy of it is on its way, for times without a connection.');
}

/** Keeps a copy of the site where the browser allows it; without one the page works as well. */
export async function keepOffline() {
  try {
    if (navigator.serviceWorker.controller) navigator.serviceWorker.addEventListener('controllerchange', overtaken);
    const script = new URL('../service-worker.js', import.meta.url);
    const known = await navigator.serviceWorker.getRegistration(new URL('./', script));
    const registration = known ?? await navigator.serviceWorker.register(script, { updateViaCache: 'none' });
    watch(registration);
    // A browser looks for a new version by itself, but Chromium puts that off for as long as a page draws every frame.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) registration.update().catch(() => {
        // No connection: the next time will do.
      });
    });
  } catch (error) {
    say(element('offline-state'), `No copy of it is kept for times without a connection (${error instanceof Error ? error.message : String(error)}).`);
  }
}
