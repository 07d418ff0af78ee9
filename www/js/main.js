// The first module: it needs little, so it can say so when the rest does not come.

import './ground/deck.js';
import { fail, hasFailed, listenForFailures, reasonOf } from './ground/failure.js';
import { speak } from './ground/language.js';
import { loading } from './words/page.js';

/** How long a frame is waited for, in ms; a page in the background gets none. */
const PATIENCE_MS = 200;

/** Resolves when the page as index.html has it is on its way to the screen. */
const firstFrame = () => new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, PATIENCE_MS);
});

async function start() {
  listenForFailures();
  await firstFrame();
  // Asked for before, they would delay the first paint.
  const parts = document.getElementById('lab-parts');
  if (parts instanceof HTMLTemplateElement) document.head.append(parts.content);
  // Whoever takes a text takes it in the language that is asked for. What does not come is told later.
  await speak(new URLSearchParams(location.search).get('lang') ?? '').catch(() => {});
  try {
    const { startPage } = await import('./shell/page.js');
    await startPage();
  } catch (error) {
    if (!hasFailed()) fail(loading.engine, loading.part, reasonOf(error));
  }
}

start();
