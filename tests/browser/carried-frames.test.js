// The single file where it has no address: in srcdoc, from memory, and in data:.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { inBothBrowsers, poll } from './browser.js';
import { hostPage, openHost, otherHost } from './frames.js';

/** @typedef {import('./browser.js').Stand} Stand */

const FILE = new URL('../../dist/uphill.html', import.meta.url);
const RUN = /<meta name="uphill-run" content="[^"]*">/;
/** Characters of the longest thing that is said. */
const LONGEST = 1000;

/** @param {Stand} stand */
function tests(stand) {
  /** @type {Awaited<ReturnType<typeof otherHost>>} */
  let other;
  /** @type {string} */
  let text;
  before(async () => {
    other = await otherHost();
    text = await readFile(FILE, 'utf8');
  });
  after(() => other.close());

  for (const way of /** @type {const} */ (['srcdoc', 'blob:', 'data:'])) {
    for (const [level, setting] of [['lab', 'embed=lab&amp;theme=dark&amp;hide=number&amp;L=8&amp;m=0.9&amp;seed=3#compare=0.5'], ['whole', 'L=8&amp;m=0.9&amp;seed=3']]) {
      test(`${way}: ${level}, by the setting in the file`, async () => {
        other.pages['file.html'] = text.replace(RUN, `<meta name="uphill-run" content="${setting}">`);
        const { page, errors } = await openHost(stand, other, hostPage(`<script>
fetch('file.html').then((answer) => answer.text()).then((text) => {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  Object.assign(frame, { width: 640, height: 420 });
  if ('${way}' === 'srcdoc') frame.srcdoc = text;
  else if ('${way}' === 'blob:') frame.src = URL.createObjectURL(new Blob([text], { type: 'text/html' }));
  else frame.src = 'data:text/html;charset=utf-8,' + encodeURIComponent(text);
  document.body.append(frame);
});</script>`));
        await poll(page, 'the frame', () => frames.length === 1);
        const frame = page.frames()[1];
        await poll(frame, 'the run', () => globalThis.uphill?.lab?.playing);
        assert.match(await frame.evaluate(() => globalThis.uphill.lab.simulator.link()), /L=8&.*m=0\.9&seed=3$/);
        const parts = await frame.evaluate(() => ['#copy-link', '#share', '#embed', '#to-full', '#save-page', '.value'].filter((part) => document.querySelector(part)?.checkVisibility()));
        if (level === 'lab') {
          await poll(frame, 'the level', () => document.documentElement.dataset.embed === 'lab' && document.documentElement.dataset.theme === 'dark' && document.documentElement.dataset.hide === 'number');
          assert.deepEqual(parts.filter((part) => part !== '.value'), []);
          assert.equal(await frame.evaluate(() => globalThis.uphill.lab.second?.params().mRight), 0.5);
          await poll(page, 'it to be ready', () => /** @type {any} */ (globalThis).heard.some((/** @type {any} */ { event }) => event === 'ready'));
          await page.evaluate(() => frames[0].postMessage({ uphill: 1, id: 1, type: 'set', link: 'L=12&m=0.5&seed=4' }, '*'));
          await poll(page, 'an answer', () => /** @type {any} */ (globalThis).heard.some((/** @type {any} */ { id, ok }) => id === 1 && ok));
          assert.match(await frame.evaluate(() => globalThis.uphill.lab.simulator.link()), /L=12/);
        } else {
          assert.deepEqual(parts, ['#share', '#save-page', '.value']);
          // Of what is passed on the link is missing, and it says so.
          await frame.click('#share');
          await poll(frame, 'the sheet and its picture', () => document.querySelectorAll('#share-dialog .share-picture button').length >= 2);
          const said = await frame.$$eval('#share-dialog :is(p, textarea)', (all) => all.map((element) => /** @type {HTMLTextAreaElement} */ (element).value ?? element.textContent));
          assert.ok(said.some((text) => /has no address of its own/.test(text)), said.join('\n'));
          assert.deepEqual(said.filter((text) => /data:|blob:|about:|url /.test(text)), []);
          assert.equal(await frame.$$eval('#share-dialog svg', (all) => all.length), 0);
        }
        const longest = await frame.evaluate(() => Math.max(...[...document.querySelectorAll('#notices, #failure, a, [title]')].map((element) => Math.max((element.textContent ?? '').length, element.getAttribute('href')?.length ?? 0))));
        assert.ok(longest < LONGEST, `${longest} characters`);
        assert.deepEqual(errors(), []);
      });
    }
  }
}

inBothBrowsers('The single file without an address', tests);
