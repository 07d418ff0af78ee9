// Hostile input on the page: links, fragments and result files that somebody has made on purpose.
// Nothing of it runs, nothing is shown that is no number, and the page goes on.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import fc from 'fast-check';

import { inBothBrowsers, poll } from './browser.js';
import { runsOn } from './person.js';
import { complete, reaches, result as bytes, same, SHORT, visitScan } from './scans.js';

/** Ten times as many in the long tests. */
const TIMES = process.env.UPHILL_LONG ? 10 : 1;
const LINKS = 10_000 * TIMES;
const AT_ONCE = 1000;
const FILES = 80 * TIMES;
/** How long a case may take in the page, in ms; the machine of the tests is shared. */
const LONGEST = 100;
/** Another number for every run would find more, but no run could be repeated. */
const SEED = Number(process.env.UPHILL_SEED ?? 1);

const SCRIPTS = [
  '<img src=x onerror="globalThis.harmed=1">',
  '</script><script>globalThis.harmed=1</script>',
  'javascript:globalThis.harmed=1',
  '"><svg onload=globalThis.harmed=1>',
  '{{constructor.constructor("globalThis.harmed=1")()}}',
];

const key = fc.constantFrom('v', 'L', 'Lx', 'Ly', 'beta', 'm', 'mL', 'bc', 'shift', 'res', 'dyn', 'init', 'width', 'seed', 'exp', 'ms', 'Ls', 'betas', 'from', 'err', 'errm', 'relax', 'cap', 'reps', '__proto__', 'constructor');
const value = fc.oneof(
  fc.double().map(String),
  fc.bigInt().map(String),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('4294967295', '-1', '1e309', '0:1:1e-9', '4:512:1', '0.01:10:0.01', 'NaN', 'Infinity', 'undefined', '%00', '%', '\ud800', 'current', 'relation', 'exact', 'shifted', 'stripe', ...SCRIPTS),
);
const link = fc.array(fc.tuple(key, value), { maxLength: 8 }).map((pairs) => pairs.map(([k, v]) => `${k}=${v}`).join('&'));

const result = JSON.parse(readFileSync(new URL('../old/0.5.0/current.json', import.meta.url), 'utf8'));
const junk = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(1e308, -1e308, 5e-324, 1e300, 0, -1, 2 ** 64, null, true, '', [], {}, ...SCRIPTS),
);

/** Paths to all values of a tree. @param {unknown} tree @param {(string | number)[]} [path] @returns {(string | number)[][]} */
const paths = (tree, path = []) => (tree && typeof tree === 'object'
  ? Object.entries(tree).flatMap(([name, below]) => [[...path, name], ...paths(below, [...path, name])])
  : []);
const inTasks = paths({ tasks: result.tasks.slice(0, 2), link: '', engine: '', v: 1 });
/** What is shown is made of these. */
const shown = inTasks.filter((path) => ['mean', 'error', 'standard_error', 'span', 'exact'].includes(String(path.at(-1))));
const extreme = fc.constantFrom(1.7e308, -1.7e308, 1e300, 1e-300, 5e-324, 0, 1e155);

/** A result with other values in some places. */
const file = fc.oneof(
  fc.array(fc.tuple(fc.constantFrom(...inTasks), junk), { minLength: 1, maxLength: 3 }),
  fc.array(fc.tuple(fc.constantFrom(...shown), extreme), { minLength: 1, maxLength: 12 }),
).map((changes) => {
  const copy = structuredClone(result);
  for (const [path, by] of changes) {
    let place = copy;
    for (const name of path.slice(0, -1)) place = place?.[name];
    const last = path.at(-1);
    if (place && typeof place === 'object' && last !== undefined) place[last] = by;
  }
  return JSON.stringify(copy);
});

inBothBrowsers('Hostile input', (stand) => {
  test(`of ${LINKS} links is answered soon with runs that are allowed`, async () => {
    const { page, errors } = await stand.visit('?seed=1');
    const links = fc.sample(link, { numRuns: LINKS, seed: SEED });
    let memory = 0;
    for (let from = 0; from < links.length; from += AT_ONCE) {
      const { slow, wrong, bytes } = await page.evaluate(async (batch, longest) => {
        const engine = await import(new URL('engine/lab.js', document.baseURI).href);
        const whole = await engine.default();
        const slow = [];
        const wrong = [];
        /** @param {string} text */
        const read = (text) => {
          const began = performance.now();
          const reading = engine.readLink(text);
          engine.isExperiment(text);
          return { ...reading, took: performance.now() - began };
        };
        for (const text of batch) {
          const { params, notices, took } = read(text);
          // What takes long because the machine does other work does not do so time after time.
          let least = took;
          for (let times = 0; least > longest && times < 9; times += 1) least = Math.min(least, read(text).took);
          if (least > longest) slow.push(text);
          const numbers = [params.lx, params.ly, params.beta, params.mLeft, params.mRight];
          if (!numbers.every(Number.isFinite) || params.lx > 512 || params.ly > 512) wrong.push(text);
          if (notices.some((/** @type {{message: string}} */ { message }) => message.length > 600)) wrong.push(text);
        }
        return { slow, wrong, bytes: whole.memory.buffer.byteLength };
      }, links.slice(from, from + AT_ONCE), LONGEST);
      assert.deepEqual(wrong, []);
      assert.deepEqual(slow, []);
      if (from === 0) memory = bytes;
      else assert.ok(bytes <= memory * 1.1, `memory grew from ${memory} to ${bytes} bytes`);
    }
    await runsOn(page, errors);
    assert.deepEqual(errors, []);
  });

  test('in the address is named as text, and the page goes on', async () => {
    for (const script of SCRIPTS.slice(0, 3)) {
      const { page, errors } = await stand.visit(`?m=${encodeURIComponent(script)}&${encodeURIComponent(script)}=1&beta=NaN&seed=1#compare=${encodeURIComponent(script)}&tour=${encodeURIComponent(script)}`);
      await runsOn(page, errors);
      const { harmed, made, shown } = await page.evaluate(looked);
      assert.deepEqual([harmed, made], [undefined, 0], script);
      // The link's own word is repeated in the complaint, and nowhere else.
      assert.doesNotMatch(shown, /NaN|undefined|Infinity/);
      assert.deepEqual(errors, []);
    }
  });

  test(`of ${FILES} result files is refused in words or shown without a number that is none`, async () => {
    const { page, errors } = await visitScan(stand, '?exp=current&L=8&ms=0.5&seed=1');
    const files = fc.sample(file, { numRuns: FILES, seed: SEED });
    let opened = 0;
    for (const text of files) {
      const { answer, took } = await page.evaluate(async (text, longest) => {
        const load = async () => {
          const began = performance.now();
          try {
            await globalThis.uphill.figures.load(new TextEncoder().encode(text));
            return { answer: '', took: performance.now() - began };
          } catch (error) {
            return { answer: String(error), took: performance.now() - began };
          }
        };
        let { answer, took } = await load();
        // As above: the machine does other work.
        for (let times = 0; took > longest && times < 4; times += 1) took = Math.min(took, (await load()).took);
        return { answer, took };
      }, text, 10 * LONGEST);
      if (answer === '') opened += 1;
      else assert.match(answer, /^Error: this result|^Error: this is not a result/);
      assert.ok(took < 10 * LONGEST, `${took} ms`);
      const { harmed, made, shown } = await page.evaluate(looked);
      assert.deepEqual([harmed, made], [undefined, 0]);
      assert.doesNotMatch(shown, /NaN|undefined|Infinity|(?<![\w])inf(?![\w])/);
    }
    assert.ok(opened > FILES / 20, `only ${opened} were opened: the rest of the page was not tried`);
    assert.ok(await page.evaluate(() => document.getElementById('failure')?.hidden));
    assert.deepEqual(errors, []);
  });

  test('from a worker of a scan costs no more than the worker', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    const expected = await complete(page, errors);
    for (const said of ['null', '7', '{"answer":null}', '{"answer":{"task":-1,"outcome":[1]}}', '{"failed":{}}', '{"answer":{"id":1,"task":0,"seconds":"x"}}']) {
      await page.evaluate((said) => {
        const { pool } = globalThis.uphill.figures;
        const { work } = Object.getPrototypeOf(pool);
        globalThis.handedOver = [];
        pool.work = (slice) => {
          const answer = work.call(pool, slice);
          // As the first slice begins: a moment later its worker may have done its work.
          const handle = [...pool.handles].find(({ job }) => job?.slice.task === slice.task);
          if (handle && globalThis.handedOver.length === 0) {
            globalThis.handedOver.push(said);
            handle.worker.dispatchEvent(new MessageEvent('message', { data: JSON.parse(said) }));
          }
          return answer;
        };
      }, said);
      await page.click('#scan-anew');
      await reaches(page, 'complete', errors);
      assert.deepEqual(await page.evaluate(() => globalThis.handedOver), [said], 'no worker was at work');
      same(await bytes(page), expected, said);
    }
    assert.deepEqual(errors, []);
  });

  test('of a file that is too large is refused before it is read', async () => {
    const { page, errors } = await visitScan(stand, '?exp=current&L=8&ms=0.5&seed=1');
    await page.evaluate(() => {
      globalThis.handedOver = [];
      const large = new File(['x'], 'large.json');
      const read = () => {
        globalThis.handedOver.push('it was read');
        return Promise.resolve(new ArrayBuffer(1));
      };
      Object.defineProperties(large, { size: { value: 2 ** 40 }, arrayBuffer: { value: read } });
      const drop = new Event('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(drop, 'dataTransfer', { value: { types: ['Files'], files: [large], getData: () => '' } });
      document.getElementById('figures')?.dispatchEvent(drop);
    });
    const words = await poll(page, 'a word on it', () => globalThis.handedOver[0] ?? document.getElementById('result-file-notice')?.textContent, { errors });
    assert.match(String(words), /large\.json has 1099511627776 bytes: allowed is/);
    assert.deepEqual(errors, []);
  });
});

/** Runs in the page: what harm was done, and what can be seen but for what repeats the input. */
function looked() {
  const parts = [...document.querySelectorAll('main, .top')].map((part) => /** @type {HTMLElement} */ (part).innerText);
  return {
    harmed: /** @type {{harmed?: number}} */ (globalThis).harmed,
    made: document.querySelectorAll('img, iframe, object, embed, body script, [onerror], [onload]').length,
    shown: parts.join('\n'),
  };
}
