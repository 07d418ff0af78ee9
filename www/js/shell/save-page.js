// Saves the whole page as one file, which opens with what is shown here.

import { queryOf } from '../../engine/lab.js';
import { fetchSingleFile } from '../ground/assets.js';
import { escaped } from '../ground/markup.js';
import { save } from '../ground/save.js';
import { sharing } from '../words/page.js';

/** The place in the file that says what it opens with. */
const RUN = /<meta name="uphill-run" content="[^"]*">/;

/** The name of what is saved, as the engine has it for all files. @param {string} query */
export async function nameOf(query) {
  const [{ startWholeEngine }, { fileStem }] = await Promise.all([import('../figures/engine.js'), import('../../engine/uphill.js')]);
  await startWholeEngine();
  return fileStem(query);
}

/** @param {HTMLButtonElement} from @param {string} address of what is shown */
export async function savePageAs(from, address) {
  from.disabled = true;
  try {
    const page = await fetchSingleFile();
    if (!RUN.test(page)) throw new Error(sharing.noPlace);
    const query = queryOf(new URL(address).search);
    const opens = `<meta name="uphill-run" content="${escaped(query)}">`;
    save(`${await nameOf(query)}.html`, new Blob([page.replace(RUN, () => opens)], { type: 'text/html' }));
  } finally {
    from.disabled = false;
  }
}
