// Serves dist/ on loopback by esbuild's server: `./build.sh serve`.
//
// It gives each file its type, sends nothing by which a browser would keep an old site, and answers
// no other host's name.

import { pathToFileURL } from 'node:url';
import { context } from 'esbuild';

// How many ports are tried, from the wanted one on.
const PORTS_TRIED = 20;

/**
 * Serves a folder at the wanted port, or at the next that is free.
 *
 * @param {string} folder
 * @param {number} wanted
 * @returns {Promise<{port: number, end: () => Promise<void>}>}
 */
export async function serve(folder, wanted) {
  let refused;
  for (let port = wanted; port < wanted + PORTS_TRIED && port < 65_536; port += 1) {
    const server = await context({ logLevel: 'silent' });
    try {
      // As static hosts do: a frame in a sandbox is of no origin.
      const cors = { origin: '*' };
      const found = await server.serve({ servedir: folder, host: '127.0.0.1', port, cors });
      return { port: found.port, end: () => server.dispose() };
    } catch (error) {
      refused = error;
      await server.dispose();
    }
  }
  throw new Error(`No port of 127.0.0.1 from ${wanted} on can be opened: ${refused}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder = 'dist', wanted = '8080'] = process.argv.slice(2);
  try {
    const { port } = await serve(folder, Number(wanted));
    if (port !== Number(wanted)) console.log(`Port ${wanted} is taken.`);
    console.log(`Uphill is at http://127.0.0.1:${port}/ (Ctrl-C ends it)`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
