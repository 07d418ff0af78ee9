// What the tests themselves rest on: they notice when a request fails, and do not take for a failure
// what is broken off because a page is left; and the Node.js that they are promised to run on.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import semver from 'semver';

import { BARE, inBothBrowsers } from './browser.js';
import { serveSite } from './server.js';

/** @typedef {import('puppeteer-core').Page} Page */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What the host waits for before it sends late.html. @type {Promise<void>} */
let held = Promise.resolve();

/** Has the page ask for what comes late, which it breaks off when it is told to. @param {Page} page */
async function ask(page) {
  const asked = page.waitForRequest((request) => request.url().endsWith('late.html'));
  await page.evaluate(() => {
    const stop = new AbortController();
    fetch('late.html', { signal: stop.signal }).catch(() => {});
    Object.assign(globalThis, { stop });
  });
  await asked;
}

/** Waits for something to be noticed. @param {string[]} errors */
async function noticed(errors) {
  for (let tries = 0; tries < 300 && errors.length === 0; tries += 1) await sleep(100);
  return errors.join();
}

inBothBrowsers(
  'A test',
  (stand) => {
    test('takes what is broken off as its page is left for no failure, and what the page breaks off for one', async () => {
      let release = () => {};
      held = new Promise((resolve) => { release = resolve; });
      const { page, errors } = await stand.visit('bare.html', { started: false });
      await ask(page);
      await page.reload({ waitUntil: 'load' });
      await ask(page);
      await page.goto(`${stand.url}bare.html?again`, { waitUntil: 'load' });
      // A time in which nothing is noticed.
      await sleep(500);
      assert.deepEqual(errors, []);

      await ask(page);
      await page.evaluate(() => /** @type {any} */ (globalThis).stop.abort());
      assert.match(await noticed(errors), /^failed: \S*late\.html /);
      release();
    });

    test('takes a host that does not answer for a failure', async () => {
      const gone = await serveSite();
      await gone.close();
      const { page, errors } = await stand.visit('bare.html', { started: false });
      await page.evaluate((address) => { fetch(address).catch(() => {}); }, gone.url);
      assert.ok((await noticed(errors)).includes(gone.url), errors.join());
    });
  },
  { pages: { 'bare.html': BARE, 'late.html': BARE }, served: (name) => (name === 'late.html' ? held : undefined) },
);

const PACKAGE = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
/** The oldest Node.js that is promised, major and minor. */
const OLDEST = /^>=(\d+\.\d+)$/.exec(PACKAGE.engines.node)?.[1] ?? 'none';

test('every package runs on the oldest Node.js that is promised', () => {
  const lock = JSON.parse(readFileSync(new URL('package-lock.json', import.meta.url), 'utf8'));
  const asked = Object.entries(lock.packages).flatMap(([name, { engines }]) => (name && engines?.node ? [[name, engines.node]] : []));
  assert.ok(asked.length > 20, String(asked.length));
  assert.deepEqual(asked.filter(([, range]) => !semver.satisfies(`${OLDEST}.0`, range)), []);
  assert.ok(semver.satisfies(process.versions.node, PACKAGE.engines.node), process.versions.node);
  assert.ok(readFileSync(join(ROOT, 'README.md'), 'utf8').includes(`Node.js ${OLDEST} or later`));
});

test('./build.sh test says in one line that Node.js is too old', () => {
  const folder = mkdtempSync(join(tmpdir(), 'uphill-'));
  try {
    for (const [name, does] of [['node', 'echo v18.20.4'], ['cargo', 'exit 1']]) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${does}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    const { status, stdout, stderr } = spawnSync('sh', ['build.sh', 'test'], {
      cwd: ROOT, encoding: 'utf8', env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
    });
    assert.equal(status, 1, stdout);
    assert.equal(stderr, `Uphill is built with Node.js ${OLDEST} or later, and this is 18.20.4: https://nodejs.org\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
