// The page: the engine, and the view that the address asks for.

import { engineVersion } from '../engine/lab.js';
import { element, say } from './elements.js';
import { startEngine } from './engine.js';
import { fail, guarded, hasFailed } from './failure.js';
import { startHelp } from './help.js';
import { startSharing } from './link.js';
import { startTheme } from './theme.js';
import { startViews } from './views.js';

/** Starts the engine, and shows what the address asks for. */
export async function startPage() {
  startTheme();
  try {
    await startEngine();
  } catch (error) {
    fail('The engine did not start', error instanceof Error ? error.message : String(error));
  }
  if (hasFailed()) return;
  guarded(() => {
    say(element('engine-version'), engineVersion());
    say(element('cited-version'), engineVersion());
    startSharing();
    startHelp();
    startViews();
  });
}
