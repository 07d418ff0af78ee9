// The view of the figures: a small scan from beginning to end, its files, settings and links, and
// the ways to the lab and back.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inBothBrowsers, poll } from './browser.js';
import { pictured, runsOn, text } from './person.js';
import {
  complete,
  ENDLESS,
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

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * Hands the page a file in its dialog.
 *
 * @param {Page} page
 * @param {string} name
 * @param {string} content
 * @param {number} [padding] bytes of nothing after it
 */
const choose = (page, name, content, padding = 0) =>
  page.evaluate(
    (name, content, padding) => {
      const field = /** @type {HTMLInputElement} */ (document.getElementById('result-file'));
      const transfer = new DataTransfer();
      transfer.items.add(new File([content, new Uint8Array(padding)], name));
      field.files = transfer.files;
      field.dispatchEvent(new Event('change'));
    },
    name,
    content,
    padding,
  );

/**
 * Makes what the page would hand out as files available to the test.
 *
 * @param {Page} page
 */
const catchFiles = (page) =>
  page.evaluate(() => {
    globalThis.handedOver = [];
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (/** @type {Blob} */ blob) => {
      blob.arrayBuffer().then((bytes) => {
        const head = [...new Uint8Array(bytes.slice(0, 24))];
        const content = blob.type === 'image/png' ? head.join() : new TextDecoder().decode(bytes);
        globalThis.handedOver.push(`${blob.type} ${content}`);
      });
      return make(blob);
    };
    HTMLAnchorElement.prototype.click = () => {};
  });

/**
 * Presses a button and returns the file that it makes.
 *
 * @param {Page} page
 * @param {string} selector
 */
async function fileOf(page, selector) {
  await page.evaluate((selector) => {
    globalThis.handedOver.length = 0;
    /** @type {HTMLElement | null} */ (document.querySelector(selector))?.click();
  }, selector);
  return poll(page, `a file of ${selector}`, () => globalThis.handedOver[0]);
}

inBothBrowsers('The figures', (stand) => {
  test('run a small scan from beginning to end', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    assert.match(await text(page, 'scan-words'), /3 points, 6 tasks.*0\.002/);
    assert.equal(await page.evaluate(() => globalThis.uphill.lab), undefined);
    await complete(page, errors);
    await poll(page, 'the line to say so', () =>
      /^100.% · 6 of 6 tasks done · .*moves/.test(
        document.getElementById('scan-line')?.innerText ?? '',
      ),
    );
    const table = await poll(page, 'the table', () => {
      const rows = globalThis.uphill.figures.scan?.table().rows.length ?? 0;
      const shown = [...document.querySelectorAll('#results tbody tr')];
      return rows > 0 && shown.length === rows && {
        caption: document.querySelector('#results caption')?.textContent,
        heads: document.querySelectorAll('#results thead th[scope=col]').length,
        cells: shown.map((row) => row.children.length),
        done: shown.every((row) => row.textContent?.includes('100')),
      };
    });
    assert.ok(table.caption);
    assert.ok(table.done);
    assert.deepEqual([...new Set(table.cells)], [table.heads]);
    const findings = await page.evaluate(() => globalThis.uphill.figures.scan?.findings().length);
    await poll(page, 'the findings', (number) =>
      document.querySelectorAll('#findings dd').length >= Math.max(1, Number(number)), { args: [findings] });
    assert.equal(await text(page, 'notices'), '');
    assert.deepEqual(errors, []);
  });

  for (const kind of ['current', 'states', 'equilibrium', 'relation', 'match', 'sizes', 'map', 'regimes', 'exact']) {
    test(`show ${kind}, and draw something`, async () => {
      const tiny = { states: 'ms=0.998,0.9995&L=16', equilibrium: 'Ls=8,10,12', relation: 'Ls=8&betas=0.8', sizes: 'Ls=8,10,12&ms=0.9', map: 'L=8&ms=0.5:1:0.25&betas=0.2:0.8:0.2&moves=30000', exact: 'ms=0.5&betas=0.44&err=0.002' }[kind] ?? 'L=8&ms=0.5,0.9';
      const { page, errors } = await visitScan(stand, `?exp=${kind}&${tiny}&seed=1&relax=100${kind === 'map' ? '' : '&cap=2000'}`);
      await complete(page, errors);
      const name = await page.evaluate(() => globalThis.uphill.figures.scan?.pictures()[0].name);
      // Axes, their smoothed labels and points.
      const { width, height } = await pictured(page, `picture-${name}`, ({ colours }) => colours >= 12);
      assert.ok(width >= 200 && height >= 80, `${width} × ${height} pixels`);
      assert.deepEqual(errors, []);
    });
  }

  test('hand out CSV, JSON, SVG and PNG', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    const json = await complete(page, errors);
    await catchFiles(page);
    same(await fileOf(page, '#save-json'), `application/json ${json}`);
    assert.match(await fileOf(page, '#save-csv'), /^text\/csv # Uphill.*\nLx,Ly,.*\n8,8,\d+\.\d/s);
    await page.select('#csv-decimal', 'comma');
    assert.match(await fileOf(page, '#save-csv'), /^text\/csv # Uphill.*\nLx;Ly;.*\n8;8;\d+,\d/s);
    assert.match(await fileOf(page, '.picture .svg'), /^image\/svg\+xml <svg.*<\/svg>/s);
    const png = (await fileOf(page, '.picture .png')).replace('image/png ', '').split(',').map(Number);
    assert.deepEqual(png.slice(1, 4), [80, 78, 71]);
    const width = (png[18] << 8) + png[19];
    assert.ok(width >= 2000, `the PNG has ${width} pixels across`);
    assert.deepEqual(errors, []);
  });

  test('open a result, by dialog and dropped', async () => {
    const json = await uninterrupted(SHORT);
    const { page, errors } = await visitScan(stand, '?exp=states&seed=3');
    await choose(page, 'result.json', json);
    await poll(page, 'the result', () => globalThis.uphill.figures.scan?.kind === 'current');
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.state), 'complete');
    same(await result(page), json);
    await poll(page, 'the address', () => location.search.includes('exp=current'));
    await page.evaluate(() => globalThis.uphill.figures.open('exp=exact&seed=3'));
    await page.evaluate((json) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([json], 'result.json'));
      dataTransfer.items.add(new File(['{}'], 'another.json'));
      const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      document.getElementById('pictures')?.dispatchEvent(drop);
    }, json);
    await poll(page, 'the result', () => globalThis.uphill.figures.scan?.kind === 'current');
    same(await result(page), json);
    await poll(page, 'that the second was left', () => document.getElementById('result-file-notice')?.textContent?.startsWith('Opened result.json alone, and not the other file'));
    assert.deepEqual(errors, []);
  });

  test('say what is wrong with a file, and change nothing', async () => {
    const json = await uninterrupted(SHORT);
    const { page, errors } = await visitScan(stand, SHORT);
    const before = await result(page);
    for (const [name, content, padding, words] of /** @type {[string, string, number, RegExp][]} */ ([
      ['notes.txt', 'The current climbs.', 0, /notes\.txt: this is not a result of Uphill/],
      ['other.json', '{"format": "another", "v": 1}', 0, /not a result of Uphill/],
      ['cut.json', json.slice(0, json.length / 2), 0, /not a result|damaged/],
      ['later.json', json.replace('"v":2', '"v":3'), 0, /format 3.*formats 1 to 2/],
      ['fewer.json', json.replace('reps=3', '').replace('ms=0.5,', 'ms='), 0, /damaged: 6 tasks/],
      ['spins.json', json.replace(/"spins":"./, '"spins":"z'), 0, /damaged/],
      ['large.json', json, 64 * 2 ** 20, /large\.json has 671\d+ bytes: allowed.*67108864/],
    ])) {
      await choose(page, name, content, padding);
      await poll(
        page,
        `a word about ${name}`,
        (name) => document.getElementById('result-file-notice')?.innerText.includes(name),
        { args: [name] },
      );
      assert.match(await text(page, 'result-file-notice'), words);
      same(await result(page), before);
    }
    assert.deepEqual(errors, []);
  });

  test('show results of another engine without going on', async () => {
    const json = await uninterrupted(SHORT);
    const foreign = json.replace(/"engine":"[^"]*"/, '"engine":"of-old"').replace(/"status":"[a-z]+"/, '"status":"measuring"');
    const { page, errors } = await visitScan(stand, '?exp=exact&seed=3');
    await choose(page, 'result.json', foreign);
    await reaches(page, 'foreign', errors);
    await poll(page, 'a word', () => /of-old/.test(document.getElementById('scan-words')?.innerText ?? ''));
    assert.ok(await page.evaluate(() => document.querySelector('#scan-run')?.matches(':disabled')));
    assert.deepEqual(errors, []);
  });

  test('refine a finished scan to the bytes of a finer one', async () => {
    const finer = SHORT.replace('err=0.002', 'err=0.001').replace(/cap=(\d+)/, 'cap=$10');
    const expected = await uninterrupted(finer);
    const { page, errors } = await visitScan(stand, SHORT);
    await complete(page, errors);
    assert.match(await text(page, 'scan-refine'), /0\.001/);
    await poll(page, 'it to be saved', () => globalThis.uphill.figures.runner.saved > 0);
    await page.click('#scan-refine');
    await poll(page, 'the finer scan', () => location.search.includes('err=0.001'));
    await reaches(page, 'complete', errors);
    same(await result(page), expected);
    assert.deepEqual(errors, []);
  });

  test('begin at once where the fragment says run', async () => {
    const { page, errors } = await visitScan(stand, `${SHORT}#run`);
    await reaches(page, 'complete', errors);
    assert.deepEqual(errors, []);
  });

  test('cancel at once, and go on or start anew', async () => {
    const expected = await uninterrupted(LONGER);
    const { page, errors } = await visitScan(stand, LONGER);
    await hold(page);
    await page.click('#scan-run');
    await isUnderWay(page);
    await page.click('#scan-cancel');
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.pool.busy), 0);
    await reaches(page, 'cancelled', errors);
    assert.match(await text(page, 'scan-words'), /Cancelled/);
    await letGo(page);
    await page.click('#scan-anew');
    await reaches(page, 'complete', errors);
    same(await result(page), expected);
    assert.deepEqual(errors, []);
  });

  test('have settings that complain by name and else make another scan', async () => {
    const { page, errors } = await visitScan(stand, ENDLESS);
    await page.click('#scan-run');
    await isUnderWay(page);
    // By keyboard: findings that grow above it move it about under a pointer.
    await page.focus('#scan-more > summary');
    await page.keyboard.press('Enter');
    const set = async (/** @type {string} */ key, /** @type {string} */ value) => {
      await page.focus(`#set-${key}`);
      await page.evaluate((key) => {
        /** @type {HTMLInputElement} */ (document.getElementById(`set-${key}`)).select();
      }, key);
      await page.keyboard.type(value);
      await page.keyboard.press('Enter');
    };
    await set('beta', '-1');
    const complaint = await poll(page, 'a complaint', () =>
      document.getElementById('set-beta-notice')?.innerText,
    );
    assert.match(complaint, /beta=-1: allowed/);
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.state), 'running');
    await set('beta', '0.7');
    await poll(page, 'the other scan', () => location.search.includes('beta=0.7'));
    assert.match(await text(page, 'notices'), /Figure 2 was paused at .*saved.*beta=0\.6/s);
    assert.equal(await page.evaluate(() => globalThis.uphill.figures.state), 'ready');
    await page.click('button[data-kind="equilibrium"]');
    await poll(page, 'the other kind', () => location.search.includes('exp=equilibrium'));
    assert.equal(await page.$('#set-ms'), null);
    assert.ok(await page.$('#set-Ls'));
    assert.deepEqual(errors, []);
  });

  test('answer bad keys of a link by name', async () => {
    const { page, errors } = await visitScan(stand, '?exp=current&ms=2&foo=1&Ls=10&seed=1');
    const notices = await text(page, 'notices');
    for (const word of ['ms=2', 'foo', 'Ls']) assert.ok(notices.includes(word), `no ${word} in: ${notices}`);
    assert.deepEqual(errors, []);
  });

  test('and the lab take turns, and the address with them', async () => {
    const { page, errors } = await visitScan(stand, LONGER);
    await hold(page);
    await page.click('#scan-run');
    await isUnderWay(page);
    await page.click('#to-lab');
    await poll(page, 'the lab', () => globalThis.uphill.lab?.playing);
    assert.ok(await page.evaluate(() => !document.getElementById('figures')?.checkVisibility()));
    await runsOn(page, errors);
    await page.click('#to-figures');
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.playing), false);
    assert.match(await page.evaluate(() => location.search), /exp=current/);
    await page.goBack();
    await poll(page, 'the lab again', () => globalThis.uphill.lab.playing);
    assert.doesNotMatch(await page.evaluate(() => location.search), /exp=/);
    await page.goBack();
    await poll(page, 'the figures again', () => document.getElementById('figures')?.checkVisibility());
    await letGo(page);
    await reaches(page, 'complete', errors);
    same(await result(page), await uninterrupted(LONGER));
    assert.deepEqual(errors, []);
  });

  test('open a point in the lab', async () => {
    // What is read off its points takes two lines, which must not go when the button takes the focus.
    const { page, errors } = await visitScan(stand, SHORT.replace(/cap=\d+/, 'cap=2000'));
    await complete(page, errors);
    await poll(page, 'the points', () =>
      Number(document.querySelector('.picture .probe')?.getAttribute('aria-valuemax')) > 0,
    );
    await page.focus('.picture .probe');
    await page.keyboard.press('Home');
    const read = () => page.evaluate(() => document.querySelector('.picture output')?.textContent);
    for (let tries = 0; tries < 20 && !(await read())?.includes('m₊ = 0.80'); tries += 1) {
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Enter');
    const words = await page.evaluate(() => document.querySelector('.point-line .words')?.textContent);
    assert.match(words ?? '', /m₊ = 0\.80/);
    const lines = await page.$eval('.picture output', (output) => output.getClientRects()[0].height / parseFloat(getComputedStyle(output).lineHeight));
    assert.ok(lines > 1.9, `${lines} lines`);
    await page.click('.point-line .curve');
    assert.deepEqual(await page.evaluate(() => globalThis.uphill.figures.pictures.chosen), [1]);
    await page.click('.point-line .to-lab');
    await poll(page, 'the lab', () => globalThis.uphill.lab?.simulator);
    const { mRight, mLeft, lx, beta } = await page.evaluate(() => globalThis.uphill.lab.simulator.params());
    assert.deepEqual({ mRight, mLeft, lx, beta }, { mRight: 0.8, mLeft: -0.8, lx: 8, beta: 0.6 });
    await page.goBack();
    await opened(page, errors);
    await page.evaluate(() => {
      /** @type {HTMLElement | null} */ (document.querySelector('#results tbody tr:last-child a'))?.click();
    });
    await poll(page, 'the other point', () => globalThis.uphill.lab.simulator.params().mRight === 0.95);
    assert.deepEqual(errors, []);
  });
});
