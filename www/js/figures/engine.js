// The whole engine, scans included: started here, and handed to the workers.

import init from '../../engine/uphill.js';
import { compile } from '../engine.js';

/** @type {WebAssembly.Module | undefined} */
let compiled;

/** The compiled engine, for the workers, which need not compile it again. */
export const engineModule = () => compiled;

/** Fetches and starts the whole engine. */
export async function startWholeEngine() {
  compiled = await compile(new URL('../../engine/uphill_bg.wasm', import.meta.url));
  await init({ module_or_path: compiled });
}
