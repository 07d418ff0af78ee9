// What a page around the frame may ask for by postMessage, and what it is told: docs/embed.md.

import { engineVersion } from '../../engine/lab.js';
import { hostInAddress } from '../address/embed.js';
import { guarded } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { link, messages as said } from '../words/page.js';

/** The version of the interface. */
const VERSION = 1;
/** Characters of a link, and of an id, at most. */
const LONGEST_LINK = 4000;
const LONGEST_ID = 100;
/** How often it is looked whether the frame is ready, in ms. */
const WATCH_MS = 100;
/** The states in which a scan has ended. */
const ENDED = ['complete', 'stopped', 'cancelled'];

/**
 * What is shown, as far as messages can ask for it.
 * @typedef {object} Shown
 * @property {() => import('../lab/lab.js').Lab | null} lab
 * @property {() => import('../figures/figures.js').Figures | null} figures
 * @property {(link: string) => Promise<string[]>} set shows the run or the figure of a link; returns what is wrong with it, and then changes nothing
 */

/** Begins a scan anew, which first comes to rest. @param {import('../figures/figures.js').Figures} figures */
async function again(figures) {
  await figures.pause();
  await figures.anew();
}

/** What each message does; what it returns is in the answer. @type {Record<string, (shown: Shown, message: {link?: unknown}) => unknown>} */
const ACTIONS = {
  async set(shown, { link }) {
    if (typeof link !== 'string' || link.length > LONGEST_LINK) throw new Error(said.link(LONGEST_LINK));
    const wrong = await shown.set(link);
    if (wrong.length > 0) throw new Error(wrong.join(' '));
  },
  play(shown) {
    const [figures, lab] = [shown.figures(), shown.lab()];
    if (figures) return figures.run();
    return lab?.play();
  },
  pause(shown) {
    const [figures, lab] = [shown.figures(), shown.lab()];
    if (figures) return figures.pause();
    return lab?.pause();
  },
  reset(shown) {
    const [figures, lab] = [shown.figures(), shown.lab()];
    if (figures) return again(figures);
    if (lab) lab.rebuild(lab.simulator.params());
    return undefined;
  },
  observables(shown) {
    const [figures, lab] = [shown.figures(), shown.lab()];
    if (figures?.scan) {
      const { scan, state } = figures;
      return { link: scan.link, state, share: scan.progress().share, table: scan.table(), findings: scan.findings() };
    }
    if (!lab) return undefined;
    lab.first.read();
    return { link: lab.simulator.link(), playing: lab.playing, digest: lab.simulator.digest(), ...lab.first.observables };
  },
};

/** Where the page around is from, where the browser tells, or null. */
function knownParent() {
  const ancestors = location.ancestorOrigins;
  if (ancestors?.length) return ancestors[0];
  return document.referrer ? new URL(document.referrer).origin : null;
}

/** The only origin that is heard, or null for whoever has put this page into a frame. */
function allowedOrigin() {
  const asked = hostInAddress();
  if (asked === null) return knownParent();
  try {
    const { origin } = new URL(asked);
    if (origin !== 'null') return origin;
  } catch {
    // Said below.
  }
  notice(link.host(asked.slice(0, 100)));
  return undefined;
}

/** @param {unknown} data @returns {{type: string, id: string | number | undefined, link?: unknown} | null} */
function understood(data) {
  if (typeof data !== 'object' || data === null) return null;
  const { uphill, type, id, link } = /** @type {Record<string, unknown>} */ (data);
  const named = id === undefined || (typeof id === 'string' && id.length <= LONGEST_ID) || (typeof id === 'number' && Number.isFinite(id));
  if (uphill !== VERSION || typeof type !== 'string' || !Object.hasOwn(ACTIONS, type) || !named) return null;
  return { type, id: /** @type {string | number | undefined} */ (id), link };
}

/** Hears the page around, and tells it what happens here. @param {string} level @param {Shown} shown */
export function startMessages(level, shown) {
  const { parent } = window;
  const origin = allowedOrigin();
  if (origin === undefined) return;
  // A page from a disk or in a sandbox has no origin that could be named.
  const target = origin === null || origin === 'null' ? '*' : origin;
  const tell = (/** @type {object} */ what, to = target) => parent.postMessage({ uphill: VERSION, ...what }, to);

  let ready = false;
  addEventListener('message', (event) => {
    if (event.source !== parent || (origin !== null && event.origin !== origin)) return;
    const message = understood(event.data);
    if (!message) return;
    const { type, id } = message;
    if (!ready) {
      tell({ type, id, ok: false, error: said.notYet });
      return;
    }
    guarded(async () => {
      try {
        const value = await ACTIONS[type](shown, message);
        tell({ type, id, ok: true, ...(value === undefined ? {} : { value }) });
      } catch (error) {
        tell({ type, id, ok: false, error: error instanceof Error ? error.message : String(error) });
      }
    });
  });

  const waiting = setInterval(() => {
    const figures = shown.figures();
    if (!(figures?.scan ?? shown.lab())) return;
    clearInterval(waiting);
    ready = true;
    figures?.listeners.push(() => {
      const { state, scan } = figures;
      if (state && ENDED.includes(state)) tell({ event: 'scan-ended', state, link: scan?.link });
    });
    tell({ event: 'ready', level, engine: engineVersion() });
  }, WATCH_MS);
}
