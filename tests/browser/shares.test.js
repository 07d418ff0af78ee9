// A scan that other machines computed in shares: its merged result, and a part of it, on the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers, poll } from './browser.js';
import { params, pictured, runsOn, text } from './person.js';
import { reaches, result, visitScan } from './scans.js';
import { scanInTerminal, sharesInTerminal } from './terminal.js';

/** @typedef {import('puppeteer-core').Page} Page */

const LINK = 'v=1&exp=current&L=10&beta=0.8&ms=0.99,0.997,0.999&err=0.0002&relax=2000&cap=100000&reps=2&seed=2';
const SHARES = 3;

/** @type {ReturnType<typeof sharesInTerminal> | undefined} */
let made;
/** Computed once, for both browsers. */
const computed = () => (made ??= sharesInTerminal(LINK, SHARES));

/**
 * Drops a file onto the figures.
 *
 * @param {Page} page
 * @param {string} name
 * @param {string} content
 */
const drop = (page, name, content) =>
  page.evaluate(
    (name, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name));
      const dropped = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      document.getElementById('pictures')?.dispatchEvent(dropped);
    },
    name,
    content,
  );

/** What a person sees of a scan: every picture and the table. @param {Page} page */
async function view(page) {
  await poll(page, 'the pictures to rest', () => globalThis.uphill.figures.scan?.progress().complete);
  const names = await page.evaluate(() => [...document.querySelectorAll('#pictures canvas')].map(({ id }) => id));
  /** @type {Record<string, Awaited<ReturnType<typeof pictured>>>} */
  const pictures = {};
  for (const name of names) {
    pictures[name] = await pictured(page, name, ({ colours, drawn }) => colours > 3 && drawn > 0.01);
  }
  const rows = await poll(page, 'the table', () => {
    const rows = [...document.querySelectorAll('#results tbody tr')].map((row) => row.children[0].textContent);
    return rows.length > 0 && rows;
  });
  return { pictures, rows };
}

inBothBrowsers('A scan in shares', (stand) => {
  test('is, once merged, what one machine finds: pictures, table, findings, bytes', async () => {
    const { result: merged } = await computed();
    const { page, errors } = await visitScan(stand, '?exp=states&seed=3');
    await drop(page, 'merged.json', merged);
    await reaches(page, 'complete', errors);
    assert.ok((await result(page)) === merged, 'the file is another after it was opened');
    const { findings } = JSON.parse(merged);
    assert.ok(findings.length > 0, 'this scan has nothing to find');
    await poll(page, 'the findings', (number) => document.querySelectorAll('#findings dt').length === number, { args: /** @type {const} */ ([findings.length]) });
    const seen = await view(page);
    assert.equal(Object.keys(seen.pictures).length, 2);
    for (const [name, { colours, drawn }] of Object.entries(seen.pictures)) {
      assert.ok(colours > 3 && drawn > 0.01, `${name} is empty: ${colours} colours, ${drawn} of it drawn`);
    }
    assert.deepEqual(seen.rows, ['0.990', '0.997', '0.999']);

    const alone = await scanInTerminal(LINK);
    assert.ok(alone === merged, 'one machine finds other bytes');
    assert.deepEqual(errors, []);
  });

  test('opens any of its points as a run in the tab', async () => {
    const { result: merged } = await computed();
    const { page, errors } = await visitScan(stand, '?exp=states&seed=3');
    await drop(page, 'merged.json', merged);
    await reaches(page, 'complete', errors);
    const links = await poll(page, 'the links of the points', () => {
      const links = [...document.querySelectorAll('#results tbody tr a')].map((link) => link.getAttribute('href') ?? '');
      return links.length >= 3 && links;
    });
    const wanted = links.find((link) => link.includes('m=0.997')) ?? '';
    await page.evaluate((wanted) => {
      /** @type {HTMLElement | null} */ (document.querySelector(`#results a[href="${wanted}"]`))?.click();
    }, wanted);
    await poll(page, 'the lab', () => Boolean(globalThis.uphill.lab?.simulator) && location.search.includes('m=0.997'));
    await runsOn(page, errors);
    const { lx, ly, beta, mRight, seed } = await params(page);
    assert.deepEqual({ lx, ly, beta, mRight, seed: String(seed) }, { lx: 10, ly: 10, beta: 0.8, mRight: 0.997, seed: '2' });
    assert.deepEqual(errors, []);
  });

  test('says of a part that it is one, and computes the rest if asked', async () => {
    const { parts: [part], result: merged } = await computed();
    const { page, errors } = await visitScan(stand, '?exp=states&seed=3');
    await drop(page, 'part-1.json', part);
    await poll(page, 'a word about the part', () => document.getElementById('scan-words')?.innerText.includes('share 1/3'));
    assert.match(await text(page, 'scan-words'), /uphill merge.*Run computes here what is missing/);
    const { done, tasks } = await page.evaluate(() => {
      const { done, tasks } = /** @type {NonNullable<typeof globalThis.uphill.figures.scan>} */ (globalThis.uphill.figures.scan).progress();
      return { done, tasks };
    });
    assert.ok(done > 0 && done < tasks, `${done} of ${tasks} tasks`);
    await page.click('#scan-run');
    await reaches(page, 'complete', errors);
    assert.ok((await result(page)) === merged, 'the completed part is not the merged result');
    assert.doesNotMatch(await text(page, 'scan-words'), /share 1\/3/);

    // Of another engine it cannot go on; what to do is said all the same.
    await drop(page, 'part-1.json', part.replace(/"engine":"[^"]*"/, '"engine":"of-old"'));
    await reaches(page, 'foreign', errors);
    await poll(page, 'words about both', () => /share 1\/3.*uphill merge.*of-old/.test(document.getElementById('scan-words')?.innerText ?? ''));
    assert.doesNotMatch(await text(page, 'scan-words'), /Run computes/);

    // What is no share is refused, and changes nothing.
    await drop(page, 'part-4.json', part.replace('"share":"1/3"', '"share":"4/3"'));
    await poll(page, 'a refusal', () => /part-4\.json: .*its share.*k\/n/.test(document.getElementById('result-file-notice')?.innerText ?? ''));
    assert.deepEqual(errors, []);
  });
});
