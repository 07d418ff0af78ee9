// The site's copy for times without a connection, and the word that a new version is there.

import { site } from '../ground/assets.js';
import { element, say } from '../ground/elements.js';
import { reasonOf } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { buttons, offline as said } from '../words/page.js';

/** Whether the person has asked here for the new version. */
let asked = false;

/** Says that a new version waits, and goes over to it when asked. @param {ServiceWorker} next */
function offer(next) {
  notice(said.newVersion, { words: buttons.reload, act: () => {
    asked = true;
    next.postMessage('take over');
  } });
}

/** Another version has taken over: what is still to be loaded here would be of that one. */
function overtaken() {
  if (asked) location.reload();
  else notice(said.overtaken, { words: buttons.reload, act: () => location.reload() });
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
    ? said.kept
    : said.coming);
}

/** Keeps a copy of the site where the browser allows it; without one the page works as well. */
export async function keepOffline() {
  try {
    let held = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      // The first to come takes over from nobody.
      if (held) overtaken();
      held = true;
    });
    const script = new URL('service-worker.js', site());
    const known = await navigator.serviceWorker.getRegistration(site());
    const registration = known ?? await navigator.serviceWorker.register(script, { updateViaCache: 'none' });
    watch(registration);
    // A browser looks for a new version by itself, but Chromium puts that off for as long as a page draws every frame.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) registration.update().catch(() => {
        // No connection: the next time will do.
      });
    });
  } catch (error) {
    say(element('offline-state'), said.failed(reasonOf(error)));
  }
}
