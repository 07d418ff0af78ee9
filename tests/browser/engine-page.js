// Pages with nothing but an engine on them, as `globalThis.engine`: the whole one or the lab's.

import { poll } from './browser.js';

/** @typedef {'uphill' | 'lab'} EngineName */

/** @param {EngineName} name */
const pageOf = (name) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The engine alone</title>
<link rel="icon" href="data:,">
<script type="module">
  import init, * as engine from './engine/${name}.js';
  await init();
  globalThis.engine = engine;
</script>`;

/** An engine's page within the site. @param {EngineName} [name] */
export const engineAddress = (name = 'uphill') => `${name}-alone.html`;

/** The pages, for `serveSite`. */
export const ENGINE_PAGES = {
  [engineAddress('uphill')]: pageOf('uphill'),
  [engineAddress('lab')]: pageOf('lab'),
};

/**
 * Waits until the engine of an open page has started.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {string[]} [errors]
 */
export async function engineStarted(page, errors = []) {
  await poll(page, 'the engine', () => 'engine' in globalThis, { errors });
}
