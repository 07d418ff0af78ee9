// A page with nothing but the engine on it, as `globalThis.engine`.

import { poll } from './browser.js';

const NAME = 'engine.html';

/** The page, for `serveSite`. */
export const ENGINE_PAGE = {
  [NAME]: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The engine alone</title>
<link rel="icon" href="data:,">
<script type="module">
  import init, * as engine from './engine/uphill.js';
  await init();
  globalThis.engine = engine;
</script>`,
};

/** The page's address within the site. */
export const ENGINE_ADDRESS = NAME;

/**
 * Waits until the engine of an open page has started.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {string[]} [errors]
 */
export async function engineStarted(page, errors = []) {
  await poll(page, 'the engine', () => 'engine' in globalThis, { within: 30_000, errors });
}
