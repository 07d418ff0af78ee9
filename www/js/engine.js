// Fetches and starts the engine.

import init from '../engine/uphill.js';

const WASM = new URL('../engine/uphill_bg.wasm', import.meta.url);

/** @type {WebAssembly.Module | undefined} */
let compiled;

/** The compiled engine, for the workers, which need not compile it again. */
export const engineModule = () => compiled;

/** Starts the engine, also where the host sends its file under a wrong type. */
export async function startEngine() {
  if (typeof WebAssembly !== 'object') {
    throw new Error('This browser has no WebAssembly, which the engine needs. Any browser of the last three years has it; a lockdown mode may have switched it off.');
  }
  const response = await fetch(WASM).catch(() => null);
  if (!response) throw new Error('The engine could not be fetched. If the connection was lost, start again when it is back.');
  if (!response.ok) throw new Error(`The engine could not be fetched: the host answered ${response.status}.`);
  const typed = (response.headers.get('Content-Type') ?? '').startsWith('application/wasm');
  compiled = typed ? await WebAssembly.compileStreaming(response) : await WebAssembly.compile(await response.arrayBuffer());
  await init({ module_or_path: compiled });
}
