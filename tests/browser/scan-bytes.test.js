// The same experiment gives the same file on the page and in the terminal, whatever is computed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers } from './browser.js';
import { complete, visitScan } from './scans.js';
import { scanInTerminal } from './terminal.js';

/** Each with every part that is computed: fits, exact solutions, chains, Metropolis, changes of state, added points. */
const SCANS = [
  'exp=current&L=8&beta=0.6&ms=0.5,0.8,0.95&err=0.002&relax=200&cap=20000&seed=1',
  'exp=current&L=10&beta=0.8&ms=0.99,0.997,1&err=0.0001&relax=2000&cap=200000&from=down&reps=3&seed=2',
  'exp=current&L=4&beta=0.6&ms=0.5:1:0.25&err=0.001&errc=0.004&relax=200&cap=1000000&seed=1',
  'exp=states&L=12&ms=0.9,0.999&err=0.001&relax=500&cap=20000&bc=shifted&dyn=metropolis&seed=3',
  'exp=equilibrium&Ls=6:12:2&beta=0.8&errm=0.001&relax=200&cap=50000&reps=3&seed=4',
  'exp=sizes&Ls=8,12&ms=0.9&err=0.01&relax=200&cap=20000&reps=1&seed=7',
  'exp=relation&Ls=8&betas=1&err=0.00005&errm=0.0002&relax=200&cap=100000&seed=5',
  'exp=map&L=8&ms=0:1:0.5&betas=0.2,0.6&moves=200000&seed=1',
  'exp=regimes&L=8&ms=0.5,0.9&beta=0.6&err=0.000001&relax=320&cap=32000&reps=1&seed=7',
  'exp=exact&ms=0.5&betas=0.44&err=0.001&relax=100&cap=20000&seed=6',
];

inBothBrowsers('The bytes of a scan', (stand) => {
  for (const link of SCANS) {
    test(`are those of the terminal: ${link}`, async () => {
      const terminal = scanInTerminal(link);
      const { page, errors } = await visitScan(stand, `?${link}`);
      const own = await complete(page, errors);
      // Not assert.equal: a difference would be printed whole.
      assert.ok(own === (await terminal), 'the files differ');
      assert.deepEqual(errors, []);
    });
  }
});
