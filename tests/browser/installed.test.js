// The page on a home screen, and the card that others show of a link to it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { inChromium } from './browser.js';

/** A file of the site. @param {string} name */
const file = (name) => readFileSync(new URL(`../../dist/${name}`, import.meta.url));

/** Width and height of a PNG file. @param {string} name */
function sizeOf(name) {
  const bytes = file(name);
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG', name);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test('a link has a card: words, and a picture of the size that it names', () => {
  const page = file('index.html').toString();
  const meta = new Map([...page.matchAll(/<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]+)">/g)].map(([, name, content]) => [name, content]));
  assert.equal(meta.get('twitter:card'), 'summary_large_image');
  for (const name of ['og:type', 'og:title', 'og:description', 'og:image:alt']) assert.ok(meta.get(name), name);
  const picture = meta.get('og:image') ?? '';
  assert.deepEqual(sizeOf(picture.split('/').at(-1) ?? ''), [meta.get('og:image:width'), meta.get('og:image:height')].map(Number));
});

inChromium('On a home screen', (stand) => {
  test('the page can be installed', async () => {
    const { page, errors } = await stand.visit('?seed=1');
    const session = await page.createCDPSession();
    const { errors: wrong, data, url } = await session.send('Page.getAppManifest');
    assert.deepEqual(wrong, []);
    assert.equal(url, `${stand.url}manifest.webmanifest`);
    const { name, short_name: short, display, start_url: start, icons } = JSON.parse(data ?? '');
    assert.ok(name && short);
    assert.equal(display, 'standalone');
    assert.equal(new URL(start, url).href, stand.url);
    const pixels = icons.filter((/** @type {any} */ { type }) => type === 'image/png');
    assert.deepEqual(pixels.map((/** @type {any} */ { sizes }) => sizes), ['192x192', '512x512']);
    for (const { src, sizes } of pixels) assert.equal(sizeOf(src).join('x'), sizes);
    const touch = await page.$eval('link[rel="apple-touch-icon"]', (link) => link.getAttribute('href') ?? '');
    assert.deepEqual(sizeOf(touch), [180, 180]);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // The tests may have a private window, from which nothing is installed.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
    assert.deepEqual(errors, []);
  });
});
