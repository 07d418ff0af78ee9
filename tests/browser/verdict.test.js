// The page's answer: the reservoirs at ±1 drive the current down, those at ±0.998 see it climb.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inAllBrowsers, poll } from './browser.js';
import { enter, runsOn, text } from './person.js';

/**
 * Waits for a verdict; returns it as the engine has it and as the page words it, with the moves
 * that it took at most.
 *
 * @param {import('./browser.js').Visit} visit
 */
async function verdict({ page, errors }) {
  return poll(
    page,
    'a significant sign',
    () => {
      const { simulator } = globalThis.uphill.lab;
      const { direction } = simulator.observables();
      // There may be an arrow before the word.
      const shown = document.getElementById('verdict')?.innerText ?? '';
      const word = /\b(uphill|downhill)$/i.exec(shown);
      if (direction === null || word === null) return null;
      return { direction, word: word[0].toLowerCase(), moves: simulator.events };
    },
    { errors },
  );
}

/** What a phone makes in ten seconds, which is how long somebody waits for an answer. */
const MOVES = 2e7;
/** Readings of word and sentence. */
const READINGS = 40;

inAllBrowsers('The verdict', (stand) => {
  for (const [m, expected] of [
    ['1', 'downhill'],
    ['0.998', 'uphill'],
  ]) {
    test(`at m₊ = ${m} is ${expected}`, async (t) => {
      // The seed is fixed, since at m₊ = 1 some runs take ten times as long as others to show an error.
      const { direction, word, moves } = await verdict(await stand.visit(`?m=${m}&seed=1`));
      t.diagnostic(`m = ${m}: ${word} after ${moves} moves`);
      assert.equal(direction, expected);
      assert.equal(word, expected);
    });
  }

  test('comes soon on the page as it opens', async (t) => {
    const { word, moves } = await verdict(await stand.visit());
    t.diagnostic(`default: ${word} after ${moves} moves`);
    assert.equal(word, 'uphill');
    assert.ok(moves < MOVES, `${moves} moves`);
  });

  test('is one with the sentence below it, at every reading', async () => {
    const { page, errors } = await stand.visit('?m=0.998&seed=1');
    let given = 0;
    for (let reading = 0; reading < READINGS; reading += 1) {
      const { word, sentence } = await page.evaluate(() => ({
        word: document.getElementById('verdict')?.innerText ?? '',
        sentence: document.querySelector('.result [data-part=sentence]')?.textContent ?? '',
      }));
      const [said] = /uphill|downhill/i.exec(word) ?? [];
      if (said) {
        given += 1;
        assert.match(sentence, new RegExp(`^${said}\\b`, 'i'), `under ${word}`);
      }
      if (given === 0) await verdict({ page, errors });
      await runsOn(page, errors);
    }
    assert.ok(given > READINGS / 2, `${given} words`);
  });

  test('is not given where there is no gradient', async () => {
    const { page } = await stand.visit('?m=0&seed=1&L=16');
    await poll(page, 'a long run', () => globalThis.uphill.lab.simulator.events > 1e6);
    assert.doesNotMatch(await text(page, 'verdict'), /uphill|downhill/i);
  });

  test('has arrowheads where there is a gradient, and none where m₊ = m₋', async () => {
    const { page, errors } = await stand.visit('?m=0.9&mL=0.5&beta=0.6&L=8&seed=1');
    /** Waits until the arrows of gradient and current have heads, or have none. @param {boolean} heads */
    const have = (heads) => poll(page, heads ? 'heads' : 'no heads', (heads) => ['gradient', 'current'].every((which) => {
      const arrow = document.querySelector(`.arrows .arrow.${which}`);
      const [line, head] = ['line', 'path'].map((part) => arrow?.querySelector(part));
      return line?.checkVisibility() && head && (head.getBoundingClientRect().width > 0) === heads;
    }), { args: [heads] });
    await have(true);
    await enter(page, 'ml-field', '0.9');
    await have(false);
    await poll(page, 'it in words', () => /^The magnetization is the same at both ends\./.test(document.querySelector('.arrows')?.getAttribute('aria-label') ?? ''));
    await enter(page, 'ml-field', '-0.5');
    await have(true);
    assert.deepEqual(errors, []);
  });
});
