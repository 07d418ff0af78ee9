// What of a frame's controls has room beside or below its picture: what has none goes, the last first.

import { find } from '../ground/elements.js';

/** What stands beside the picture, from what goes last to what goes first, by level. */
const ORDER = {
  run: ['[data-part="word"], .reveal', '#play', '.value', '.bar :is(label, input)', '.embed-foot', '.sigmas', '.result > progress', '[data-plot="integrated"]', '[data-plot="profile"]', '.transport', '.controls .row:has(#beta-field)', '.sentence', '.caption', '.took', '.presets'],
  scan: ['#scan-run', '.embed-foot', '#scan-progress', '.scan-line', '.scan-buttons > :not(#scan-run)', '.scan-words', '.points'],
};

/** Whether something within an element, or its line, has no room. @param {HTMLElement} side */
function overflows(side) {
  const { right, bottom } = side.getBoundingClientRect();
  if (side.scrollHeight > side.clientHeight + 1 || side.scrollWidth > side.clientWidth + 1) return true;
  return [...side.querySelectorAll('*')].some((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (box.right > right + 1 || box.bottom > bottom + 1);
  });
}

/** Heights with which all has room, by the width of the frame alone, so that a host that gives it what it asks for is not asked again. @param {import('../address/embed.js').Level} level @param {number} width in CSS pixels */
export function heightWanted(level, width) {
  // The size of type of the styles, but for what it is in low frames.
  const ems = width <= 380 ? 14 : width < 820 ? 16 : Math.min(22, Math.max(15, 12.5 + 0.0022 * width));
  const rest = { lab: 21, plot: 17, figure: 17 }[level] * ems;
  // The picture, and the rest below it or, where the frame is wide, beside it.
  const below = { lab: width, plot: Math.max(rest, 0.5 * width), figure: Math.max(rest, 0.6 * width) }[level] + rest;
  // The wider it is, the fewer lines stand beside the picture.
  return Math.round(level === 'lab' && width >= 640 ? Math.max(0.56 * width, 43 * ems - 0.4 * (width - 640)) : below);
}

/** Keeps what is beside the picture within its room. @param {import('../address/embed.js').Level} level */
export function keepRoom(level) {
  const scan = level === 'figure';
  const side = find(scan ? '.scan-side' : '.first', HTMLElement);
  /** @type {string[]} */
  let order = [];
  const parts = (/** @type {string} */ part) => document.querySelectorAll(part);
  let left = 0;
  /** Hides the last, one after the other, until the rest has room. */
  const drop = () => {
    while (left > 1 && overflows(side)) {
      left -= 1;
      for (const element of parts(order[left])) element.setAttribute('data-gone', '');
    }
  };
  const fit = () => {
    order = ORDER[scan ? 'scan' : 'run'].filter((part) => level !== 'plot' || !part.includes('integrated'));
    // What the link asks for stays longer than what is there by itself.
    if (document.documentElement.dataset.show?.includes('presets')) order.splice(order.indexOf('.embed-foot'), 0, order.pop() ?? '');
    left = order.length;
    for (const element of document.querySelectorAll('[data-gone]')) element.removeAttribute('data-gone');
    drop();
  };
  let frame = 0;
  let size = '';
  const look = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      const { width, height } = side.getBoundingClientRect();
      const now = [innerWidth, innerHeight, getComputedStyle(document.documentElement).fontSize].join();
      // What comes back only where there is another room does not flicker.
      if (now !== size && width > 0 && height > 0) {
        size = now;
        fit();
      } else drop();
    });
  };
  const observer = new ResizeObserver(look);
  observer.observe(document.documentElement);
  observer.observe(side);
  for (const part of side.querySelectorAll('.result, .controls, .scan-run')) observer.observe(part);
  addEventListener('resize', look);
  const again = () => { size = ''; look(); };
  const end = () => {
    observer.disconnect();
    removeEventListener('resize', look);
    cancelAnimationFrame(frame);
    for (const element of document.querySelectorAll('[data-gone]')) element.removeAttribute('data-gone');
  };
  return { look, again, end };
}
