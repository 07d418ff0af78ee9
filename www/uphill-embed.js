// Uphill in a frame, for the page around it: see docs/embed.md. A module without dependencies.

/**
 * What is shown in a frame, to be asked and told.
 *
 * @typedef {object} Embed
 * @property {HTMLIFrameElement} frame
 * @property {Promise<{level: string, engine: string}>} ready resolves when it can be asked
 * @property {(link: string) => Promise<void>} set shows the run or the figure of a link
 * @property {() => Promise<void>} play
 * @property {() => Promise<void>} pause
 * @property {() => Promise<void>} reset
 * @property {() => Promise<void>} reveal shows what `hide=` keeps back
 * @property {(time: number) => Promise<{link: string, time: number, digest: string}>} until runs to a time
 * @property {(format?: 'png' | 'svg') => Promise<Blob>} picture
 * @property {() => Promise<Record<string, any>>} state
 * @property {() => Promise<Record<string, any>>} observables
 * @property {(event: string, heard: (data: Record<string, any>) => void) => () => void} on hears an event; returns what ends that
 * @property {() => void} close hears nothing any more
 */

/**
 * Talks with the page in a frame.
 *
 * @param {HTMLIFrameElement} frame
 * @param {{origin?: string}} [how] the origin of the page in it; '*' for a frame without `allow-same-origin`
 * @returns {Embed}
 */
export function connect(frame, { origin = frame.sandbox.length && !frame.sandbox.contains('allow-same-origin') ? '*' : new URL(frame.src, document.baseURI).origin } = {}) {
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  const asked = new Map();
  /** @type {Map<string, Set<(data: any) => void>>} */
  const listeners = new Map();
  let last = 0;
  const post = (/** @type {object} */ message) => frame.contentWindow?.postMessage({ uphill: 1, ...message }, origin);
  const ask = (/** @type {string} */ type, /** @type {object} */ more = {}) => ready.then(() => new Promise((resolve, reject) => {
    last += 1;
    asked.set(last, { resolve, reject });
    post({ type, id: last, ...more });
  }));
  const on = (/** @type {string} */ event, /** @type {(data: any) => void} */ heard) => {
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all.add(heard));
    return () => { all.delete(heard); };
  };
  const hear = (/** @type {MessageEvent} */ { source, data }) => {
    if (source !== frame.contentWindow || data?.uphill !== 1) return;
    if (data.event) {
      for (const heard of [...listeners.get(data.event) ?? [], ...listeners.get('*') ?? []]) heard(data);
      return;
    }
    const question = asked.get(data.id);
    asked.delete(data.id);
    if (data.ok) question?.resolve(data.value);
    else question?.reject(new Error(data.error));
  };
  addEventListener('message', hear);
  /** @type {Promise<any>} */
  const ready = new Promise((resolve) => {
    on('ready', resolve);
    // What is ready already says so again when it is asked, whatever the frame has in it by then.
    const again = () => frame.contentWindow?.postMessage({ uphill: 1, type: 'hello' }, '*');
    if (frame.contentWindow) again();
    frame.addEventListener('load', again);
  });
  return {
    frame, ready, on,
    set: (link) => ask('set', { link }),
    play: () => ask('play'),
    pause: () => ask('pause'),
    reset: () => ask('reset'),
    reveal: () => ask('reveal'),
    until: (time) => ask('until', { time }),
    picture: (format) => ask('picture', { format }),
    state: () => ask('state'),
    observables: () => ask('observables'),
    close: () => removeEventListener('message', hear),
  };
}
