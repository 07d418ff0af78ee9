// A scan survives: pauses, reloads, dead workers, storage that is absent or full. Each ends with
// the bytes of an uninterrupted run, and says what happened.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BARE, inAllBrowsers, poll } from './browser.js';
import { text } from './person.js';
import {
  ADDING,
  complete,
  hasAdded,
  hold,
  isUnderWay,
  letGo,
  LONGER,
  opened,
  reaches,
  result,
  same,
  SHORT,
  uninterrupted,
  visitScan,
} from './scans.js';
import { scanInTerminal } from './terminal.js';

/** @typedef {typeof globalThis.uphill.figures.pool.handles extends Set<infer H> ? H : never} WorkerHandle */

inAllBrowsers('A scan', (stand) => {
  test('gives the same bytes for any number of workers', async () => {
    const expected = await uninterrupted(LONGER);
    for (const workers of [1, 3]) {
      const { page, errors } = await visitScan(stand, LONGER);
      await page.evaluate((workers) => {
        const { pool } = globalThis.uphill.figures;
        pool.limit = pool.most = workers;
      }, workers);
      same(await complete(page, errors), expected, `${workers} workers`);
      assert.deepEqual(errors, []);
    }
  });

  test('pauses and resumes', async () => {
    const expected = await uninterrupted(LONGER);
    const { page, errors } = await visitScan(stand, LONGER);
    await hold(page);
    await page.click('#scan-run');
    await isUnderWay(page);
    await page.click('#scan-run');
    await reaches(page, 'paused', errors);
    const then = await result(page);
    assert.ok(then !== expected, 'it was over before it was paused');
    await poll(page, 'a word about it', () =>
      /Paused\. Saved at/.test(document.getElementById('scan-words')?.innerText ?? ''),
    );
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.pool.busy), 0);
    same(await result(page), then);
    await letGo(page);
    same(await complete(page, errors), expected);
    assert.deepEqual(errors, []);
  });

  test('goes on after a reload', async () => {
    const expected = await uninterrupted(LONGER);
    const { page, errors } = await visitScan(stand, LONGER);
    await hold(page);
    await page.click('#scan-run');
    await isUnderWay(page);
    await page.evaluate(() => globalThis.uphill.figures.runner.save());
    await poll(page, 'it to be saved', () => globalThis.uphill.figures.runner.saved > 0);
    await page.reload({ waitUntil: 'load' });
    await opened(page, errors);
    await reaches(page, 'paused', errors);
    assert.equal(await text(page, 'scan-run'), 'Resume');
    assert.match(await text(page, 'scan-words'), /Saved at/);
    const moves = await page.evaluate(() => globalThis.uphill.figures.scan?.progress().events);
    assert.ok(Number(moves) > 0, 'nothing was stored');
    assert.ok(await result(page) !== expected, 'it was over before it was reloaded');
    same(await complete(page, errors), expected);

    // A finished scan is there at once.
    await page.reload({ waitUntil: 'load' });
    await opened(page, errors);
    await reaches(page, 'complete', errors);
    same(await result(page), expected);
    assert.deepEqual(errors, []);
  });

  test('that adds points is that of the terminal after a pause and a reload among them', async () => {
    const terminal = scanInTerminal(ADDING.slice(1));
    const { page, errors } = await visitScan(stand, ADDING);
    const tasks = () => page.evaluate(() => globalThis.uphill.figures.runner.tasks.length);
    const planned = await tasks();
    await hold(page, 'the added');
    await page.click('#scan-run');
    const added = await hasAdded(page, planned, errors);
    await page.click('#scan-run');
    await reaches(page, 'paused', errors);
    await poll(page, 'it to be saved', () => globalThis.uphill.figures.runner.saved > 0);
    const expected = await terminal;
    assert.ok(await result(page) !== expected, 'it was over before it was paused');
    await page.reload({ waitUntil: 'load' });
    await opened(page, errors);
    await reaches(page, 'paused', errors);
    assert.equal(await tasks(), added);
    // The points that are added to those come after the reload.
    await hold(page, 'the added');
    await page.click('#scan-run');
    await hasAdded(page, added, errors);
    await page.click('#scan-run');
    await reaches(page, 'paused', errors);
    await letGo(page);
    same(await complete(page, errors), expected);
    assert.deepEqual(errors, []);
  });

  test('is offered to whoever comes without a link', async () => {
    const { page, errors } = await visitScan(stand, LONGER);
    await hold(page);
    await page.click('#scan-run');
    await isUnderWay(page);
    await page.evaluate(() => globalThis.uphill.figures.pause());
    await poll(page, 'it to be saved', () => globalThis.uphill.figures.runner.saved > 0);
    const link = await page.evaluate(() => globalThis.uphill.figures.runner.link);
    await page.goto(`${stand.url}?exp=states`, { waitUntil: 'load' });
    await opened(page, errors);
    const words = await poll(page, 'an offer', () => {
      const offer = document.getElementById('offer');
      return offer?.checkVisibility() && offer.innerText;
    });
    assert.match(words, /Figure 2 was not finished.*%/);
    await page.click('#offer-open');
    await poll(page, 'it to be open', (link) => globalThis.uphill.figures.runner.link === link, {
      args: [link],
    });
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.state), 'paused');
    assert.deepEqual(errors, []);
  });

  test('of another engine, and of an earlier form of the storage, is kept, read, saved and erased', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    const whole = await complete(page, errors);
    await poll(page, 'it to be saved', () => globalThis.uphill.figures.runner.saved > 0);
    // As version 1 of the storage had it, of another engine; and a second scan of this one.
    await page.goto(`${stand.url}bare.html`);
    await page.evaluate(() => new Promise((resolve) => {
      const now = indexedDB.open('uphill');
      now.onsuccess = () => {
        const reading = now.result.transaction(['scans', 'tasks']);
        const [scans, tasks] = ['scans', 'tasks'].map((name) => reading.objectStore(name).getAll());
        reading.oncomplete = () => {
          now.result.close();
          const old = (/** @type {any} */ record) => ({ ...record, identity: record.identity.split(' ')[0] });
          indexedDB.deleteDatabase('uphill').onsuccess = () => {
            const before = indexedDB.open('uphill', 1);
            before.onupgradeneeded = () => {
              before.result.createObjectStore('scans', { keyPath: 'identity' });
              before.result.createObjectStore('tasks', { keyPath: ['identity', 'task'] });
            };
            before.onsuccess = () => {
              const writing = before.result.transaction(['scans', 'tasks'], 'readwrite');
              for (const scan of scans.result) {
                writing.objectStore('scans').put({ ...old(scan), engine: 'of-old' });
                const link = scan.link.replace('seed=1', 'seed=2');
                writing.objectStore('scans').put({ ...scan, identity: 'second', link });
              }
              for (const task of tasks.result) writing.objectStore('tasks').put(old(task));
              writing.oncomplete = () => {
                before.result.close();
                resolve(undefined);
              };
            };
          };
        };
      };
    }));
    await page.goto(stand.url + SHORT, { waitUntil: 'load' });
    await opened(page, errors);
    assert.match(await text(page, 'notices'), /Engine of-old has found results.*begins anew here/);
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.state), 'ready');
    // What this engine finds is stored beside it.
    await complete(page, errors);
    await poll(page, 'it to be saved', () => globalThis.uphill.figures.runner.saved > 0);
    await page.evaluate(() => document.getElementById('stored')?.setAttribute('open', ''));
    const lines = () => page.$$eval('#stored li', (all) => all.map((line) => line.textContent ?? ''));
    await poll(page, 'the list', () => document.querySelectorAll('#stored li').length === 3);
    const found = await lines();
    const at = found.findIndex((line) => /Figure 2, 100.*by engine of-old: \?.*not continued/.test(line));
    assert.ok(at >= 0, found.join('\n'));
    await page.click(`#stored li:nth-of-type(${at + 1}) button:first-of-type`);
    await poll(page, 'its results', () => globalThis.uphill.figures.scan?.engine === 'of-old');
    await reaches(page, 'complete', errors);
    same(await result(page), whole.replace(/"engine":"[^"]*"/, '"engine":"of-old"'));
    assert.ok(!await page.$eval('#scan-run', (run) => !run.matches(':disabled')), 'it can be run');
    // About names it, too.
    await page.evaluate(() => document.getElementById('kept')?.setAttribute('open', ''));
    await poll(page, 'its engine', () => /1 scan by engine of-old/.test(document.getElementById('kept-rows')?.innerText ?? ''));
    await page.click(`#stored li:nth-of-type(${at + 1}) button:last-of-type`);
    await poll(page, 'it to be erased', () => /^Erased/.test(document.querySelector('#stored > p')?.textContent ?? ''));
    assert.equal((await lines()).length, 2);
    assert.deepEqual(errors, []);
  });

  test('outlives its workers', async () => {
    const expected = await uninterrupted(LONGER);
    const { page, errors } = await visitScan(stand, LONGER);
    await page.evaluate(() => {
      const { pool } = globalThis.uphill.figures;
      const work = pool.work.bind(pool);
      const kills = [
        // One falls silent, as when the system has killed it, and soon is taken for dead.
        (/** @type {WorkerHandle} */ handle) => {
          handle.worker.terminate();
          const { patience } = pool;
          pool.patience = 500;
          handle.look();
          pool.patience = patience;
        },
        // One reports an error.
        (/** @type {WorkerHandle} */ handle) => handle.worker.dispatchEvent(new ErrorEvent('error', { message: 'killed for the test' })),
      ];
      globalThis.handedOver = [];
      let slices = 0;
      pool.work = (slice) => {
        const answer = work(slice);
        slices += 1;
        // The third and the fourth, each as it begins: then its worker is at work on any machine.
        const handle = [...pool.handles].find(({ job }) => job?.slice.task === slice.task);
        const kill = handle && slices > 2 ? kills.shift() : undefined;
        if (handle && kill) {
          globalThis.handedOver.push('killed');
          kill(handle);
        }
        return answer;
      };
    });
    await page.click('#scan-run');
    await reaches(page, 'complete', errors);
    assert.equal(await page.evaluate(() => globalThis.handedOver.length), 2, 'no worker was at work');
    same(await result(page), expected);
    assert.deepEqual(errors, []);
  });

  test('goes on without a task that fails three times, and tries it again when asked', async () => {
    const expected = await uninterrupted(SHORT);
    const { page, errors } = await visitScan(stand, SHORT);
    await page.evaluate(() => {
      const { pool } = globalThis.uphill.figures;
      const work = pool.work.bind(pool);
      let fails = 3;
      pool.work = (slice) => {
        if (slice.task !== 1 || fails === 0) return work(slice);
        fails -= 1;
        return Promise.reject(new Error('broken for the test'));
      };
    });
    await page.click('#scan-run');
    await reaches(page, 'stopped', errors);
    assert.match(await text(page, 'notices'), /m₊ = 0\.8.*failed 3 times: broken for the test/);
    const done = await page.evaluate(() => globalThis.uphill.figures.scan?.progress().done);
    assert.equal(done, 5);
    same(await complete(page, errors), expected);
    assert.deepEqual(errors, []);
  });

  for (const [name, prepare, words] of /** @type {[string, () => void, RegExp][]} */ ([
    [
      'that is absent',
      () => {
        Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
      },
      /no storage.*cannot be resumed/s,
    ],
    [
      'that throws',
      () => {
        Object.defineProperty(globalThis, 'indexedDB', {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      },
      /no storage \(denied\).*cannot be resumed/s,
    ],
    [
      'that is full',
      () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
      /storage is full.*not saved any more/s,
    ],
  ])) {
    test(`runs with a storage ${name}, and says so`, async () => {
      const expected = await uninterrupted(SHORT);
      const { page, errors } = await visitScan(stand, SHORT, {
        prepare,
      });
      // What an earlier test has stored may be read, but not written.
      if ((await page.evaluate(() => globalThis.uphill.figures.state)) === 'complete') {
        await page.click('#scan-anew');
        await reaches(page, 'complete', errors);
        same(await result(page), expected);
      } else {
        same(await complete(page, errors), expected);
      }
      const said = await poll(page, 'a word about it', () =>
        document.getElementById('notices')?.innerText,
      );
      assert.match(said, words);
      assert.deepEqual(errors, []);
    });
  }

  test('is not paused by hiding the page', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      globalThis.uphill.figures.run();
    });
    await reaches(page, 'complete', errors);
    assert.deepEqual(errors, []);
  });

  test('says so where there are no workers', async () => {
    const { page } = await visitScan(stand, `${SHORT}2`, {
      prepare: () => {
        Reflect.deleteProperty(globalThis, 'Worker');
      },
    });
    await page.click('#scan-run');
    await reaches(page, 'stopped');
    assert.match(await text(page, 'notices'), /Web Workers/);
  });
}, { pages: { 'bare.html': BARE } });
