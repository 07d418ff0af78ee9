// Compiles the engines, and starts the lab's: the first view needs no more. What scans need
// besides is in the whole engine, which figures/engine.js fetches when it is asked for.

import init, { setWords } from '../../engine/lab.js';
import { loading } from '../words/page.js';
import { fetchAsset } from './assets.js';
import { engineLines } from './language.js';

/** Compiles an engine, also where the host sends its file under a wrong type. @param {string} file within the site */
export async function compile(file) {
  const response = await fetchAsset(file).catch(() => null);
  if (!response) throw new Error(loading.engineNotFetched);
  if (!response.ok) throw new Error(loading.engineRefused(response.status));
  const typed = (response.headers.get('Content-Type') ?? '').startsWith('application/wasm');
  return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Starts the lab's engine. */
export async function startEngine() {
  if (typeof WebAssembly !== 'object') {
    throw new Error(loading.noWebAssembly);
  }
  await init({ module_or_path: await compile('engine/lab_bg.wasm') });
  if (engineLines()) setWords(engineLines());
}
