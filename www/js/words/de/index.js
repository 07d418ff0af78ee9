// German: the texts of words/ and of index.html, and what the engine says.

import * as drop from './drop.js';
import * as embed from './embed.js';
import * as figures from './figures.js';
import * as help from './help.js';
import * as page from './page.js';
import * as record from './record.js';
import * as settings from './settings.js';
import * as share from './share.js';
import * as tour from './tour.js';

export const words = { drop, embed, figures, help, page, record, settings, share, tour };
export { engine } from './engine.js';
export { html } from './html.js';
