// Saves the whole page as one file, which opens with what is shown here.

import { queryOf } from '../engine/lab.js';
import { escaped } from './markup.js';
import { fetchSingleFile } from './parts.js';
import { save } from './save.js';
import { sharing } from './words/page.js';

/** The place in the file that says what it opens with. */
const RUN = /<meta name="uphill-run" content="[^"]*">/;

/** @param {HTMLButtonElement} from @param {string} address of what is shown */
export async function savePageAs(from, address) {
  from.disabled = true;
  try {
    const page = await fetchSingleFile();
    if (!RUN.test(page)) throw new Error(sharing.noPlace);
    const opens = `<meta name="uphill-run" content="${escaped(queryOf(new URL(address).search))}">`;
    save('uphill.html', new Blob([page.replace(RUN, () => opens)], { type: 'text/html' }));
  } finally {
    from.disabled = false;
  }
}
