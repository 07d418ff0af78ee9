// What the tests in WebKit rest on: of what they start nothing is left, whatever ends them, and what
// does not start says why.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { PATIENCE } from './browser.js';
import { hasWebKit } from './webkit.js';

const skip = hasWebKit ? false : 'WebKit is not tested here';

/** A program that starts WebKit, says so, and stays. */
const START = `import { freshWebKit } from ${JSON.stringify(new URL('webkit.js', import.meta.url))};
const { newPage } = await freshWebKit({ url: '', prepared: '' });
await (await newPage()).goto('data:text/html,here');
console.log('started');
setInterval(() => {}, 1000);`;

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PROGRAM = ['--input-type=module', '--eval', START];

/** The processes that a process has started, and those that these have. @param {number} pid @returns {number[]} */
function startedBy(pid) {
  let children = '';
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  } catch {
    // It has ended.
  }
  return children.split(' ').filter(Boolean).map(Number).flatMap((child) => [child, ...startedBy(child)]);
}

/** Whether a process goes on. @param {number} pid */
function runs(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('of WebKit nothing is left when its test is killed', { skip }, async () => {
  const tests = spawn(process.execPath, PROGRAM, { cwd: HERE, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise((resolve) => { tests.stdout.once('data', resolve); tests.once('exit', resolve); });
  assert.equal(String(said), 'started\n');
  const started = startedBy(Number(tests.pid));
  // The display, the driver, the browser and its processes.
  assert.ok(started.length >= 4, String(started));
  tests.kill('SIGKILL');
  const end = performance.now() + PATIENCE;
  while (started.some(runs) && performance.now() < end) await sleep(50);
  assert.deepEqual(started.filter(runs), []);
});

test('WebKit that does not start says why', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'uphill-'));
  try {
    for (const [name, says] of [['WebKitWebDriver', 'no driver today'], ['Xvfb', 'no display today']]) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho '${says}' >&2\nexit 3\n`);
      chmodSync(join(folder, name), 0o755);
      const { status, stderr } = spawnSync(process.execPath, PROGRAM, {
        cwd: HERE, encoding: 'utf8', env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
      });
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(`Error: .*${name} has ended \\(3\\): ${says}\n`));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
