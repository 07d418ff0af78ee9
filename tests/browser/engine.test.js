// Pins the engine's trajectories: the runs of tests/digests.json give the same digest at the same
// event count in both browsers as natively (a Rust test reads the same file), however the run is
// cut into calls and wherever it is saved and restored, in the lab's engine as in the whole one.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { inAllBrowsers } from './browser.js';
import { ENGINE_PAGES, engineAddress, engineStarted } from './engine-page.js';
import { leave } from './record.js';

/** @type {{link: string, events: number, digest: string}[]} */
const PINNED = JSON.parse(readFileSync(new URL('../digests.json', import.meta.url), 'utf8'));

test('the pinned runs cover both dynamics and both boundaries', () => {
  const links = PINNED.map(({ link }) => link);
  for (const [what, pattern] of /** @type {[string, RegExp][]} */ ([
    ['kinetic', /^(?!.*dyn=metropolis)/],
    ['metropolis', /dyn=metropolis/],
    ['fixed', /^(?!.*bc=shifted)/],
    ['shifted', /bc=shifted/],
  ])) {
    assert.ok(links.some((link) => pattern.test(link)), `no run is ${what}`);
  }
});

test('the engines name no folder of the machine that has built them', () => {
  for (const name of ['lab', 'uphill']) {
    const engine = readFileSync(new URL(`../../dist/engine/${name}_bg.wasm`, import.meta.url)).toString('latin1');
    assert.ok(engine.includes('src/'), `${name} names no file at all`);
    assert.deepEqual(engine.match(/\/[\w./-]*(home|root|registry|Users)\/[\w./-]*/g), null, name);
  }
});

inAllBrowsers(
  'The engine',
  (stand) => {
    /** What was found, for the validation page. @type {Map<string, string[]>} */
    const found = new Map(PINNED.map(({ link }) => [link, []]));
    let version = '';
    let host = '';

    /** One way to run the pinned runs has given this digest. @param {string} link @param {string} got */
    const keep = (link, got) => {
      found.get(link)?.push(got);
      return got;
    };

    after(() => {
      if (!version) return;
      const runs = PINNED.map(({ link, events }) => ({ link, events, digests: found.get(link) }));
      leave(`digests-${stand.kind.toLowerCase()}`, version, { host, runs });
    });

    /** Opens the page with nothing but an engine. @param {import('./engine-page.js').EngineName} [name] */
    const open = async (name) => {
      const { page, errors } = await stand.visit(engineAddress(name), { started: false });
      await engineStarted(page, errors);
      host = (await page.browser().version()).replace(/^\w+\//, `${stand.kind} `);
      version = await page.evaluate(() => globalThis.engine.engineVersion());
      return page;
    };

    for (const chunk of [1, 7, 1e6]) {
      test(`gives the pinned digests in pieces of ${chunk} events`, async () => {
        const page = await open();
        for (const { link, events, digest } of PINNED) {
          const got = keep(link, await page.evaluate(runInPieces, link, events, chunk));
          assert.equal(got, digest, link);
        }
      });
    }

    test('gives the pinned digests in the lab', async () => {
      const page = await open('lab');
      for (const { link, events, digest } of PINNED) {
        const got = keep(link, await page.evaluate(runInPieces, link, events, 1e4));
        assert.equal(got, digest, link);
      }
    });

    test('gives the pinned digests when it is saved and restored at random moments', async () => {
      const page = await open();
      for (const { link, events, digest } of PINNED) {
        const luck = Math.floor(Math.random() * 2 ** 32);
        const { got, saves } = await page.evaluate(runWithSaves, link, events, luck);
        assert.equal(keep(link, got), digest, `${link}, random moments from ${luck}`);
        assert.ok(saves >= 5, `saved only ${saves} times`);
      }
    });
  },
  { pages: ENGINE_PAGES },
);

/**
 * Runs in the page: the digest after so many events, in calls of `chunk` events. Under Metropolis
 * a call may end sooner, when its attempts are used up.
 *
 * @param {string} link
 * @param {number} events
 * @param {number} chunk
 */
function runInPieces(link, events, chunk) {
  const { Simulator, readLink } = globalThis.engine;
  const simulator = new Simulator(readLink(link).params);
  while (simulator.events < events) {
    const stop = simulator.advance(Math.min(chunk, events - simulator.events), Infinity);
    if (stop === 'frozen') throw new Error(`frozen after ${simulator.events} events`);
  }
  const digest = simulator.digest();
  simulator.free();
  return digest;
}

/**
 * Runs in the page: the same in pieces of random size, with a save and a restore after each.
 *
 * @param {string} link
 * @param {number} events
 * @param {number} luck the state that the random moments start from
 */
function runWithSaves(link, events, luck) {
  const { Simulator, readLink } = globalThis.engine;
  let simulator = new Simulator(readLink(link).params);
  let state = luck;
  let saves = 0;
  while (simulator.events < events) {
    // A linear congruential generator: enough to choose moments, and repeatable from the message.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const piece = 1 + Math.floor((state / 2 ** 32) * Math.ceil(events / 10));
    simulator.advance(Math.min(piece, events - simulator.events), Infinity);
    const saved = simulator.save();
    simulator.free();
    simulator = Simulator.restore(saved);
    saves += 1;
  }
  const got = simulator.digest();
  simulator.free();
  return { got, saves };
}
