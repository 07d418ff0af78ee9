// Where the texts, controls and pictures of a page stand: what lies over another, sticks
// out, is cut, or is torn.

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * What is amiss with the boxes that can be seen within an element, each in words.
 *
 * @param {Page} page
 * @param {string} [within]
 */
export function misplaced(page, within = 'body') {
  return page.evaluate((within) => {
    const CONTROLS = 'button, select, input:not([type=file]), summary, textarea, [role="slider"]';
    /** What layers are compared by: what stays while the page scrolls under it lies over it on purpose. @param {Element} element @returns {Element | null} */
    const layerOf = (element) => {
      const known = layers.get(element);
      if (known !== undefined) return known;
      const { position } = getComputedStyle(element);
      const layer = position === 'fixed' || position === 'sticky' ? element : element.parentElement && layerOf(element.parentElement);
      layers.set(element, layer);
      return layer;
    };
    /** @type {Map<Element, Element | null>} */
    const layers = new Map();
    /** @type {string[]} */
    const wrong = [];
    /** @typedef {{name: string, element: Element, text: boolean, layer: Element | null, left: number, right: number, top: number, bottom: number}} Box */
    /** @type {Box[]} */
    const boxes = [];
    /** Adds a box as far as it is seen: what scrolls shows the rest, and what cuts is named. @param {Element} element @param {string} name @param {{left: number, right: number, top: number, bottom: number}} place @param {boolean} text */
    const add = (element, name, { left, right, top, bottom }, text) => {
      if (right - left < 1 || bottom - top < 1) return;
      for (let at = text ? element : element.parentElement; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY, display } = getComputedStyle(at);
        if (display.startsWith('inline') && display !== 'inline-block' || overflowX === 'visible') continue;
        const box = at.getBoundingClientRect();
        // Screen readers alone.
        if (box.width <= 1 || box.height <= 1) return;
        const cut = { x: left < box.left - 1 || right > box.right + 1, y: top < box.top - 1 || bottom > box.bottom + 1 };
        if (cut.x && !/auto|scroll/.test(overflowX) || cut.y && !/auto|scroll/.test(overflowY)) wrong.push(`${name} is cut by ${at.tagName}#${at.id}.${at.className}`);
        [left, right, top, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
        if (right - left < 1 || bottom - top < 1) return;
      }
      if (left < -1 || right > document.documentElement.clientWidth + 1) wrong.push(`${name} sticks out`);
      boxes.push({ name, element, text, layer: layerOf(element), left, right, top, bottom });
    };
    // What is off the screen may have the places of an earlier width until it is scrolled to.
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('body *'))) {
      if (getComputedStyle(element).contentVisibility === 'auto') element.style.contentVisibility = 'visible';
    }
    const isSeen = (/** @type {Element} */ element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    for (const root of document.querySelectorAll(within)) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node instanceof Element ? node : node.parentElement;
        // What leads past the head is seen when it has the focus.
        if (!element || !isSeen(element) || element.id === 'skip') continue;
        if (node instanceof Element) {
          const name = `${node.tagName}#${node.id} "${node.textContent?.trim().slice(0, 30)}"`;
          if (node.matches(CONTROLS)) {
            add(node, name, node.getBoundingClientRect(), false);
            if (node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1 && !node.matches('input[type=range]')) wrong.push(`${name} has more than it shows`);
          } else if (node.localName === 'canvas' || node.localName === 'math') add(node, name, node.getBoundingClientRect(), node.localName === 'math');
          continue;
        }
        const words = node.textContent?.trim() ?? '';
        if (words === '' || element.closest('math, select, option, textarea')) continue;
        const range = document.createRange();
        if (/^[,.;:!?)]/.test(node.textContent ?? '') && node.previousSibling instanceof Element && node.previousSibling.localName === 'math') {
          range.setStart(node, 0);
          range.setEnd(node, 1);
          if (range.getBoundingClientRect().top >= node.previousSibling.getBoundingClientRect().bottom - 1) wrong.push(`"${words.slice(0, 30)}" begins a line without its formula "${node.previousSibling.textContent}"`);
        }
        range.selectNodeContents(node);
        for (const { left, right, top, bottom } of range.getClientRects()) {
          // The letters: lines stand nearer than their boxes.
          const air = (bottom - top) / 4;
          add(element, `"${words.slice(0, 30)}"`, { left, right, top: top + air, bottom: bottom - air }, true);
        }
      }
    }
    // From the top down: what begins below a box, and all after it, is not over it.
    boxes.sort((a, b) => a.top - b.top);
    for (const [at, one] of boxes.entries()) {
      for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom - 1; next += 1) {
        const other = boxes[next];
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - other.top;
        if (wide <= 1 || high <= 1 || one.layer !== other.layer) continue;
        // What is said within a control, and a formula within its text.
        if (one.element !== other.element && (one.element.contains(other.element) || other.element.contains(one.element)) && !(one.text && other.text)) continue;
        if (one.element === other.element && !(one.text && other.text)) continue;
        // A picture is read by what lies over it.
        if ((one.element.localName === 'canvas' && !other.text) || (other.element.localName === 'canvas' && !one.text)) continue;
        wrong.push(`${one.name} and ${other.name} overlap by ${wide.toFixed(0)} × ${high.toFixed(0)}`);
      }
    }
    return [...new Set(wrong)];
  }, within);
}
