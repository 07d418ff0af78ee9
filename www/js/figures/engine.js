// The whole engine, scans included: started here, and handed to the workers.

import init from '../../engine/uphill.js';
import { compile } from '../engine.js';

/** @type {WebAssembly.Module | undefined} */
let compiled;

/** The compiled engine, for the workers, which need not compile it again. */
export const engineModule = () => compiled;

/** Fetches and starts the whole engine. */
export async function startWholeEngine() {
  compiled = await compile('engine/uphill_bg.wasm');
  await init({ module_or_path: compiled });
}
