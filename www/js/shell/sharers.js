// How many labs play in the frames of one page: they share the time of its thread.

const CHANNEL = 'uphill-playing';
/** How often a lab that plays says so, and when one of which nothing is heard is forgotten, in ms. */
const BEAT_MS = 1000;
const GONE_MS = 3500;

/** Has a lab take its share alone, as soon as others of the same site play beside it. @param {import('../lab/lab.js').Lab} lab */
export function shareTime(lab) {
  /** @type {BroadcastChannel} */
  let channel;
  try {
    channel = new BroadcastChannel(CHANNEL);
  } catch {
    // A frame without an origin may have none.
    return;
  }
  const name = Math.random();
  /** When each of the others was heard last. @type {Map<number, number>} */
  const others = new Map();
  const count = () => {
    const now = performance.now();
    for (const [other, heard] of others) if (now - heard > GONE_MS) others.delete(other);
    lab.sharers = 1 + others.size;
  };
  let playing = false;
  const say = (/** @type {boolean} */ asks = false) => channel.postMessage({ name, playing, asks });
  channel.onmessage = ({ data }) => {
    if (data.playing) others.set(data.name, performance.now());
    else others.delete(data.name);
    if (data.asks && playing) say();
    count();
  };
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
