// The whole engine, scans included: started here, and handed to the workers.

import init, { setWords } from '../../engine/uphill.js';
import { compile } from '../ground/engine.js';
import { engineLines } from '../ground/language.js';

/** @type {WebAssembly.Module | undefined} */
let compiled;

/** The compiled engine, for the workers, which need not compile it again. */
export const engineModule = () => compiled;

/** @type {Promise<void> | undefined} */
let started;

async function start() {
  compiled = await compile('engine/uphill_bg.wasm');
  await init({ module_or_path: compiled });
  if (engineLines()) setWords(engineLines());
}

/** Fetches and starts the whole engine, once; what has failed is tried again. */
export function startWholeEngine() {
  started ??= start().catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
}
