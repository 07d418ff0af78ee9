// <uphill-lab>: Uphill in a frame of a page, as an element: see docs/embed.md.

import { connect } from './uphill-embed.js';

/** Attributes that are keys of the page in the frame; another link in them loads it anew. */
const PAGE = ['embed', 'host', 'lang', 'theme', 'autoplay', 'show', 'hide', 'lock'];
/** Attributes that are keys of the link: HTML has them in small letters. @type {Record<string, string>} */
const KEYS = { m: 'm', ml: 'mL', beta: 'beta', l: 'L', lx: 'Lx', ly: 'Ly', bc: 'bc', shift: 'shift', res: 'res', dyn: 'dyn', init: 'init', width: 'width', seed: 'seed' };
/** Events of the frame, each an event of the element with the same name. */
const EVENTS = ['ready', 'playing', 'significant', 'height', 'key', 'scan', 'scan-ended'];
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';

export class UphillLab extends HTMLElement {
  static observedAttributes = ['src', 'link', ...PAGE, ...Object.keys(KEYS)];

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    shadow.innerHTML = '<style>:host { display: block; width: 100%; height: 28rem } iframe { display: block; width: 100%; height: 100%; border: 0 }</style>';
    /** What is in the frame, once the element is in a page. @type {import('./uphill-embed.js').Embed | null} */
    this.embed = null;
    /** Attributes that have changed since the frame was told. @type {Set<string>} */
    this.changes = new Set();
  }

  /** The link of what is shown: the attribute `link`, and those of its keys. */
  get query() {
    const given = Object.entries(KEYS).flatMap(([name, key]) => (this.hasAttribute(name) ? [`${key}=${encodeURIComponent(this.getAttribute(name) ?? '')}`] : []));
    return [this.getAttribute('link'), ...given].filter(Boolean).join('&');
  }

  /** The frame's address. */
  get address() {
    const base = new URL(this.getAttribute('src') ?? './', this.hasAttribute('src') ? document.baseURI : import.meta.url);
    const page = PAGE.flatMap((key) => {
      const value = this.getAttribute(key) ?? (key === 'embed' ? 'lab' : null);
      return value === null ? [] : [`${key}=${encodeURIComponent(value)}`];
    });
    const [query, fragment] = this.query.split('#');
    return `${base.href.split(/[?#]/)[0]}?${[...page, query].filter(Boolean).join('&')}${fragment ? `#${fragment}` : ''}`;
  }

  connectedCallback() {
    const frame = document.createElement('iframe');
    frame.title = this.title || 'Uphill: a two-dimensional Ising model with an uphill current';
    frame.loading = this.getAttribute('loading') === 'eager' ? 'eager' : 'lazy';
    frame.setAttribute('sandbox', this.getAttribute('sandbox') ?? SANDBOX);
    frame.src = this.address;
    this.shadowRoot?.append(frame);
    this.embed = connect(frame);
    for (const name of EVENTS) this.embed.on(name, (detail) => this.dispatchEvent(new CustomEvent(name, { detail })));
  }

  disconnectedCallback() {
    this.embed?.close();
    this.embed?.frame.remove();
    this.embed = null;
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (!this.embed) return;
    this.changes.add(name);
    // Several that change together are one change.
    queueMicrotask(() => {
      const changes = [...this.changes];
      this.changes.clear();
      if (!this.embed || changes.length === 0) return;
      if (changes.some((change) => change === 'src' || PAGE.includes(change))) {
        this.disconnectedCallback();
        this.connectedCallback();
      } else this.embed.set(this.query).catch((error) => this.dispatchEvent(new CustomEvent('refused', { detail: error.message })));
    });
  }
}

customElements.define('uphill-lab', UphillLab);
