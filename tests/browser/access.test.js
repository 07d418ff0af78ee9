// A page for everybody: axe-core finds nothing to complain of in any view, light or dark; the
// pictures say in words what they show, and seldom aloud; whoever wants little motion, much
// contrast or their own colours gets them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { inBothBrowsers, inChromium, poll, screenshot } from './browser.js';
import { drawn, openMore, pictured } from './person.js';
import { complete, opened, SHORT, visitScan } from './scans.js';

/** @typedef {import('puppeteer-core').Page} Page */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe complains of, a line for each element: all its rules for WCAG 2.2 up to AA and for good
 * practice, or those of colours alone.
 *
 * @param {Page} page
 * @param {'all' | 'of colours'} [rules]
 */
async function complaints(page, rules = 'all') {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, {
      ...(rules === 'all'
        // Not yet on by itself.
        ? { rules: { 'target-size': { enabled: true } } }
        : { runOnly: ['color-contrast', 'link-in-text-block'] }),
      resultTypes: ['violations'],
    });
    return violations.flatMap((/** @type {import('axe-core').Result} */ { id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`));
  }, rules);
}

/**
 * The views, and what a person does to see all of each.
 *
 * @type {[name: string, address: string, act: (page: Page, errors: string[]) => Promise<unknown>][]}
 */
const VIEWS = [
  ['the lab', '?m=0.999&seed=1', async (page) => {
    await openMore(page);
    await page.click('#lab-help > summary');
    await poll(page, 'an error of the current', () => globalThis.uphill.lab.first.word !== null);
  }],
  ['the lab with a notice, beside another run', '?m=7&seed=1#compare=0.9', async (page) => {
    await poll(page, 'the notice', () => Boolean(document.querySelector('#notices p')));
    await poll(page, 'the second run', () => globalThis.uphill.lab.second !== null);
    await page.focus('#beta-field');
    await page.keyboard.type('x\n');
    await poll(page, 'the complaint', () => document.getElementById('beta-field-notice')?.textContent);
  }],
  ['figures before a scan', SHORT, async (page, errors) => {
    await opened(page, errors);
    await poll(page, 'the pictures', () => Boolean(document.querySelector('.picture')));
    await page.click('#scan-more > summary');
    await page.click('#figures-help > summary');
  }],
  ['figures with a result', SHORT, async (page, errors) => {
    await opened(page, errors);
    if (await page.evaluate(() => globalThis.uphill.figures.state !== 'complete')) await complete(page, errors);
    await poll(page, 'the table', () => document.querySelectorAll('#results tbody tr').length > 0);
    await poll(page, 'the findings', () => document.querySelectorAll('#findings dd').length > 1);
  }],
  ['the lab in German', '?lang=de&m=0.999&seed=1', async (page) => {
    await openMore(page);
    await poll(page, 'an error of the current', () => globalThis.uphill.lab.first.word !== null);
  }],
  ['figures in German', SHORT.replace('?', '?lang=de&'), async (page, errors) => {
    await opened(page, errors);
    await poll(page, 'the pictures', () => Boolean(document.querySelector('.picture')));
  }],
  ['about', '?seed=2#about', async (page) => {
    await page.click('#kept > summary');
    await poll(page, 'what is kept', () => !/Looking/.test(document.getElementById('kept-words')?.textContent ?? ''));
  }],
  ['the tour', '?m=0.999&seed=1#tour=1', (page, errors) => poll(page, 'the tour', () => Boolean(document.querySelector('#to-tour[aria-current]')), { errors })],
  ['the keys', '?seed=1', async (page) => {
    await page.keyboard.type('?');
    await poll(page, 'the dialog', () => Boolean(document.querySelector('#shortcuts[open]')));
  }],
  ['the dialog for embedding', '?seed=1', async (page) => {
    await page.click('#embed');
    await poll(page, 'the dialog', () => Boolean(document.querySelector('#embed-dialog[open]')));
  }],
  ['the share sheet', '?seed=1', async (page) => {
    await page.click('#share');
    await poll(page, 'the picture', () => Boolean(document.querySelector('#share-dialog .share-picture button')));
  }],
  ['the large code', '?seed=1', async (page) => {
    await page.keyboard.press('q');
    await poll(page, 'the code', () => Boolean(document.querySelector('#qr-screen[open]')));
  }],
  ['the presenter’s view', '?seed=1', async (page) => {
    await page.keyboard.press('v');
    await poll(page, 'the view', () => Boolean(document.getElementById('leave-presenter')));
  }],
  ['a frame of the lab', '?embed=lab&seed=1', (page) => pictured(page, 'lattice', ({ colours }) => colours > 1)],
  ['a frame of a plot', '?embed=plot&seed=1', (page) => pictured(page, 'plot-integrated', ({ colours }) => colours > 1)],
  ['a frame of a figure', `${SHORT}&embed=figure`, async (page, errors) => {
    await opened(page, errors);
    await poll(page, 'the pictures', () => Boolean(document.querySelector('.picture')));
  }],
  ['the validation page', 'validation.html', (page) => page.evaluate(() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
  })],
];

/** Has the page in light or dark colours, as chosen on it where it has the choice. @param {Page} page @param {'light' | 'dark'} scheme */
async function colour(page, scheme) {
  if (await page.$('#theme')) await page.select('#theme', scheme);
  else await page.evaluate((scheme) => { document.documentElement.dataset.theme = scheme; }, scheme);
}

// In one browser: what axe reads is the document, which is the same in the other.
inChromium('Access', (stand) => {
  for (const [name, address, act] of VIEWS) {
    test(`axe finds nothing in ${name}`, async () => {
      const started = address.includes('seed=') && !address.includes('exp=');
      const { page, errors } = await stand.visit(address, { started });
      await act(page, errors);
      await colour(page, 'light');
      assert.deepEqual(await complaints(page), []);
      // Other colours change nothing for the other rules.
      await colour(page, 'dark');
      assert.deepEqual(await complaints(page, 'of colours'), []);
      assert.deepEqual(errors, []);
    });
  }
});

/** Runs before the page's own scripts: notes the frames in which the lattice is drawn, by their times. */
function noteDrawings() {
  const { clearRect } = CanvasRenderingContext2D.prototype;
  const notes = /** @type {{drawn: Set<number>}} */ (/** @type {unknown} */ (globalThis));
  notes.drawn = new Set();
  CanvasRenderingContext2D.prototype.clearRect = function clear(...where) {
    if (this.canvas.id === 'lattice') notes.drawn.add(Number(document.timeline.currentTime));
    return clearRect.apply(this, where);
  };
}

inChromium('Little motion', (stand) => {
  const media = { 'prefers-reduced-motion': 'reduce' };

  test('the run waits for a person, and is drawn twice a second', async () => {
    const { page, errors } = await stand.visit('?m=0.999&seed=1', { media, prepare: noteDrawings });
    await poll(page, 'the first state to be drawn', () => /** @type {any} */ (globalThis).drawn.size > 0);
    await drawn(page, 20);
    await screenshot(page, 'little-motion');
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.simulator.events), 0);
    assert.match(await page.$eval('#waits', (words) => /** @type {HTMLElement} */ (words).innerText), /little motion.*Play/s);
    assert.deepEqual(await complaints(page), []);
    await page.click('#waits-play');
    await poll(page, 'the run', () => globalThis.uphill.lab.simulator.events > 0);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'play');
    await page.evaluate(() => /** @type {any} */ (globalThis).drawn.clear());
    // What a change draws anew comes at once.
    await poll(page, 'the drawings after it', () => /** @type {any} */ (globalThis).drawn.size >= 4);
    const events = await page.evaluate(() => {
      /** @type {any} */ (globalThis).drawn.clear();
      return globalThis.uphill.lab.simulator.events;
    });
    const frames = await poll(page, 'four drawings', () => {
      const { drawn } = /** @type {any} */ (globalThis);
      return drawn.size >= 4 && [.../** @type {Set<number>} */ (drawn)];
    });
    const gaps = frames.slice(1).map((at, number) => at - frames[number]);
    assert.ok(gaps.every((gap) => gap >= 500), `${gaps} ms between two drawings`);
    assert.ok((await page.evaluate(() => globalThis.uphill.lab.simulator.events)) > events);
    assert.equal(await page.$eval('#waits', (words) => words.getClientRects().length), 0);
    assert.deepEqual(errors, []);
  });

  test('the steps of the tour wait as well, and are run when asked for', async () => {
    const { page, errors } = await stand.visit('?m=0.999&seed=1#tour=1', { media });
    await poll(page, 'the tour', () => Boolean(document.querySelector('#to-tour[aria-current]')), { errors });
    await page.click('#tour-next');
    await poll(page, 'the second step', () => location.hash === '#tour=2');
    await drawn(page, 10);
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.playing), false);
    await page.click('#play');
    await page.click('#tour-next');
    await poll(page, 'the third step', () => location.hash === '#tour=3');
    await drawn(page, 10);
    assert.equal(await page.evaluate(() => globalThis.uphill.lab.playing), true);
    assert.deepEqual(errors, []);
  });

  test('a link that says #play plays', async () => {
    const { page, errors } = await stand.visit('?m=0.999&seed=1#play', { media });
    await poll(page, 'the run', () => globalThis.uphill.lab.playing && globalThis.uphill.lab.simulator.events > 0);
    assert.deepEqual(errors, []);
  });

  test('nothing glides', async () => {
    const { page } = await stand.visit('?seed=1', { media });
    const gliding = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
      const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
      return [transitionDuration, animationDuration].some((time) => parseFloat(time) > 0) || scrollBehavior === 'smooth';
    }).map(({ tagName, id }) => `${tagName}#${id}`));
    assert.deepEqual(gliding, []);
  });
});

/**
 * Contrast of the two commonest colours of a picture, after WCAG.
 *
 * @param {Page} page
 * @param {string} id
 */
const contrastWithin = (page, id) => page.evaluate((id) => {
  const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById(id));
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 255) continue;
    const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const [low, high] = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([colour]) => {
    const [r, g, b] = colour.split(',').map((part) => (Number(part) / 255 <= 0.04045 ? Number(part) / 255 / 12.92 : ((Number(part) / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}, id);

inChromium('Much contrast', (stand) => {
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    for (const [asked, media, least] of /** @type {const} */ ([
      ['more contrast', { 'prefers-contrast': 'more' }, 3],
      ['a palette of their own', { 'forced-colors': 'active' }, 15],
    ])) {
      test(`for whoever asks for ${asked}, ${scheme}`, async () => {
        const { page, errors } = await stand.visit('?m=0.999&seed=1', { media, scheme });
        await poll(page, 'a sign', () => globalThis.uphill.lab.first.word !== null);
        await drawn(page);
        await screenshot(page, `${Object.keys(media)[0]}-${scheme}`);
        assert.ok((await contrastWithin(page, 'lattice')) >= least, `${await contrastWithin(page, 'lattice')}`);
        // What has the focus, what is pressed, and the edges of what can be pressed.
        const seen = await page.evaluate(() => {
          const bright = (/** @type {string} */ colour) => {
            const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map((part) => (Number(part) / 255 <= 0.04045 ? Number(part) / 255 / 12.92 : ((Number(part) / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
          };
          const apart = (/** @type {string} */ a, /** @type {string} */ b) => Math.max(bright(a), bright(b)) / Math.min(bright(a), bright(b));
          const style = (/** @type {string} */ id) => getComputedStyle(/** @type {HTMLElement} */ (document.getElementById(id)));
          const paper = getComputedStyle(document.body).backgroundColor;
          document.getElementById('reset')?.focus();
          const { outlineStyle, outlineWidth, outlineColor } = style('reset');
          return {
            focus: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 ? apart(outlineColor, paper) : 0,
            button: apart(style('reset').borderTopColor, paper),
            field: apart(style('m-field').borderTopColor, paper),
            words: apart(style('reset').color, style('reset').backgroundColor),
            pressed: apart(style('view-spins').color, style('view-spins').backgroundColor),
            distinct: style('view-spins').backgroundColor !== style('view-gas').backgroundColor ? 21 : 0,
          };
        });
        for (const [part, contrast] of Object.entries(seen)) assert.ok(contrast >= (part === 'words' || part === 'pressed' ? 4.5 : 3), `${part}: ${contrast}`);
        assert.deepEqual(await complaints(page), []);
        assert.deepEqual(errors, []);
      });
    }
  }
});

/** What was told aloud, and between which times, in ms of the page's clock. @typedef {{from: number, to: number, words: string}} Told */

/** What a picture says of itself. @param {Page} page @param {string} id */
const label = (page, id) => page.$eval(`#${id}`, (canvas) => canvas.getAttribute('aria-label') ?? '');

/** The same, once it says this: pictures are renewed one after the other. @param {Page} page @param {string} id @param {RegExp} what */
const says = (page, id, what) => poll(page, `${id} to say ${what}`, (id, source) => {
  const text = document.getElementById(id)?.getAttribute('aria-label') ?? '';
  return new RegExp(source).test(text) && text;
}, { args: [id, what.source] });

/** Runs before the page's own scripts: notes what is told aloud, by a clock that goes ten times as fast. */
function noteTold() {
  const [now, request] = [performance.now.bind(performance), globalThis.requestAnimationFrame];
  performance.now = () => 10 * now();
  // The page looks at its clock at some time between the beginning of a frame and what it tells in it.
  let frame = 0;
  globalThis.requestAnimationFrame = (draw) => request((time) => {
    frame = performance.now();
    draw(10 * time);
  });
  addEventListener('DOMContentLoaded', () => {
    const told = /** @type {Told[]} */ (/** @type {any} */ (globalThis).told = []);
    const news = document.getElementById('news');
    if (news) new MutationObserver(() => told.push({ from: frame, to: performance.now(), words: news.textContent ?? '' })).observe(news, { childList: true, characterData: true, subtree: true });
  });
}

inBothBrowsers('In words', (stand) => {
  test('the pictures of a run say what they show, as it goes on', async () => {
    const { page, errors } = await stand.visit('?L=10&m=0.995&seed=2');
    await poll(page, 'a sign', () => globalThis.uphill.lab.first.word === 'uphill');
    await poll(page, 'the sign in words', () => /Uphill, J = \d.*Spins: (step|one bump|two bumps|other).*m\(1\) = −\d.*m\(Lx\) = \d/.test(document.getElementById('lattice')?.getAttribute('aria-label') ?? ''));
    assert.match(await label(page, 'lattice'), /^Lattice of 10 by 10 spins\. /);
    await says(page, 'plot-integrated', /^integrated current against time\. At its end: .*\d.*\. Uphill, J = /);
    await says(page, 'plot-profile', /^magnetization profile\. In the time average: .*m\(Lx\) = \d/);
    await says(page, 'plot-mean', /^running mean of the current against time\. .*Uphill, J = /);
    await page.evaluate(() => globalThis.uphill.lab.pause());
    await poll(page, 'the last values', () => document.getElementById('lattice')?.getAttribute('aria-label')?.includes(globalThis.uphill.lab.first.observables.current.text));
    await page.evaluate(() => globalThis.uphill.lab.restart('res=off&seed=1'));
    await poll(page, 'the other run', () => /40 by 40 spins\. Equilibrium/.test(document.getElementById('lattice')?.getAttribute('aria-label') ?? ''));
    assert.deepEqual(errors, []);
  });

  test('of two runs, each of its own', async () => {
    const { page } = await stand.visit('?m=0.999&seed=1#compare=0.9');
    await poll(page, 'both', () => /Second run: /.test(document.getElementById('plot-integrated')?.getAttribute('aria-label') ?? ''));
    assert.match(await label(page, 'lattice-second'), /^Lattice of 40 by 40 spins\. .*, J = /);
  });

  test('the pictures of a scan say how many points they have, between what, and what was found', async () => {
    const { page, errors } = await visitScan(stand, SHORT);
    await poll(page, 'the pictures', () => Boolean(document.querySelector('#picture-current')));
    assert.match(await label(page, 'picture-current'), /^Current J against .*: (none of 3 points drawn yet|3 points drawn)/);
    await complete(page, errors);
    const words = await says(page, 'picture-current', /: \d points drawn; the table lists them\. Lowest: m₊ = 0\.\d+, .*: J = .*\. Highest: m₊ = 0\.\d+, .*: J = .*\. m_crit: Where J vanishes/);
    assert.doesNotMatch(words, /\.\.|undefined|NaN/);
    assert.doesNotMatch(await page.$eval('#findings-news', (news) => news.textContent ?? ''), /\.\./);
    assert.deepEqual(errors, []);
  });

  test('a run is told aloud when its sign appears, and else seldom', async () => {
    const { page, errors } = await stand.visit('?L=16&m=1&seed=1', { prepare: noteTold });
    /** @returns {Promise<Told[]>} */
    const told = () => page.evaluate(() => /** @type {any} */ (globalThis).told);
    /** Waits for so many ms of the page's clock. @param {number} time */
    const wait = async (time) => {
      const now = await page.evaluate(() => performance.now());
      await poll(page, `${time} ms of its clock`, (end) => performance.now() > end, { args: [now + time] });
    };
    await poll(page, 'the sign aloud', () => /** @type {any} */ (globalThis).told.some((/** @type {Told} */ { words }) => /^Downhill, J = −/.test(words)));
    const { role, live } = await page.$eval('#news', (news) => ({ role: news.getAttribute('role'), live: news.getAttribute('aria-live') ?? 'polite' }));
    assert.deepEqual({ role, live }, { role: 'status', live: 'polite' });
    await wait(45_000);
    const all = await told();
    assert.ok(all.length > 1, JSON.stringify(all));
    for (const [number, { to }] of all.slice(1).entries()) assert.ok(to - all[number].from >= 5000, JSON.stringify(all));
    const key = (/** @type {string} */ text) => text.replace(/, J = .*?\. Spins/, '. Spins').replace(/m\(1\).*/, '');
    const repeated = all.filter(({ to, words }, number) => number > 0 && key(words) === key(all[number - 1].words) && to - all[number - 1].from < 20_000);
    assert.deepEqual(repeated, []);
    // A run that is paused says nothing more.
    await page.evaluate(() => globalThis.uphill.lab.pause());
    await drawn(page);
    const { length } = await told();
    await wait(30_000);
    assert.equal((await told()).length, length);
    assert.deepEqual(errors, []);
  });
});
