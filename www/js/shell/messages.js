// What a page around the frame may ask for by postMessage, and what it is told: docs/embed.md.

import { engineVersion } from '../../engine/lab.js';
import { hostInAddress } from '../address/embed.js';
import { guarded } from '../ground/failure.js';
import { notice } from '../ground/notices.js';
import { link, messages as said } from '../words/page.js';
import { passKeysOn } from './host-keys.js';

/** The version of the interface. */
const VERSION = 1;
/** Characters of a link, and of an id, at most. */
const LONGEST_LINK = 4000;
const LONGEST_ID = 100;
/** How often it is looked whether the frame is ready, in ms. */
const WATCH_MS = 100;
/** The states in which a scan has ended. */
const ENDED = ['complete', 'stopped', 'cancelled'];
/** How often it is looked what has changed in a run, in ms. */
const LOOK_MS = 150;

/**
 * What is shown, as far as messages can ask for it.
 * @typedef {object} Shown
 * @property {string} level
 * @property {() => import('../lab/lab.js').Lab | null} lab
 * @property {() => import('../figures/figures.js').Figures | null} figures
 * @property {() => string} unseen why nobody sees it, in words, or an empty text
 * @property {() => number} height in CSS pixels, with which all has room at this width
 * @property {() => void} reveal shows what the address hides
 * @property {() => string[]} hidden what the address hides, as long as it does
 * @property {(link: string) => Promise<string[]>} set shows the run or the figure of a link; returns what is wrong with it, and then changes nothing
 */

/** Begins a scan anew, which first comes to rest. @param {import('../figures/figures.js').Figures} figures */
async function again(figures) {
  await figures.pause();
  await figures.anew();
}

/** Resolves when the run has come to a time, and says where it then is. @param {import('../lab/lab.js').Lab} lab @param {number} time */
function reached(lab, time) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (lab.until === time || lab.resumes === time) return;
      lab.listeners.splice(lab.listeners.indexOf(look), 1);
      const { simulator } = lab;
      if (simulator.time === time) resolve({ link: simulator.link(), time, digest: simulator.digest() });
      else reject(new Error(said.notReached(simulator.time)));
    };
    lab.listeners.push(look);
    lab.runUntil(time);
    // Nothing can move any more.
    if (!lab.playing && lab.resumes === null) lab.pause();
  });
}

/** What each message does; what it returns is in the answer. @type {Record<string, (shown: Shown, message: {link?: unknown, time?: unknown, format?: unknown}) => unknown>} */
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
  until(shown, { time }) {
    const lab = shown.lab();
    if (!lab || shown.figures()) throw new Error(said.noRun);
    if (typeof time !== 'number' || !Number.isFinite(time) || time <= lab.simulator.time) throw new Error(said.until(String(time).slice(0, LONGEST_ID), lab.simulator.time));
    return reached(lab, time);
  },
  hello: () => {},
  reveal: (shown) => shown.reveal(),
  async picture(shown, { format }) {
    const { pictureOf } = await import('./picture.js');
    return pictureOf({ lab: shown.lab(), figures: shown.figures(), level: shown.level }, format);
  },
  state(shown) {
    const [figures, lab] = [shown.figures(), shown.lab()];
    const common = { level: shown.level, unseen: shown.unseen(), hidden: shown.hidden(), height: shown.height() };
    if (figures?.runner) return { ...common, ...stateOf(figures.runner) };
    if (!lab) return common;
    const { simulator, second, playing, pausedBecause: because, waits } = lab;
    return { ...common, link: simulator.link(), compare: second?.params().mRight ?? null, playing, because: waits || because, time: simulator.time, word: lab.first.word };
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

/** How a scan is. @param {import('../figures/runner.js').Runner} runner */
const stateOf = ({ link, state, words, scan }) => ({ link, state, because: words, share: scan.progress().share });

/** Tells what becomes of a run. @param {Shown} shown @param {(what: object) => void} tell */
function followRun(shown, tell) {
  /** What was told last of each. @type {Record<string, string>} */
  const told = {};
  const once = (/** @type {string} */ event, /** @type {object | null} */ what) => {
    const now = JSON.stringify(what);
    if (told[event] === now) return;
    told[event] = now;
    if (what) tell({ event, ...what });
  };
  setInterval(() => guarded(() => {
    once('height', { height: shown.height() });
    const lab = shown.lab();
    if (!lab || shown.figures()) return;
    const { playing, pausedBecause, waits, first, simulator } = lab;
    const link = simulator.link();
    once('playing', { playing, because: playing ? '' : waits || pausedBecause, link });
    const { current, sigmasText } = first.observables;
    const key = first.word ? { word: first.word, link } : null;
    if (JSON.stringify(key) === told.word) return;
    told.word = JSON.stringify(key);
    if (key) tell({ event: 'significant', ...key, current: current.text, sigmas: sigmasText, took: first.tookSpan });
  }), LOOK_MS);
}

/** Tells every change of a scan's state, whoever caused it. @param {import('../figures/figures.js').Figures} figures @param {(what: object) => void} tell */
function followScan(figures, tell) {
  let told = '';
  figures.listeners.push(() => {
    const { runner } = figures;
    if (!runner) return;
    const now = `${runner.state} ${runner.link}`;
    if (now === told) return;
    told = now;
    const state = stateOf(runner);
    tell({ event: 'scan', ...state });
    if (ENDED.includes(state.state)) tell({ event: 'scan-ended', state: state.state, link: state.link });
  });
}

/**
 * Where the page around is from, where the browser tells, or null. With `referrerpolicy` on the
 * frame Firefox answers 'null', as of a page that has no origin.
 */
function knownParent() {
  const ancestors = location.ancestorOrigins;
  if (ancestors?.length && ancestors[0] !== 'null') return ancestors[0];
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

/** @param {unknown} data @returns {{type: string, id: string | number | undefined, link?: unknown, time?: unknown, format?: unknown} | null} */
function understood(data) {
  if (typeof data !== 'object' || data === null) return null;
  const { uphill, type, id, link, time, format } = /** @type {Record<string, unknown>} */ (data);
  const named = id === undefined || (typeof id === 'string' && id.length <= LONGEST_ID) || (typeof id === 'number' && Number.isFinite(id));
  if (uphill !== VERSION || typeof type !== 'string' || !Object.hasOwn(ACTIONS, type) || !named) return null;
  return { type, id: /** @type {string | number | undefined} */ (id), link, time, format };
}

/** Hears the page around, and tells it what happens here. @param {Shown} shown */
export function startMessages(shown) {
  const { parent } = window;
  const origin = allowedOrigin();
  if (origin === undefined) return;
  // A page from a disk or in a sandbox has no origin that could be named.
  const target = origin === null || origin === 'null' ? '*' : origin;
  const tell = (/** @type {object} */ what, to = target) => parent.postMessage({ uphill: VERSION, ...what }, to);

  let ready = false;
  const sayReady = () => tell({ event: 'ready', level: shown.level, engine: engineVersion() });
  addEventListener('message', (event) => {
    if (event.source !== parent || (origin !== null && event.origin !== origin)) return;
    const message = understood(event.data);
    if (!message) return;
    const { type, id } = message;
    // A page that has come late asks whether this one is ready.
    if (type === 'hello') {
      if (ready) sayReady();
      return;
    }
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
    if (figures) followScan(figures, tell);
    sayReady();
    followRun(shown, tell);
    passKeysOn(tell);
  }, WATCH_MS);
}
