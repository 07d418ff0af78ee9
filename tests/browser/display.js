// A picture of a display, from the file in which Xvfb keeps its pixels (the XWD format, X11/XWDFile.h).

import { crc32, deflateSync } from 'node:zlib';

/** A PNG file's part. @param {string} kind @param {Buffer} data */
function chunk(kind, data) {
  const whole = Buffer.alloc(data.length + 12);
  whole.writeUInt32BE(data.length, 0);
  whole.write(kind, 4, 'latin1');
  data.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, data.length + 8)), data.length + 8);
  return whole;
}

/**
 * A part of the display, as a PNG file; Xvfb has four bytes a pixel: blue, green, red, none.
 *
 * @param {Buffer} file
 * @param {{x: number, y: number, width: number, height: number}} place
 */
export function shown(file, place) {
  const [head, wide, high, line, colours] = [0, 16, 20, 48, 76].map((at) => file.readUInt32BE(at));
  const first = head + 12 * colours;
  const [width, height] = [Math.min(place.width, wide - place.x), Math.min(place.height, high - place.y)];
  const rows = Buffer.alloc(height * (3 * width + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = first + (place.y + y) * line + 4 * (place.x + x);
      const to = y * (3 * width + 1) + 1 + 3 * x;
      for (let part = 0; part < 3; part += 1) rows[to + part] = file[from + 2 - part];
    }
  }
  const about = Buffer.alloc(13);
  about.writeUInt32BE(width, 0);
  about.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue.
  about.set([8, 2], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', about), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
