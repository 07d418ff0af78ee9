// LZMA, by its specification: https://www.7-zip.org/sdk.html, lzma-specification.txt. By hand, since
// browsers unpack nothing better than gzip, with which the engine does not fit.

/**
 * Begins to unpack a stream of the kind "LZMA alone" whose size is known. `advance(to)` unpacks up
 * to `to` bytes; it throws where the stream is damaged.
 *
 * @param {Uint8Array} input
 */
function lzma(input) {
  const view = new DataView(input.buffer, input.byteOffset);
  const properties = input[0];
  const [lc, lp, pb] = [properties % 9, Math.floor(properties / 9) % 5, Math.floor(properties / 45)];
  const output = new Uint8Array(view.getUint32(5, true));
  let range = 0xffffffff;
  let code = view.getUint32(14);
  let next = 18;
  let at = 0;
  let state = 0;
  const latest = [0, 0, 0, 0];

  const even = (/** @type {number} */ size) => new Uint16Array(size).fill(1024);
  const lengths = () => ({ choice: even(2), low: even(128), mid: even(128), high: even(256) });
  const isMatch = even(192);
  const isRepeat = even(12);
  const isOlder = even(12);
  const isSecondOlder = even(12);
  const isThirdOlder = even(12);
  const isLong = even(192);
  const literals = even(0x300 << (lc + lp));
  const matchLength = lengths();
  const repeatLength = lengths();
  const slots = [even(64), even(64), even(64), even(64)];
  const special = even(115);
  const align = even(16);

  function normalize() {
    if (range >= 0x1000000) return;
    range *= 256;
    code = code * 256 + input[next];
    next += 1;
  }

  /** @param {Uint16Array} odds @param {number} i */
  function bit(odds, i) {
    const bound = (range >>> 11) * odds[i];
    const one = code >= bound ? 1 : 0;
    if (one) {
      range -= bound;
      code -= bound;
      odds[i] -= odds[i] >>> 5;
    } else {
      range = bound;
      odds[i] += (2048 - odds[i]) >>> 5;
    }
    normalize();
    return one;
  }

  /** Bits, the highest first. @param {Uint16Array} odds @param {number} count @param {number} [from] */
  function tree(odds, count, from = 0) {
    let node = 1;
    for (let i = 0; i < count; i += 1) node = (node << 1) | bit(odds, from + node);
    return node - (1 << count);
  }

  /** Bits, the lowest first. @param {Uint16Array} odds @param {number} count @param {number} from */
  function reverse(odds, count, from) {
    let [node, sum] = [1, 0];
    for (let i = 0; i < count; i += 1) {
      const one = bit(odds, from + node);
      node = (node << 1) | one;
      sum |= one << i;
    }
    return sum;
  }

  /** @param {number} count */
  function direct(count) {
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      range = Math.floor(range / 2);
      const one = code >= range ? 1 : 0;
      if (one) code -= range;
      normalize();
      sum = sum * 2 + one;
    }
    return sum;
  }

  /** @param {ReturnType<typeof lengths>} odds @param {number} place */
  function length(odds, place) {
    if (!bit(odds.choice, 0)) return 2 + tree(odds.low, 3, place << 3);
    if (!bit(odds.choice, 1)) return 10 + tree(odds.mid, 3, place << 3);
    return 18 + tree(odds.high, 8);
  }

  /** @param {number} long the length of the match */
  function distance(long) {
    const slot = tree(slots[Math.min(long - 2, 3)], 6);
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1;
    const from = (2 | (slot & 1)) * 2 ** count;
    if (slot < 14) return from + reverse(special, count, from - slot);
    return from + direct(count - 4) * 16 + reverse(align, 4, 0);
  }

  function literal() {
    const before = at > 0 ? output[at - 1] : 0;
    const from = 0x300 * (((at & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
    let symbol = 1;
    if (state >= 7) {
      let match = output[at - latest[0] - 1];
      while (symbol < 0x100) {
        const expected = (match >> 7) & 1;
        match <<= 1;
        const one = bit(literals, from + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | one;
        if (one !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | bit(literals, from + symbol);
    output[at] = symbol;
    at += 1;
    state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
  }

  /** Which of the latest distances is meant; it becomes the first. */
  function older() {
    let which = 1;
    if (bit(isSecondOlder, state)) which = 2 + bit(isThirdOlder, state);
    latest.unshift(...latest.splice(which, 1));
  }

  /** How much is to be repeated. @param {number} place */
  function match(place) {
    if (!bit(isRepeat, state)) {
      const long = length(matchLength, place);
      latest.pop();
      latest.unshift(distance(long));
      state = state < 7 ? 7 : 10;
      return long;
    }
    if (bit(isOlder, state)) older();
    else if (!bit(isLong, (state << 4) + place)) {
      state = state < 7 ? 9 : 11;
      return 1;
    }
    const long = length(repeatLength, place);
    state = state < 7 ? 8 : 11;
    return long;
  }

  /** @param {number} to */
  function advance(to) {
    const end = Math.min(to, output.length);
    while (at < end) {
      const place = at & ((1 << pb) - 1);
      if (!bit(isMatch, (state << 4) + place)) {
        literal();
        continue;
      }
      const long = match(place);
      const from = at - latest[0] - 1;
      if (!(from >= 0) || next > input.length || at + long > output.length) throw new Error('the file is damaged');
      for (let i = 0; i < long; i += 1) output[at + i] = output[from + i];
      at += long;
    }
  }

  return { output, advance, done: () => at === output.length };
}
