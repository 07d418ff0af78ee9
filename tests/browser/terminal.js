// The command `uphill`, for comparing the page with it.

import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where the command is: where UPHILL says, else the newer of cargo's. */
export function command() {
  if (process.env.UPHILL) return process.env.UPHILL;
  const built = ['debug', 'release']
    .map((profile) => fileURLToPath(new URL(`../../target/${profile}/uphill`, import.meta.url)))
    .map((file) => ({ file, time: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.time - a.time)[0];
  if (built.time === 0) throw new Error('the command is missing: cargo build --bin uphill');
  return built.file;
}

/**
 * Runs a link in the terminal, measuring from the start, and returns what `--json` prints.
 *
 * @param {string} link
 * @param {number} until
 * @returns {Promise<{digest: string, events: number, link: string}>}
 */
export async function runInTerminal(link, until) {
  const given = ['run', link, '--relax', '0', '--until', String(until), '--json'];
  const { stdout } = await promisify(execFile)(command(), given);
  return JSON.parse(stdout);
}

/**
 * Carries an experiment out in the terminal and returns its result file.
 *
 * @param {string} link
 */
export async function scanInTerminal(link) {
  const folder = await mkdtemp(join(tmpdir(), 'uphill-'));
  try {
    const file = join(folder, 'result.json');
    await promisify(execFile)(command(), ['scan', link, '-o', file, '--threads', '1']);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Carries an experiment out in the terminal in shares, and returns the files of the parts and the
 * result that is merged of them.
 *
 * @param {string} link
 * @param {number} shares
 */
export async function sharesInTerminal(link, shares) {
  const folder = await mkdtemp(join(tmpdir(), 'uphill-'));
  const run = promisify(execFile);
  try {
    const parts = Array.from({ length: shares }, (_, k) => join(folder, `part-${k + 1}.json`));
    for (const [k, part] of parts.entries()) {
      await run(command(), ['scan', link, '--shard', `${k + 1}/${shares}`, '-o', part, '--threads', '1']);
    }
    const merged = join(folder, 'result.json');
    await run(command(), ['merge', ...parts, '-o', merged]);
    const contents = [...parts, merged].map((file) => readFile(file, 'utf8'));
    const [result, ...reversed] = (await Promise.all(contents)).reverse();
    return { parts: reversed.reverse(), result };
  } finally {
    await rm(folder, { recursive: true });
  }
}
