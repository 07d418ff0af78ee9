// The recipes of docs/embed.md as they are written there: each brings a frame that runs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { inBothBrowsers, poll } from './browser.js';
import { frameOf, openHost, otherHost, plays } from './frames.js';

/** @typedef {import('./browser.js').Stand} Stand */

const TEXT = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8');
const PLACE = 'https://HOST/uphill/';
const RECIPES = ['Plain HTML', 'reveal.js', 'Jupyter and MyST', 'Moodle and Canvas', 'Quarto'];

/** What stands under a heading. @param {string} heading */
function under(heading) {
  const [, behind] = TEXT.split(`\n## ${heading}\n`);
  assert.ok(behind, heading);
  return behind.split('\n## ')[0];
}

/** The blocks of code under a heading, in one of the languages. @param {string} heading @param {string} language */
const blocks = (heading, language) => [...under(heading).matchAll(new RegExp(`^(\`{3,})${language}\n([\\s\\S]*?)^\\1$`, 'gm'))].map(([, , code]) => code);

/** What the recipes put into a page. @type {[name: string, html: string][]} */
const FRAMES = [
  ...blocks('Plain HTML', 'html').map((html, number) => /** @type {[string, string]} */ ([`plain HTML, ${number + 1}`, html])),
  ['Jupyter', /HTML\('''([\s\S]*?)'''\)/.exec(blocks('Jupyter and MyST', 'python')[0])?.[1] ?? ''],
  ['MyST-Parser', /```\{raw\} html\n([\s\S]*?)```/.exec(under('Jupyter and MyST'))?.[1] ?? ''],
  ['Moodle and Canvas', blocks('Moodle and Canvas', 'html')[0]],
  ['Quarto', /```\{=html\}\n([\s\S]*?)```/.exec(under('Quarto'))?.[1] ?? ''],
];

test('there are five, and then paper', () => {
  const headings = [...TEXT.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  assert.deepEqual(headings.slice(0, 6), [...RECIPES, 'On paper']);
});

/** @param {Stand} stand */
function tests(stand) {
  /** @type {Awaited<ReturnType<typeof otherHost>>} */
  let other;
  before(async () => { other = await otherHost(); });
  after(() => other.close());

  for (const [name, html] of FRAMES) {
    test(`runs as written: ${name}`, async () => {
      assert.ok(html.includes(PLACE), html);
      const { page, errors } = await openHost(stand, other, `<!doctype html><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><body>${html.replaceAll(PLACE, stand.url)}`);
      const frame = await frameOf(page, 'seed=1');
      await plays(frame);
      assert.deepEqual(await frame.evaluate(() => [globalThis.uphill.lab.simulator.link(), document.getElementById('notices')?.textContent]), ['v=1&m=0.9991&seed=1', '']);
      const title = await page.evaluate(() => (document.querySelector('iframe') ?? document.querySelector('uphill-lab')?.shadowRoot?.querySelector('iframe'))?.title);
      assert.ok(title, 'a name for those who do not see it');
      assert.deepEqual(errors(), []);
    });
  }

  test('runs as written: the frame of a deck, which waits for its slide', async () => {
    const [slide] = blocks('reveal.js', 'html');
    const { page, errors } = await openHost(stand, other, `<!doctype html><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><body>${slide.replaceAll(PLACE, stand.url)}`);
    const frame = await frameOf(page, 'seed=1');
    await poll(frame, 'the lab', () => Boolean(globalThis.uphill?.lab));
    assert.equal(await frame.evaluate(() => globalThis.uphill.lab.simulator.events), 0);
    await page.evaluate(() => frames[0].postMessage('slide:start', '*'));
    await plays(frame);
    assert.deepEqual(errors(), []);
  });

  test('runs as written: the address that MyST puts into a frame', async () => {
    const address = /^:::\{iframe\} (\S+)$/m.exec(under('Jupyter and MyST'))?.[1].replace(PLACE, stand.url) ?? '';
    const { page, errors } = await openHost(stand, other, `<!doctype html><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,"><body><iframe width="100%" height="560"></iframe><script>document.querySelector('iframe').src = ${JSON.stringify(address)}</script>`);
    await plays(await frameOf(page, 'seed=1'));
    assert.deepEqual(errors(), []);
  });
}

inBothBrowsers('A recipe', tests, { shared: true });
