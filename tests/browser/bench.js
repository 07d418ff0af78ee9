// `./build.sh bench`: how fast the engine is, natively and in both browsers. It judges nothing; it
// prints what it measured, for the machine that it ran on, and writes it as JSON into the file
// that it is given.
//
// With `--quick`, as the tests call it: a few kernels in the browsers alone, WebKit among them where
// it is tested, for a few rounds, left as a record for the validation page. Natively it takes a
// build of its own, of minutes.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { argv } from 'node:process';

import { inBrowser, native } from './bench-hosts.js';
import { ratios, runKernels, speedOfNative } from './bench-kernels.js';
import { lab } from './bench-lab.js';
import { figureOfMerit } from './bench-merit.js';
import { table } from './bench-table.js';
import { ENGINE_PAGES } from './engine-page.js';
import { leave } from './record.js';
import { serveSite } from './server.js';
import { hasWebKit } from './webkit.js';

/** @typedef {import('./bench-kernels.js').Kernel} Kernel */
/** @typedef {import('./bench-merit.js').Merit} Merit */

const ROUNDS = 7;

const MACHINE = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores`;

/** @type {{kernels: Kernel[], merit: Merit[]}} */
const LIST = JSON.parse(
  readFileSync(new URL('../../benches/kernels/kernels.json', import.meta.url), 'utf8'),
);

const USUAL = 'm=0.9995&seed=1';

/**
 * What is compared: the first kernel over the second.
 *
 * @type {{what: string, of: keyof import('./bench-kernels.js').Figures, above: string, below: string}[]}
 */
const COMPARED = [
  {
    what: 'kinetic/Metropolis, simulated time per second',
    of: 'timePerSecond',
    above: USUAL,
    below: 'm=0.9995&dyn=metropolis&seed=1',
  },
  {
    what: 'L = 512/L = 40, time per event, equal density of events',
    of: 'nsPerEvent',
    above: 'L=512&m=0.9983&seed=1',
    below: USUAL,
  },
  {
    what: 'L = 512/L = 40, time per event, equal reservoirs',
    of: 'nsPerEvent',
    above: 'L=512&m=0.9995&seed=1',
    below: USUAL,
  },
];

/** @param {string} url the site's address */
async function engine(url) {
  const load = loadavg()[0];
  const program = native();
  const open = [program.close];
  try {
    /** @type {import('./bench-hosts.js').Host[]} */
    const hosts = [program];
    for (const kind of /** @type {const} */ (['Chromium', 'Firefox'])) {
      const host = await inBrowser(kind, url);
      open.push(host.close);
      hosts.push(host);
    }
    const kernels = await runKernels(LIST.kernels, hosts, ROUNDS);
    const merit = [];
    for (const each of LIST.merit) merit.push(await figureOfMerit(each, program));
    return {
      engine: hosts[1].engine,
      made: Math.floor(Date.now() / 1000),
      machine: MACHINE,
      browsers: hosts.slice(1).map(({ name, version }) => `${name} ${version}`),
      load,
      rounds: ROUNDS,
      kernels,
      speedOfNative: speedOfNative(kernels),
      ratios: COMPARED.map(({ what, of, above, below }) => ({
        what,
        above,
        below,
        hosts: ratios(kernels, above, below, of),
      })),
      merit,
    };
  } finally {
    for (const close of open.reverse()) await close();
  }
}

/** Of the kernels, for a quick look. */
const QUICK = [
  'm=1&seed=1',
  'm=0.9995&seed=1',
  'm=0.998&seed=1',
  'L=100&m=0.9987&seed=1',
  'm=0.9995&dyn=metropolis&seed=1',
];
const QUICK_ROUNDS = 3;

/** @param {string} url the site's address */
async function quick(url) {
  const load = loadavg()[0];
  /** @type {import('./bench-hosts.js').Host[]} */
  const hosts = [];
  try {
    for (const kind of /** @type {import('./browser.js').Kind[]} */ (['Chromium', 'Firefox', ...(hasWebKit ? ['WebKit'] : [])])) {
      hosts.push(await inBrowser(kind, url));
    }
    const kernels = LIST.kernels.filter(({ link }) => QUICK.includes(link));
    return {
      engine: hosts[0].engine,
      machine: MACHINE,
      browsers: hosts.map(({ name, version }) => `${name} ${version}`),
      load,
      rounds: QUICK_ROUNDS,
      kernels: await runKernels(kernels, hosts, QUICK_ROUNDS),
    };
  } finally {
    for (const { close } of hosts) await close();
  }
}

/** @typedef {Awaited<ReturnType<typeof engine>> & {lab: Awaited<ReturnType<typeof lab>>}} Result */

const host = await serveSite({ pages: ENGINE_PAGES });
try {
  const [, , file] = argv;
  if (file === '--quick') {
    const { engine, ...found } = await quick(host.url);
    leave('bench', engine, found);
  } else {
    /** @type {Result} */
    const result = { ...(await engine(host.url)), lab: await lab(host.url) };
    console.log(table(result));
    if (file) {
      writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
      console.log(`\nAs JSON: ${file}`);
    }
  }
} finally {
  await host.close();
}
