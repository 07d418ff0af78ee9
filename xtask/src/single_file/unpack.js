// Unpacks the single file: the page, its modules and its engine, which are the site's own.

/** @typedef {{page: string, files: Map<string, Uint8Array<ArrayBuffer>>}} Carried */

/** Digits of the packed bytes: 13 bits in two of them, or 14 where there is room for one more. */
const DIGITS = 'ALPHABET';
/** Bytes that are unpacked between two looks at the clock, and how long the page may wait, in ms. */
const STRIDE = 1 << 14;
const PATIENCE_MS = 20;

const pause = () => new Promise((resolve) => { setTimeout(resolve); });

/** The bytes that a text stands for. @param {string} text */
function bytesOf(text) {
  const value = new Uint8Array(128);
  [...DIGITS].forEach((digit, i) => { value[digit.charCodeAt(0)] = i; });
  const bytes = new Uint8Array(Math.ceil(text.length * 7 / 8));
  let [length, bits, count] = [0, 0, 0];
  const digit = (/** @type {number} */ i) => value[text.charCodeAt(i) & 127] || 0;
  for (let i = 0; i < text.length; i += 2) {
    const two = digit(i) + 91 * digit(i + 1);
    bits |= two << count;
    count += (two & 8191) > 88 ? 13 : 14;
    for (; count > 7; count -= 8) {
      bytes[length] = bits;
      length += 1;
      bits >>>= 8;
    }
  }
  return bytes.subarray(0, length);
}

/** Adler's checksum, as in zlib. @param {Uint8Array} bytes */
function checksum(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

/** The bytes within an element. @param {HTMLElement} packed */
async function unpacked(packed) {
  const stream = lzma(bytesOf((packed.textContent ?? '').replace(/\s/g, '')));
  let began = performance.now();
  for (let to = STRIDE; !stream.done(); to += STRIDE) {
    stream.advance(to);
    if (performance.now() - began > PATIENCE_MS) {
      await pause();
      began = performance.now();
    }
  }
  await pause();
  if (checksum(stream.output) !== Number(packed.dataset.sum)) throw new Error('the file is damaged');
  return stream.output;
}

/** The files within bytes: a line of JSON with their names and sizes, and what is in them. @param {Uint8Array<ArrayBuffer>} bytes */
function filesIn(bytes) {
  const end = bytes.indexOf(10);
  let at = end + 1;
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  const files = new Map();
  for (const [name, size] of JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))) {
    files.set(name, bytes.subarray(at, at + size));
    at += size;
  }
  return files;
}

/** Puts the site's page in place of this one. @param {Map<string, Uint8Array<ArrayBuffer>>} files */
function show(files) {
  const text = (/** @type {string} */ name) => new TextDecoder().decode(files.get(name));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text('style.css'));
  document.adoptedStyleSheets = [sheet];
  const page = new DOMParser().parseFromString(text('index.html'), 'text/html');
  const icon = page.querySelector('link[rel="icon"]');
  if (icon instanceof HTMLLinkElement) {
    icon.href = URL.createObjectURL(new Blob([text('icon.svg')], { type: 'image/svg+xml' }));
    document.head.append(icon);
  }
  // What the site's page fetches early is here already.
  page.getElementById('lab-parts')?.remove();
  document.body.replaceWith(page.body);
}

async function unpack() {
  // What a deck says of its slide meanwhile.
  addEventListener('message', ({ data }) => {
    if (data === 'slide:start' || data === 'slide:stop') Object.assign(globalThis, { deckSaid: data });
  });
  // Before anything of it is changed: a copy of this file is made from it.
  const page = `<!doctype html>\n${document.documentElement.outerHTML}\n`;
  try {
    const files = filesIn(await unpacked(/** @type {HTMLElement} */ (document.getElementById('packed'))));
    Object.assign(globalThis, { carried: /** @type {Carried} */ ({ page, files }) });
    show(files);
    await import(URL.createObjectURL(new Blob([files.get('js/main.js') ?? ''], { type: 'text/javascript' })));
  } catch (error) {
    const place = document.getElementById('unpacking') ?? document.body;
    place.textContent = `This file did not unpack (${error instanceof Error ? error.message : String(error)}). If it was cut short or changed on its way, get it again.`;
  }
}

unpack();
