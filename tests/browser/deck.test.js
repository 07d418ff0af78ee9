// Frames in decks of reveal.js, of its two newest major versions: what is on a slide that is not
// shown stands still, and the keys that a frame does not use turn the slides.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { inAllBrowsers, poll } from './browser.js';
import { frameOf, goesOn, openHost, otherHost, plays, stands } from './frames.js';

/** @typedef {import('./browser.js').Stand} Stand */

/** The listener for decks that docs/embed.md gives. */
const LISTENER = /```js\n(\/\/ For a deck of reveal\.js[\s\S]*?)```/.exec(readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8'))?.[1] ?? '';

/** A file of reveal.js, as it may stand within a page. @param {string} name */
const file = (name) => readFileSync(new URL(`node_modules/${name}`, import.meta.url), 'utf8').replaceAll('</script', '<\\/script');

/** @param {Stand} stand */
function tests(stand) {
  /** @type {Awaited<ReturnType<typeof otherHost>>} */
  let other;
  before(async () => { other = await otherHost(); });
  after(() => other.close());

  for (const version of ['reveal.js', 'reveal.js-5']) {
    for (const transition of ['slide', 'none']) {
      test(`stands still on a slide that is not shown: ${version}, transition ${transition}`, async () => {
        const frame = (/** @type {number} */ seed) => `<iframe width="600" height="400" sandbox="allow-scripts allow-same-origin" src="${stand.url}?embed=lab&amp;autoplay=slide&amp;seed=${seed}"></iframe>`;
        const { page, errors } = await openHost(stand, other, `<!doctype html><meta charset="utf-8"><title>deck</title><link rel="icon" href="data:,">
<style>${file(`${version}/dist/reveal.css`)}</style>
<div class="reveal"><div class="slides"><section>${frame(1)}</section><section>${frame(2)}</section><section>the end</section></div></div>
<script>${file(`${version}/dist/reveal.js`)}</script>
<script>${LISTENER}
Reveal.initialize({ transition: '${transition}', hash: false });</script>`);
        const [first, second] = [await frameOf(page, 'seed=1'), await frameOf(page, 'seed=2')];
        await plays(first);
        assert.equal(await stands(second), 0);
        await goesOn(first);
        assert.equal(await stands(second), 0);
        const slide = () => page.evaluate(() => /** @type {any} */ (globalThis).Reveal.getIndices().h);
        const turned = (/** @type {number} */ to) => poll(page, `slide ${to}`, (to) => /** @type {any} */ (globalThis).Reveal.getIndices().h === to, { args: [to] });
        // A person clicks within the frame, which then has the keys.
        await first.click('.stage');
        await page.keyboard.press('PageDown');
        await turned(1);
        await plays(second);
        const left = await stands(first);
        await goesOn(second);
        assert.equal(await stands(first), left);
        // A slider keeps its arrows; elsewhere they turn the slide. WebKit's driver takes the focus out of a frame that it asks.
        if (stand.kind !== 'WebKit') {
          await second.click('.stage');
          await second.focus('#m-slider');
          const before = await second.$eval('#m-slider', (slider) => /** @type {HTMLInputElement} */ (slider).value);
          await page.keyboard.press('ArrowLeft');
          await poll(second, 'another m₊', (before) => /** @type {HTMLInputElement} */ (document.getElementById('m-slider')).value !== before, { args: [before] });
          assert.equal(await slide(), 1);
        }
        await second.click('.stage');
        await page.keyboard.press('ArrowLeft');
        await turned(0);
        await plays(first);
        assert.ok(await first.evaluate(() => globalThis.uphill.lab.simulator.events) >= left);
        await stands(second);
        assert.deepEqual(errors(), []);
      });
    }
  }
}

inAllBrowsers('A frame in a deck', tests, { shared: true });
