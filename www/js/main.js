// The first module: it needs little, so it can say so when the rest does not come.

import { fail, hasFailed, listenForFailures } from './failure.js';

async function start() {
  listenForFailures();
  try {
    const { startPage } = await import('./page.js');
    await startPage();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (!hasFailed()) fail('The engine did not start', 'Part of the page could not be fetched or started. If the connection was lost, start again when it is back.', why);
  }
}

start();
