// The results of a benchmark as a table for a terminal.

/** @typedef {import('./bench.js').Result} Result */
/** @typedef {import('./bench-statistics.js').Spread} Spread */

const PREFIXES = ['', ' k', ' M', ' G', ' T'];

/** Three digits and a prefix. @param {number} x */
function short(x) {
  const power = Math.min(Math.max(Math.floor(Math.log10(x) / 3), 0), PREFIXES.length - 1);
  return `${plain(x / 1000 ** power)}${PREFIXES[power]}`;
}

/** Three digits, and no exponent. @param {number} x */
const plain = (x) => {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(x))));
  return x.toFixed(Math.min(decimals, 6));
};

/** @param {Spread} spread */
const range = ({ median, least, most }) => `${plain(median)} (${plain(least)}–${plain(most)})`;

/**
 * Columns as wide as their widest cell, the first one to the left.
 *
 * @param {string[][]} rows
 */
function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
  );
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** @param {Result} result */
function kernels({ kernels }) {
  const head = [
    ['kernel', 'host', 'events', 'events per t', 'time units', 'ns per', 'events', 'ns per', 'attempts', 'speed over native'],
    ['', '', 'per t', 'and site', 'per s', 'time unit', 'per s', 'event', 'per s', '(range of rounds)'],
  ];
  const rows = kernels.flatMap(({ link, metropolis, eventsPerTime, eventsPerTimeAndSite, hosts }) =>
    hosts.map((of, at) => [
      at === 0 ? link : '',
      of.host,
      at === 0 ? plain(eventsPerTime) : '',
      at === 0 ? eventsPerTimeAndSite.toExponential(2) : '',
      short(of.timePerSecond),
      plain(of.nsPerTime),
      short(of.eventsPerSecond),
      plain(of.nsPerEvent),
      metropolis ? short(of.attemptsPerSecond) : '–',
      at === 0 ? '' : range(of.speedOfNative),
    ]),
  );
  return aligned([...head, ...rows]);
}

/** @param {Result} result */
function ratios({ ratios, speedOfNative }) {
  const head = ['ratio (range of rounds)', ...speedOfNative.map(({ host }) => host)];
  return aligned([
    head,
    ...ratios.map(({ what, hosts }) => [what, ...hosts.map(range)]),
    ['wasm/native, speed, kinetic (range of kernels)', ...speedOfNative.map(range)],
  ]);
}

/** @param {Result} result */
function merit({ merit }) {
  /** @param {{value: number, error: number}} estimate */
  const known = ({ value, error }) => `${short(value)} ± ${Math.round((100 * error) / value)} %`;
  const head = ['1/(error² · s) of J', 'by rates', 'by counting', 'ratio', 'spans of t', 'without error'];
  const rows = merit.map((of) => [
    of.link,
    known(of.rate),
    known(of.count),
    `${of.ratio.value.toFixed(2)} ± ${of.ratio.error.toFixed(2)}`,
    `${of.spans} × ${short(of.span)}`,
    String(of.withoutError),
  ]);
  return aligned([head, ...rows]);
}

/** @param {Result} result */
export function table(result) {
  const { machine, browsers, load, rounds } = result;
  const { firstView, frames } = result.lab;
  return [
    `${machine}; ${browsers.join(', ')}; medians of ${rounds} rounds; load before: ${load.toFixed(1)}`,
    kernels(result),
    ratios(result),
    merit(result),
    [
      `The lab at L = 512 in Chromium: ${frames.perSecond.toFixed(0)} frames per s, the longest ${frames.longestMs.toFixed(0)} ms, at ${short(frames.eventsPerSecond)} events per s`,
      `The first view loads ${(firstView.bytes / 1000).toFixed(0)} kB gzipped, in ${Object.keys(firstView.files).length} files`,
    ].join('\n'),
  ].join('\n\n');
}
