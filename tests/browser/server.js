// A static host for the tests: it serves the built site from a subfolder, as somebody's web space
// would, and can be as wrong about the type of wasm as some of those are.

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that `./build.sh` makes. */
const SITE = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Not the root: an address that begins with a slash would leave the site. */
const UNDER = '/some/folder/';

/** The script that runs in pages before their own, where something is prepared. */
const PREPARED = 'prepared.js';

/** An empty page, for a frame to be put into. */
export const AROUND = 'around.html';

const EMPTY = '<!doctype html><html lang="en"><title>around</title><link rel="icon" href="data:,"><style>body { margin: 0 } iframe { border: 0; display: block }</style><body>';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/**
 * @typedef {object} Host
 * @property {string} url the site's address, with its final slash
 * @property {string} prepared what runs in its pages before their own scripts
 * @property {() => Promise<void>} close
 */

/**
 * Serves `dist/` on loopback.
 *
 * @param {object} [options]
 * @param {string} [options.wasmType] the type that wasm files are given; a right one by default
 * @param {boolean} [options.shared] whether pages of other hosts may read what it sends, as most static hosts allow
 * @param {Record<string, string>} [options.pages] pages that the site does not have, by name
 * @param {string} [options.folder] another folder than `dist/`
 * @param {(name: string, body: Buffer | string) => unknown} [options.served] hears what is to be
 *   sent, by its name within the site, and is waited for; what it throws for is not found
 * @returns {Promise<Host>}
 */
export async function serveSite({ wasmType = TYPES['.wasm'], shared = false, pages = {}, folder = SITE, served } = {}) {
  /** @type {Host} */
  const host = { url: '', prepared: '', close: async () => {} };
  /** @param {string} path */
  const find = async (path) => {
    const name = path.slice(UNDER.length) || 'index.html';
    if (name === PREPARED && host.prepared !== '') return { type: TYPES['.js'], body: host.prepared };
    if (name === AROUND) return { type: TYPES['.html'], body: EMPTY };
    if (name in pages) return { type: TYPES['.html'], body: pages[name] };
    const file = normalize(join(folder, name));
    if (!file.startsWith(normalize(folder + sep)) || !(await stat(file)).isFile()) {
      throw new Error(`${path} is not in the site`);
    }
    const extension = extname(file);
    const usual = TYPES[extension] ?? 'application/octet-stream';
    return { type: extension === '.wasm' ? wasmType : usual, body: await readFile(file) };
  };

  const server = createServer(async (request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0]);
    try {
      if (!path.startsWith(UNDER)) throw new Error(`${path} is outside the site`);
      const { type, body } = await find(path);
      const sent = host.prepared !== '' && type === TYPES['.html'] ? withScript(String(body)) : body;
      await served?.(path.slice(UNDER.length) || 'index.html', body);
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store', ...(shared && { 'Access-Control-Allow-Origin': '*' }) }).end(sent);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  host.url = `http://127.0.0.1:${address.port}${UNDER}`;
  host.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return host;
}

/** A page with the prepared script before all others. @param {string} page */
const withScript = (page) => page.replace(/(<head>|<meta charset="[^"]*">)/, `$1<script src="${PREPARED}"></script>`);
