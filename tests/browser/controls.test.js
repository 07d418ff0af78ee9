// Every control does what it says: each is used as a person uses it, and the engine is asked
// whether it has happened.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inAllBrowsers, poll } from './browser.js';
import {
  becomes,
  digestAt,
  drawn,
  enter,
  openMore,
  params,
  pictured,
  press,
  runTo,
  runsOn,
  text,
} from './person.js';

/** @typedef {import('puppeteer-core').Page} Page */

const clock = (/** @type {Page} */ page) =>
  page.evaluate(() => {
    const { time, events } = globalThis.uphill.lab.simulator;
    return { time, events, playing: globalThis.uphill.lab.playing };
  });

const pause = (/** @type {Page} */ page) => page.evaluate(() => globalThis.uphill.lab.pause());

/** The address follows the run, a little later. */
const addressHas = (/** @type {Page} */ page, /** @type {string} */ part) =>
  poll(
    page,
    `${part} in the address`,
    (part) => location.search.slice(1).split('&').includes(part),
    { args: /** @type {const} */ ([part]) },
  );

/** Runs in the page before its scripts: a clipboard that remembers. */
function standIns() {
  globalThis.handedOver = [];
  const writeText = (/** @type {string} */ text) => {
    globalThis.handedOver.push(text);
    return Promise.resolve();
  };
  Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
}

inAllBrowsers('The control', (stand) => {
  test('play', async () => {
    const { page } = await stand.visit('?seed=1');
    await runsOn(page);
    await page.click('#play');
    const paused = await clock(page);
    assert.equal(paused.playing, false);
    await drawn(page, 10);
    assert.deepEqual(await clock(page), paused);
    await page.click('#play');
    assert.equal((await clock(page)).playing, true);
    await runsOn(page);
  });

  test('one event', async () => {
    const { page } = await stand.visit('?seed=1');
    await pause(page);
    for (let time = 0; time < 3; time += 1) {
      const { events } = await clock(page);
      await page.click('#one-event');
      await poll(page, 'the event', (e) => globalThis.uphill.lab.simulator.events > e, {
        args: /** @type {const} */ ([events]),
      });
      await drawn(page);
      const after = await clock(page);
      assert.equal(after.events, events + 1);
      assert.equal(after.playing, false);
    }
  });

  test('run until, and the digest there', async () => {
    const { page } = await stand.visit('?seed=1&L=16');
    await pause(page);
    const until = (await clock(page)).time + 5000;
    await enter(page, 'until', String(until));
    // Enter alone may have done it; the button says the same thing again.
    if (!(await clock(page)).playing && (await clock(page)).time < until) {
      await page.click('#run-until');
    }
    await poll(page, 'the end', (until) => globalThis.uphill.lab.simulator.time === until, {
      args: /** @type {const} */ ([until]),
    });
    await drawn(page, 10);
    const { time, playing } = await clock(page);
    assert.deepEqual({ time, playing }, { time: until, playing: false });
    const digest = await page.evaluate(() => globalThis.uphill.lab.simulator.digest());
    assert.match(digest, /^[0-9a-f]{16}$/);
    assert.match(await text(page, 'digest'), new RegExp(digest));
  });

  test('reset', async () => {
    const { page } = await stand.visit('?seed=5&L=16');
    const digest = await digestAt(page, '?seed=5&L=16', 1000);
    await press(page, 'speed', 'Home');
    await page.click('#reset');
    await pause(page);
    assert.ok((await clock(page)).time < 1000);
    assert.equal((await params(page)).seed, 5);
    await press(page, 'speed', 'End');
    assert.equal(await runTo(page, 1000), digest);
  });

  test('new seed', async () => {
    const { page } = await stand.visit('?seed=5');
    await page.click('#new-seed');
    const seed = await poll(page, 'another seed', () => {
      const { seed } = globalThis.uphill.lab.simulator.params();
      return seed !== 5 && String(seed);
    });
    await addressHas(page, `seed=${seed}`);
    await runsOn(page);
  });

  test('measure afresh', async () => {
    const { page } = await stand.visit('?seed=1');
    await runsOn(page);
    await pause(page);
    const { time } = await clock(page);
    await page.click('#measure-afresh');
    await poll(page, 'a new beginning', () => {
      return globalThis.uphill.lab.simulator.observables().since > 0;
    });
    const { since, span } = await page.evaluate(() => {
      const { since, span } = globalThis.uphill.lab.simulator.observables();
      return { since, span };
    });
    assert.deepEqual({ since, span }, { since: time, span: 0 });
  });

  test('speed', async () => {
    const { page } = await stand.visit('?seed=1');
    await pause(page);
    // Seconds of the run's own clock, which counts what its frames are told to have taken.
    const inSeconds = (/** @type {number} */ seconds) => page.evaluate((seconds) => {
      const { lab } = globalThis.uphill;
      const before = lab.simulator.events;
      for (let frame = 0; frame < 10 * seconds; frame += 1) lab.advance(100);
      return lab.simulator.events - before;
    }, seconds);
    await press(page, 'speed', 'Home');
    const slow = (await inSeconds(20)) / 20;
    assert.ok(slow > 0 && slow < 20, `the slowest is ${slow} events a second`);
    await press(page, 'speed', 'End');
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.speed), Infinity);
    // A frame makes as many moves as there is time for: more than the slowest makes in seconds.
    const fast = await inSeconds(0.1);
    assert.ok(fast >= 100, `the fastest is ${fast} events in a frame`);
  });

  test('m₊, by slider and by field', async () => {
    const { page } = await stand.visit('?seed=1');
    const { events } = await clock(page);
    await press(page, 'm-slider', 'End');
    await becomes(page, 'mRight', 1);
    await becomes(page, 'mLeft', -1);
    await press(page, 'm-slider', 'Home');
    assert.ok((await params(page)).mRight < 0, `the slider ends at ${(await params(page)).mRight}`);
    await enter(page, 'm-field', '0.99931');
    await becomes(page, 'mRight', 0.99931);
    await becomes(page, 'mLeft', -0.99931);
    assert.ok((await clock(page)).events >= events, 'the run began anew');
    assert.ok(await page.evaluate(() => globalThis.uphill.lab.simulator.observables().altered));
    await poll(page, 'the mark', () => document.getElementById('altered')?.checkVisibility());
  });

  test('m₋', async () => {
    const { page } = await stand.visit('?seed=1');
    await enter(page, 'ml-field', '-0.5');
    await becomes(page, 'mLeft', -0.5);
    assert.equal((await params(page)).mRight, 0.999);
    await enter(page, 'm-field', '0.9');
    await becomes(page, 'mRight', 0.9);
    assert.equal((await params(page)).mLeft, -0.5);
  });

  test('β, by slider and by field', async () => {
    const { page } = await stand.visit('?seed=1');
    await press(page, 'beta-slider', 'ArrowLeft');
    assert.ok((await params(page)).beta < 1);
    await enter(page, 'beta-field', '0.8125');
    await becomes(page, 'beta', 0.8125);
    await poll(page, 'T / T_c beside it', () => /0\.542/.test(document.body.innerText));
  });

  for (const id of ['m-field', 'ml-field', 'beta-field', 'compare-m']) {
    test(`${id} refuses what is not allowed, in words`, async () => {
      const { page, errors } = await stand.visit('?seed=1');
      if (id === 'compare-m') await page.click('#compare');
      const before = await params(page);
      for (const wrong of ['11', 'much', '1e999']) {
        await enter(page, id, wrong);
        await poll(
          page,
          `a word about ${wrong}`,
          (id) => document.getElementById(`${id}-notice`)?.innerText.trim(),
          { args: /** @type {const} */ ([id]) },
        );
      }
      assert.deepEqual(await params(page), before);
      await runsOn(page);
      assert.deepEqual(errors, []);
    });
  }

  test('size', async () => {
    const { page } = await stand.visit('?seed=1');
    await openMore(page);
    await enter(page, 'size-lx', '24');
    await becomes(page, 'lx', 24);
    await becomes(page, 'ly', 24);
    await page.click('#size-square');
    await enter(page, 'size-ly', '12');
    await becomes(page, 'ly', 12);
    assert.equal((await params(page)).lx, 24);
    await runsOn(page);
  });

  test('boundary and shift', async () => {
    const { page } = await stand.visit('?seed=1');
    await openMore(page);
    await page.select('#boundary', 'shifted');
    await becomes(page, 'boundary', 'shifted');
    await becomes(page, 'shift', 10);
    await enter(page, 'shift', '3');
    await becomes(page, 'shift', 3);
    await page.select('#boundary', 'fixed');
    await becomes(page, 'boundary', 'fixed');
    await runsOn(page);
  });

  test('reservoirs', async () => {
    const { page } = await stand.visit('?seed=1');
    await openMore(page);
    await page.select('#reservoirs', 'off');
    await becomes(page, 'reservoirs', 'off');
    await runsOn(page);
    // The words are read off a few times a second.
    await poll(page, 'no verdict', () => document.getElementById('verdict')?.textContent === 'equilibrium');
    await drawn(page, 20);
    assert.equal(await text(page, 'verdict'), 'equilibrium');
    await page.select('#reservoirs', 'on');
    await becomes(page, 'reservoirs', 'on');
    await page.select('#reservoirs', 'balanced');
    await becomes(page, 'reservoirs', 'balanced');
    await addressHas(page, 'res=balanced');
    await runsOn(page);
  });

  test('dynamics', async () => {
    const { page } = await stand.visit('?seed=1');
    await openMore(page);
    await page.select('#dynamics', 'metropolis');
    await becomes(page, 'dynamics', 'metropolis');
    await runsOn(page);
    const refused = await page.evaluate(() => {
      const { events, attempts } = globalThis.uphill.lab.simulator;
      return attempts - events;
    });
    assert.ok(refused > 0, `${refused} attempts were refused`);
  });

  test('start and width', async () => {
    const { page } = await stand.visit('?seed=1');
    await openMore(page);
    const magnetization = () =>
      page.evaluate(() => {
        const spins = globalThis.uphill.lab.simulator.spins();
        return spins.reduce((sum, byte) => sum + 2 * (byte & 1) - 1, 0) / spins.length;
      });
    // Without the reservoirs the magnetization stays what it was at the start.
    await page.select('#reservoirs', 'off');
    for (const [initial, expected] of /** @type {const} */ ([
      ['random', 0],
      ['plus', 1],
      ['minus', -1],
      ['step', 0],
    ])) {
      await page.select('#initial', initial);
      await becomes(page, 'initial', initial);
      assert.equal(await magnetization(), expected, initial);
    }
    await page.select('#initial', 'stripe');
    await becomes(page, 'initial', 'stripe');
    await enter(page, 'width', '10');
    await becomes(page, 'width', 10);
    assert.equal(await magnetization(), -0.5);
  });

  test('seed', async () => {
    const { page } = await stand.visit('?seed=1');
    await openMore(page);
    await enter(page, 'seed', '12345');
    await becomes(page, 'seed', 12345);
    await addressHas(page, 'seed=12345');
  });

  test('presets', async () => {
    const { page } = await stand.visit('?seed=1');
    const presets = await page.$$eval('[data-preset]', (buttons) =>
      buttons.map((button) => button.getAttribute('data-preset') ?? ''),
    );
    assert.ok(presets.length >= 7, `only ${presets}`);
    for (const preset of presets) {
      await page.click(`[data-preset="${preset}"]`);
      const [key, value] = preset.split('=');
      if (key === 'm') await becomes(page, 'mRight', Number(value));
      else await becomes(page, 'reservoirs', /** @type {'on' | 'off' | 'balanced'} */ (value));
      await runsOn(page);
    }
  });

  test('copy link', async () => {
    const { page } = await stand.visit('?m=0.998&seed=1', { prepare: standIns });
    await addressHas(page, 'v=1');
    await page.click('#copy-link');
    const [given] = await poll(page, 'the link', () => globalThis.handedOver.length === 1 && globalThis.handedOver);
    assert.equal(given, await page.evaluate(() => location.href.replace(/#.*$/, '')));
  });

  test('control', async () => {
    const { page } = await stand.visit('?m=0.998&seed=1');
    await page.click('#control');
    await poll(page, 'the control in the address', () => location.hash === '#compare=0.998,balanced');
    const both = await page.evaluate(() => [globalThis.uphill.lab.simulator.params(), globalThis.uphill.lab.second?.params()]);
    assert.deepEqual(both.map((params) => params?.reservoirs), ['on', 'balanced']);
    assert.deepEqual(both.map((params) => [params?.mLeft, params?.mRight]), [[-0.998, 0.998], [-0.998, 0.998]]);
    assert.equal(await text(page, 'compare-name'), 'balanced reservoirs');
    await page.click('#control');
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.second), null);
  });

  test('compare', async () => {
    const { page, errors } = await stand.visit('?m=0.9995&seed=1');
    await page.click('#compare');
    await poll(page, 'the second run', () => Boolean(globalThis.uphill.lab.second));
    await enter(page, 'compare-m', '0.9991');
    await poll(page, 'its m₊', () => globalThis.uphill.lab.second?.params().mRight === 0.9991);
    assert.equal((await params(page)).mRight, 0.9995);
    await poll(page, 'its events', () => (globalThis.uphill.lab.second?.events ?? 0) > 0);
    for (const id of ['lattice', 'lattice-second']) await pictured(page, id, ({ colours, drawn }) => colours >= 2 && drawn > 0.2);
    await page.click('#compare');
    await poll(page, 'one run again', () => !globalThis.uphill.lab.second);
    await runsOn(page);
    assert.deepEqual(errors, []);
  });

  test('spins or lattice gas', async () => {
    const { page } = await stand.visit('?seed=1');
    await pause(page);
    const shown = () =>
      page.evaluate(() => {
        const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById('lattice'));
        const pressed = ['view-spins', 'view-gas'].map((id) =>
          document.getElementById(id)?.getAttribute('aria-pressed'),
        );
        return { pressed, image: canvas.toDataURL() };
      });
    // What is drawn is drawn within some frames.
    const drawn = () => page.evaluate(async () => {
      for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    });
    await drawn();
    const spins = await shown();
    await page.click('#view-gas');
    await drawn();
    const gas = await shown();
    await page.click('#view-spins');
    await drawn();
    assert.deepEqual(spins.pressed, ['true', 'false']);
    assert.deepEqual(gas.pressed, ['false', 'true']);
    assert.notEqual(gas.image, spins.image);
    assert.deepEqual(await shown(), spins);
  });

  test('colours', async () => {
    const { page } = await stand.visit('?seed=1');
    const brightness = () =>
      page.evaluate(() => {
        const colour = getComputedStyle(document.body).backgroundColor;
        const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).map(Number);
        return (red + green + blue) / 3;
      });
    await page.select('#theme', 'dark');
    assert.ok((await brightness()) < 80, `dark is ${await brightness()}`);
    await page.select('#theme', 'light');
    assert.ok((await brightness()) > 200, `light is ${await brightness()}`);
  });

  test('a plot, read by pointing at it', async () => {
    const { page } = await stand.visit('?m=0.998&seed=1');
    for (const plot of ['integrated', 'profile', 'mean']) {
      const area = await page.$(`[data-plot="${plot}"] .plot-area`);
      assert.ok(area, `there is no plot ${plot}`);
      await area.scrollIntoView();
      await pictured(page, `plot-${plot}`, ({ colours }) => colours >= 12);
      // From afar: a browser need not report a pointer that comes to where it was.
      await page.mouse.move(1, 1);
      await area.hover();
      await poll(
        page,
        `a value of ${plot}`,
        (plot) => {
          const output = document.querySelector(`[data-plot="${plot}"] output`);
          return /\d/.test(output?.textContent ?? '');
        },
        { args: /** @type {const} */ ([plot]) },
      );
    }
  });
});
