// How many labs play in the frames of one page: they share the time of its thread.
//
// Frames of one origin hear one another over a channel. One without an origin, as in a strict sandbox,
// is in no channel with others: it says the same to all frames of the page, and is answered.

const CHANNEL = 'uphill-playing';
/** How often a lab that plays says so, and when one of which nothing is heard is forgotten, in ms. */
const BEAT_MS = 1000;
const GONE_MS = 3500;
/** Most frames of a page that are spoken to, and most labs that are believed to share. */
const MOST = 100;

/** What a lab says of itself. @typedef {{name: number, playing: boolean, asks: boolean}} Said */

/** The windows of all frames within a window. @param {Window} around @param {Window[]} [found] */
function framesIn(around, found = []) {
  for (let at = 0; at < around.length && found.length < MOST; at += 1) {
    found.push(around[at]);
    framesIn(around[at], found);
  }
  return found;
}

/** @returns {BroadcastChannel | undefined} */
function openChannel() {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    // A frame without an origin may have none.
    return undefined;
  }
}

/** Has a lab take its share alone, as soon as others of the same site play beside it. @param {import('../lab/lab.js').Lab} lab */
export function shareTime(lab) {
  const channel = openChannel();
  const isStrict = self.origin === 'null';
  /** Frames without an origin that have said something: the channel does not reach them. @type {Set<Window>} */
  const strict = new Set();
  const name = Math.random();
  /** When each of the others was heard last. @type {Map<number, number>} */
  const others = new Map();
  const count = () => {
    const now = performance.now();
    for (const [other, heard] of others) if (now - heard > GONE_MS) others.delete(other);
    lab.sharers = 1 + others.size;
  };
  let playing = false;
  const say = (asks = false) => {
    /** @type {Said} */
    const said = { name, playing, asks };
    channel?.postMessage(said);
    for (const frame of isStrict && window.top ? framesIn(window.top) : strict) {
      if (frame.closed) strict.delete(frame);
      else if (frame !== window) frame.postMessage({ uphill: 1, sharing: said }, '*');
    }
  };
  const hear = (/** @type {Said} */ said) => {
    if (said.playing && (others.has(said.name) || others.size < MOST)) others.set(said.name, performance.now());
    else others.delete(said.name);
    if (said.asks && playing) say();
    count();
  };
  if (channel) channel.onmessage = ({ data }) => hear(data);
  addEventListener('message', ({ source, origin, data }) => {
    const said = data?.uphill === 1 ? data.sharing : undefined;
    if (typeof said?.name !== 'number' || said.name === name) return;
    if (origin === 'null' && strict.size < MOST) strict.add(/** @type {Window} */ (source));
    hear(said);
  });
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let beat;
  const follow = () => {
    if (playing === lab.playing) return;
    playing = lab.playing;
    say(playing);
    clearInterval(beat);
    if (playing) beat = setInterval(() => { say(); count(); }, BEAT_MS);
  };
  lab.listeners.push(follow);
  addEventListener('pagehide', () => {
    playing = false;
    say();
  });
  follow();
}
