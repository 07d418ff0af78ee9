// A frame of any size: the picture has at least half of it, nothing lies over another or is cut, and
// what has no room has gone in the stated order.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { misplaced } from './boxes.js';
import { inBothBrowsers, poll, screenshot } from './browser.js';
import { frameOf, hostPage, openHost, otherHost } from './frames.js';

/** @typedef {import('./browser.js').Stand} Stand */

/** From a column of text to a projector, tall, square and wide. */
const SIZES = [
  [300, 200], [300, 300], [320, 240], [360, 640], [390, 700], [480, 270], [480, 480], [600, 400], [640, 360], [700, 400], [700, 700],
  [800, 450], [819, 500], [820, 520], [900, 560], [1024, 768], [1280, 720], [1280, 800], [768, 1024], [1920, 1080],
];

const LEVELS = /** @type {const} */ ([
  ['lab', 'm=0.999&seed=1', '.stage'],
  ['plot', 'm=0.999&seed=1', '[data-plot="integrated"]'],
  ['figure', 'exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.01&relax=200&cap=20000&reps=2&seed=1', '.picture:first-child'],
]);

/** What goes first stands last; each stands for all that goes with it. */
const ORDER = {
  run: ['[data-part="word"]', '#play', '.value', '#m-slider', '.embed-foot', '.sigmas', '#reset', '#beta-slider', '.sentence', '.caption', '.took'],
  scan: ['#scan-run', '.embed-foot', '#scan-progress', '.scan-line', '#scan-cancel', '.scan-words', '.points'],
};

/** @param {Stand} stand */
function tests(stand) {
  /** @type {Awaited<ReturnType<typeof otherHost>>} */
  let other;
  before(async () => { other = await otherHost(); });
  after(() => other.close());

  for (const [level, query, picture] of LEVELS) {
    test(`${level}: fits every size`, async () => {
      const { page, errors } = await openHost(stand, other, hostPage(`<iframe src="${stand.url}?embed=${level}&amp;${query.replaceAll('&', '&amp;')}" sandbox="allow-scripts allow-same-origin" style="border:0"></iframe>`), { viewport: { width: 1920, height: 1100 } });
      const frame = await frameOf(page, `embed=${level}`);
      await poll(frame, 'what is shown', () => Boolean(globalThis.uphill?.figures?.scan ?? globalThis.uphill?.lab));
      // What is there to be read is there, as long as it gets.
      if (level !== 'figure') await poll(frame, 'a word', () => globalThis.uphill.lab.first.word);
      /** @type {string[]} */
      const wrong = [];
      for (const [width, height] of SIZES) {
        await page.$eval('iframe', (frame, size) => { Object.assign(frame.style, size); }, { width: `${width}px`, height: `${height}px` });
        await poll(frame, `${width} × ${height}`, (width, height) => innerWidth === width && innerHeight === height, { args: [width, height] });
        await settled(frame);
        const amiss = await misplaced(/** @type {any} */ (frame));
        const found = await frame.evaluate((picture, order) => {
          const area = [...document.querySelectorAll(picture)].reduce((sum, element) => {
            const { width, height } = element.getBoundingClientRect();
            return sum + width * height;
          }, 0);
          const isSeen = (/** @type {string} */ part) => [...document.querySelectorAll(part)].some((element) => element.getClientRects().length > 0);
          const scroller = document.scrollingElement ?? document.documentElement;
          const outside = [...document.querySelectorAll('main *, footer *')].filter((element) => element.checkVisibility() && !element.closest('.unseen'))
            .filter((element) => { const box = element.getBoundingClientRect(); return box.width > 1 && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1); })
            .map((element) => `${element.tagName}#${element.id}.${element.getAttribute('class')}`);
          return { share: area / (innerWidth * innerHeight), parts: order.map(isSeen), scrolls: scroller.scrollHeight > innerHeight + 1, outside };
        }, picture, ORDER[level === 'figure' ? 'scan' : 'run']);
        const at = `${width} × ${height}`;
        const isShown = (/** @type {string} */ part) => found.parts[ORDER[level === 'figure' ? 'scan' : 'run'].indexOf(part)];
        wrong.push(...amiss.map((words) => `${at}: ${words}`), ...found.outside.map((name) => `${at}: ${name} is cut`));
        if (found.share < 0.5) wrong.push(`${at}: the picture has ${found.share.toFixed(2)} of the frame`);
        if (found.scrolls) wrong.push(`${at}: it scrolls`);
        const last = found.parts.lastIndexOf(true);
        if (found.parts.slice(0, last).includes(false)) wrong.push(`${at}: out of order: ${found.parts.join()}`);
        // What a frame of this size has at least.
        const least = width * height >= 240_000 ? 7 : width * height >= 120_000 ? 4 : 2;
        for (const part of ORDER[level === 'figure' ? 'scan' : 'run'].slice(0, level === 'figure' ? 2 : least)) if (!isShown(part)) wrong.push(`${at}: ${part} is missing`);
        if (process.env.UPHILL_PICTURES) await screenshot(page, `frame-${level}-${width}x${height}`);
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(errors(), []);
    });
  }
}

/** Waits until a frame has laid itself out. @param {import('puppeteer-core').Frame} frame */
const settled = (frame) => frame.evaluate(async () => {
  for (let turn = 0; turn < 6; turn += 1) await new Promise(requestAnimationFrame);
});

inBothBrowsers('A frame of any size', tests, { shared: true });
