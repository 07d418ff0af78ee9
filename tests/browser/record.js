// What a test has found, left as a record for the validation page, as tests/validation does in
// Rust: which engine it is of, when it was made, and what was found.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Where the records are: in cargo's target folder. */
export const RECORDS = resolve(ROOT, process.env.CARGO_TARGET_DIR || 'target', 'validation');

/**
 * @template T
 * @typedef {{engine: string, made: number, found: T}} LeftRecord `made` in seconds since 1970
 */

/**
 * Leaves a record, in the place of one of the same name.
 *
 * @param {string} name
 * @param {string} engine its version
 * @param {unknown} found
 */
export function leave(name, engine, found) {
  /** @type {LeftRecord<unknown>} */
  const record = { engine, made: Math.floor(Date.now() / 1000), found };
  mkdirSync(RECORDS, { recursive: true });
  const file = join(RECORDS, `${name}.json`);
  // Beside it first: a record is there whole or not at all.
  writeFileSync(`${file}.new`, JSON.stringify(record, null, 2));
  renameSync(`${file}.new`, file);
}
