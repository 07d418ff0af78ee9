// Runs a link in the engine of the site whose folder is given, and writes its picture as SVG.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [site, link, until] = process.argv.slice(2);
const engine = join(site, 'engine', 'uphill');
const { initSync, readLink, Simulator, snapshotSvg } = await import(pathToFileURL(`${engine}.js`).href);
initSync({ module: readFileSync(`${engine}_bg.wasm`) });
const { params, notices } = readLink(link);
if (notices.length > 0) throw new Error(notices.join('\n'));
const simulator = new Simulator(params);
while (simulator.advance(1e6, Number(until)) === 'budget');
process.stdout.write(snapshotSvg(simulator.save(), simulator.link(), new Uint8Array()));
