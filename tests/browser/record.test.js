// A recording of the lab: a file that begins as its name says, and that a browser plays.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { BARE, inBothBrowsers, poll, screenshot } from './browser.js';
import { runsOn } from './person.js';
import { catchSaves, nextSave } from './saves.js';

const LINK = 'L=16&m=0.9&beta=0.8&seed=4';

inBothBrowsers('A recording', (stand) => {
  test('is a film of lattice, curves and result', async () => {
    const { page, errors } = await stand.visit(`?${LINK}`);
    await runsOn(page, errors);
    await catchSaves(page);
    await page.click('#record');
    await poll(page, 'the choices', () => Boolean(document.querySelector('.recording select')));
    assert.match(await page.$eval('.recording', (place) => place.textContent ?? ''), /uphill film 'v=1&L=16&beta=0.8&m=0.9&seed=4' --to \d+ --frames/);
    await page.select('.recording select', 'Infinity');
    await page.click('.recording button');
    // Paused meanwhile, it is still a film.
    await page.evaluate(() => globalThis.uphill.lab.pause());
    await poll(page, 'a second', () => /^[1-9]\d* s, /.test(document.querySelector('.recording output')?.textContent ?? ''), { errors });
    await screenshot(page, `recording-${stand.kind}`);
    await page.click('.recording button');
    const { name, type, bytes: film } = await nextSave(page, errors);
    assert.match(name, /^uphill-L16-.*-seed4-[0-9a-f]{12}\.(mp4|webm)$/);
    const ending = name.split('.').pop();
    assert.equal(type, `video/${ending}`);
    if (ending === 'mp4') assert.equal(film.subarray(4, 8).toString(), 'ftyp');
    else assert.equal(film.subarray(0, 4).toString('hex'), '1a45dfa3');
    await poll(page, 'the word', (name) => document.querySelector('.recording output')?.textContent?.includes(name), { args: [name] });
    assert.deepEqual(errors, []);
    // The page's own policy plays no films.
    await page.goto(`${stand.url}bare.html`);
    const size = await page.evaluate((type, bytes) => new Promise((resolve, reject) => {
      const video = document.createElement('video');
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], { type }));
      video.addEventListener('error', () => reject(new Error(video.error?.message)));
      video.addEventListener('timeupdate', () => { if (video.currentTime > 0) resolve([video.videoWidth, video.videoHeight]); });
      video.play().catch(reject);
    }), type, film.toString('base64'));
    assert.deepEqual(size, [1280, 720]);
  });

  test('ends by itself after the time that was chosen', async () => {
    const { page, errors } = await stand.visit(`?${LINK}#compare=0.5`);
    await page.evaluate(() => addEventListener('click', (event) => {
      const anchor = /** @type {HTMLElement} */ (event.target).closest('a[download]');
      if (!anchor) return;
      event.preventDefault();
      Object.assign(globalThis, { film: /** @type {HTMLAnchorElement} */ (anchor).download });
    }, true));
    await page.click('#record');
    await poll(page, 'the choices', () => Boolean(document.querySelector('.recording select')));
    await page.click('.recording button');
    await poll(page, 'its end', () => /** @type {any} */ (globalThis).film, { errors });
    assert.equal(await page.$eval('.recording button', (go) => go.textContent), 'Start');
    await page.click('#record');
    await poll(page, 'it to be closed', () => document.querySelector('.recording') === null);
    assert.deepEqual(errors, []);
  });

  test('is not offered where the browser makes none', async () => {
    for (const prepare of [
      () => { Reflect.deleteProperty(globalThis, 'MediaRecorder'); },
      () => { Reflect.deleteProperty(HTMLCanvasElement.prototype, 'captureStream'); },
    ]) {
      const { page, errors } = await stand.visit(`?${LINK}`, { prepare, tab: 'own' });
      assert.equal(await page.$eval('#record', (button) => button.checkVisibility()), false);
      assert.deepEqual(errors, []);
    }
  });

  test('that fails is told in words', async () => {
    const { page } = await stand.visit(`?${LINK}`, { prepare: () => { MediaRecorder.prototype.start = () => { throw new Error('no encoder'); }; }, tab: 'own' });
    await page.click('#record');
    await poll(page, 'the choices', () => Boolean(document.querySelector('.recording select')));
    await page.click('.recording button');
    await poll(page, 'a word', () => document.getElementById('notices')?.textContent?.includes('Nothing was recorded (no encoder).'));
    assert.equal(await page.$eval('.recording button', (go) => go.textContent), 'Start');
  });
}, { pages: { 'bare.html': BARE } });
