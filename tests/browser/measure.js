// How long the page takes to start, and the paper's figure in a tab: `./build.sh measure`. It judges nothing; it prints
// what it measured, for the machine that it ran on.

import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { launch, poll } from './browser.js';
import { serveSite } from './server.js';

/** Longest time a scan may take, in s. */
const PATIENCE = 900;
/** Time between two looks at the memory, in ms. */
const LOOK_MS = 2000;

/** What is measured: a name, the link, and whether it goes on from the one before. */
const SCANS = [
  { name: 'Fig. 2 at a first look, 26 points, ±10⁻⁶ or better', link: 'exp=current&err=1e-6&seed=1' },
  { name: 'Fig. 2 at the paper’s precision, 26 points, ±10⁻⁷', link: 'exp=current&err=1e-7&seed=1' },
  { name: 'the nine of them at which the step is stable, ±10⁻⁷', link: 'exp=current&ms=0.9992:1:0.0001&err=1e-7&seed=1' },
  { name: 'kinetic, m₊ = 0.9995, ±2·10⁻⁶', link: 'exp=current&ms=0.9995&err=2e-6&relax=16000&seed=1' },
  { name: 'Metropolis, m₊ = 0.9995, ±2·10⁻⁶', link: 'exp=current&ms=0.9995&err=2e-6&relax=16000&dyn=metropolis&seed=1' },
];

/** Loads whose median counts. */
const LOADS = 5;

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs before the page's own scripts: notes when the lattice has moved and is drawn. */
function watch() {
  const look = () => {
    // Frames come before the page's own: what this one sees has been drawn in the frame before.
    if ((globalThis.uphill?.lab?.simulator.events ?? 0) > 0) performance.mark('moving');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * The first paint and the first moving lattice, in ms after the navigation, each time in a browser
 * that has never seen the page.
 *
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} url
 */
async function start(browser, url) {
  const [paints, moves] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let load = 0; load < LOADS; load += 1) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 1280, height: 720 });
    await page.evaluateOnNewDocument(watch);
    await page.goto(url, { waitUntil: 'load' });
    const { paint, moving } = await poll(page, 'the lattice to move', () => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const [moving] = performance.getEntriesByName('moving');
      return paint && moving && { paint: paint.startTime, moving: moving.startTime };
    });
    paints.push(Math.round(paint));
    moves.push(Math.round(moving));
    await context.close();
  }
  console.log(`\nThe page: first paint after ${median(paints)} ms (of ${paints.join(', ')}), a moving lattice after ${median(moves)} ms (of ${moves.join(', ')})`);
}

/** Resident memory of a process in MB, where the system tells. @param {number} pid */
async function resident(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

const host = await serveSite();
const browser = await launch('Chromium');
console.log(`${await browser.version()}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
try {
  await start(browser, host.url);
  for (const { name, link } of SCANS) {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(() => indexedDB.deleteDatabase('uphill'));
    await page.goto(`${host.url}?${link}#run`, { waitUntil: 'load' });
    const began = performance.now();
    const session = await browser.target().createCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const tabs = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    const memory = [];
    /** When all but the last two replicas had ended. */
    let progress;
    let stable = NaN;
    do {
      await sleep(LOOK_MS / 4);
      progress = await page.evaluate(() => {
        const scan = globalThis.uphill?.figures?.scan;
        if (!scan) return null;
        const { done, tasks, complete, events, attempts } = scan.progress();
        return { done, tasks, complete, events, attempts };
      });
      if (progress && !(stable >= 0) && progress.done >= progress.tasks - 2) stable = performance.now() - began;
      memory.push((await Promise.all(tabs.map(resident))).reduce((sum, mb) => sum + mb, 0));
    } while (!progress?.complete && performance.now() - began < PATIENCE * 1000);
    const took = performance.now() - began;
    console.log(`\n${name}\n  ?${link}`);
    console.log(`  ${progress?.complete ? 'complete' : 'NOT complete'} after ${seconds(took)}; all but two of ${progress?.tasks} replicas after ${seconds(stable)}`);
    if (progress) console.log(`  ${progress.events.toExponential(2)} moves of ${progress.attempts.toExponential(2)} attempts, ${(progress.events / took / 1000).toFixed(2)} M moves/s`);
    const third = Math.ceil(memory.length / 3);
    const most = (/** @type {number[]} */ part) => (part.length > 0 ? Math.max(...part).toFixed(0) : '–');
    console.log(`  memory of the tab: at most ${most(memory.slice(0, third))}, ${most(memory.slice(third, 2 * third))}, ${most(memory.slice(2 * third))} MB in the three thirds of the time`);
    await page.close();
  }
} finally {
  await browser.close();
  await host.close();
}
