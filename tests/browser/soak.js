// A long run of the lab and, for as long, of a scan: memory stays flat, no worker is lost, and the
// two balances, of the pluses and of their moment, come out exactly at the end. Run by
// `./build.sh soak [--minutes N]`; prints a table, and exits with 1 if anything is not as it should.

import { setTimeout as sleep } from 'node:timers/promises';

import { launch, poll } from './browser.js';
import { serveSite } from './server.js';

/** How far memory may grow between the first and the last part of the time. */
const MOST_GROWTH = 0.1;
/** Looks that are taken. */
const LOOKS = 12;
/** Share of the time before the first look: caches fill up, and series reach their length. */
const WARM_UP = 0.2;

const [option, given] = process.argv.slice(2);
const minutes = Number(given ?? 60);
if ((option !== undefined && option !== '--minutes') || !(minutes > 0)) {
  console.error('soak takes --minutes N, a positive number');
  process.exit(2);
}

const LAB = '?m=0.999&seed=1';
/** It does not reach its error, so it runs for as long as it is let. */
const SCAN = 'exp=current&L=20&ms=0.999:1:0.0001&err=1e-12&cap=1e15&seed=1';

const host = await serveSite();
const browser = await launch('Chromium');
/** @type {string[]} */
const failures = [];
/** @type {{minute: number, heap: number, wasm: number, inWorkers: number, workers: number, moves: number, lab: number}[]} */
const looks = [];
const expect = (/** @type {boolean} */ holds, /** @type {string} */ words) => {
  if (!holds) failures.push(words);
};

try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => failures.push(`uncaught: ${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') failures.push(`console: ${message.text()}`);
  });
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.enable');
  await page.evaluateOnNewDocument(() => {
    /** Every memory of WebAssembly that the page makes. @type {WebAssembly.Memory[]} */
    const memories = [];
    Object.assign(globalThis, { soakMemories: memories });
    for (const name of /** @type {const} */ (['instantiate', 'instantiateStreaming'])) {
      const make = /** @type {(...given: any[]) => Promise<any>} */ (WebAssembly[name]).bind(WebAssembly);
      Object.assign(WebAssembly, {
        [name]: async (/** @type {any[]} */ ...given) => {
          const made = await make(...given);
          const { memory } = (made.instance ?? made).exports;
          if (memory) memories.push(memory);
          return made;
        },
      });
    }
  });
  await page.goto(host.url + LAB, { waitUntil: 'load' });
  await poll(page, 'the lab', () => Boolean(globalThis.uphill?.lab?.simulator), { within: 60_000 });
  // The scan is started from the figures, and goes on while the lab is looked at.
  await page.evaluate(() => document.getElementById('to-figures')?.click());
  await poll(page, 'the figures', () => Boolean(globalThis.uphill?.figures?.scan), { within: 60_000 });
  await page.evaluate((link) => globalThis.uphill.figures.open(link), SCAN);
  await page.evaluate(() => {
    globalThis.uphill.figures.run();
    document.getElementById('to-lab')?.click();
  });
  await poll(page, 'both to run', () => globalThis.uphill.lab.playing && globalThis.uphill.figures.state === 'running', { within: 60_000 });

  /** The workers that were there first: another one means that one was lost. */
  const workersOf = () => page.evaluate(() => {
    const hands = [...globalThis.uphill.figures.pool.handles];
    for (const { worker } of hands) Object.assign(worker, { soakSeen: true });
    return hands.length;
  });
  /** Heap of the workers, and their memory of WebAssembly, in bytes. */
  const workerMemory = async () => {
    const each = page.workers().map(async (worker) => {
      const { client } = worker;
      await client.send('HeapProfiler.enable');
      await client.send('HeapProfiler.collectGarbage');
      const { usedSize } = await client.send('Runtime.getHeapUsage');
      const wasm = await worker.evaluate(async () => {
        // Started long ago: this only asks for it.
        const engine = await import(new URL('../../engine/uphill.js', location.href).href);
        const { memory } = await engine.default();
        return memory.buffer.byteLength;
      });
      return usedSize + wasm;
    });
    return (await Promise.all(each)).reduce((sum, bytes) => sum + bytes, 0);
  };
  const began = Date.now();
  const end = began + minutes * 60_000;
  await sleep(WARM_UP * minutes * 60_000);
  const first = await workersOf();
  for (let look = 0; look < LOOKS; look += 1) {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const seen = await page.evaluate(() => ({
      wasm: /** @type {any} */ (globalThis).soakMemories.reduce((/** @type {number} */ sum, /** @type {WebAssembly.Memory} */ memory) => sum + memory.buffer.byteLength, 0),
      hands: [...globalThis.uphill.figures.pool.handles].map(({ worker }) => 'soakSeen' in worker),
      moves: Number(globalThis.uphill.figures.scan?.progress().events),
      lab: Number(globalThis.uphill.lab.simulator.events),
      notices: document.getElementById('notices')?.innerText ?? '',
      state: globalThis.uphill.figures.state,
    }));
    looks.push({ minute: (Date.now() - began) / 60_000, heap: usedSize / 1e6, wasm: seen.wasm / 1e6, inWorkers: await workerMemory() / 1e6, workers: seen.hands.length, moves: seen.moves, lab: seen.lab });
    expect(seen.hands.length === first && seen.hands.every(Boolean), `a worker was lost by minute ${looks.at(-1)?.minute.toFixed(1)}`);
    expect(seen.state === 'running', `the scan is ${seen.state}`);
    expect(seen.notices === '' || !/worker|failed|stopped/.test(seen.notices), `notices: ${seen.notices}`);
    const before = looks.at(-2);
    expect(!before || (seen.moves > before.moves && seen.lab > before.lab), 'the lab or the scan stood still');
    await sleep(Math.max(0, (end - Date.now()) / (LOOKS - look)));
  }
  const total = (/** @type {typeof looks} */ part) => Math.max(...part.map(({ heap, wasm, inWorkers }) => heap + wasm + inWorkers));
  const third = Math.ceil(looks.length / 3);
  const growth = total(looks.slice(-third)) / total(looks.slice(0, third)) - 1;
  expect(growth <= MOST_GROWTH, `memory grew by ${(100 * growth).toFixed(1)} %`);

  await page.evaluate(() => globalThis.uphill.lab.pause());
  const balances = await page.evaluate(balancesOf);
  for (const words of balances) failures.push(words);

  console.log(`Chromium, ${minutes} min, lab ${LAB}, scan ?${SCAN}\n`);
  console.log('minute   JS heap/MB   wasm/MB   in workers/MB   workers   moves of the scan   moves of the lab');
  for (const { minute, heap, wasm, inWorkers, workers, moves, lab } of looks) {
    console.log(`${minute.toFixed(1).padStart(6)}${heap.toFixed(1).padStart(13)}${wasm.toFixed(1).padStart(10)}${inWorkers.toFixed(1).padStart(16)}${String(workers).padStart(10)}${moves.toExponential(3).padStart(20)}${lab.toExponential(3).padStart(19)}`);
  }
  console.log(`\nmemory, last third against first: ${(100 * growth).toFixed(1)} % (allowed ${100 * MOST_GROWTH} %)`);
  console.log(`balances of the pluses and of their moment: ${balances.length === 0 ? 'exact' : balances.join('; ')}`);
} finally {
  await browser.close();
  await host.close();
}
for (const words of new Set(failures)) console.error(`FAILED: ${words}`);
process.exitCode = failures.length > 0 ? 1 : 0;

/**
 * Runs in the page: what is wrong with the two balances of the lab's run, in words. Pluses come
 * and go through the ends only, ΔN₊ = I_L − I_R; one that moves a column to the right adds one to
 * the moment, Δ(Σ xη) = Q + I_L − Lx·I_R. The run began with the step and was never measured afresh.
 */
function balancesOf() {
  const { simulator } = globalThis.uphill.lab;
  const { lx, ly } = simulator.params();
  const { since, span, left, right, count } = simulator.observables();
  if (since !== 0 || left === null || right === null || count.mean === null) return ['the crossings since t = 0 are not known'];
  const crossings = [left * ly * span, right * ly * span, count.mean * (lx - 1) * ly * span];
  const [inLeft, outRight, within] = crossings.map(Math.round);
  if (crossings.some((crossing) => Math.abs(crossing - Math.round(crossing)) > 0.01)) return [`crossings are no whole numbers: ${crossings}`];
  let [pluses, moment] = [0, 0];
  simulator.spins().forEach((code, site) => {
    const before = Math.floor(site / ly) >= lx / 2 ? 1 : 0;
    const change = (code & 1) - before;
    pluses += change;
    moment += change * (Math.floor(site / ly) + 1);
  });
  return [
    pluses === inLeft - outRight ? '' : `ΔN₊ = ${pluses}, but I_L − I_R = ${inLeft - outRight}`,
    moment === within + inLeft - lx * outRight ? '' : `ΔΣxη = ${moment}, but Q + I_L − Lx·I_R = ${within + inLeft - lx * outRight}`,
  ].filter(Boolean);
}
