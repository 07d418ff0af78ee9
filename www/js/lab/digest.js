// Running to a time exactly, and the digest that a terminal can be compared by.

import { numberIn } from '../../engine/lab.js';
import { copy } from '../address/link.js';
import { button, element, input, say } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { fieldNotice } from '../ground/notices.js';
import { lab as words } from '../words/page.js';

/** @param {import('./lab.js').Lab} lab */
export function startDigest(lab) {
  const until = input('until');
  element('until-form').addEventListener('submit', (event) => {
    event.preventDefault();
    guarded(() => {
      const text = until.value.trim();
      const time = numberIn(text);
      const now = lab.simulator.time;
      const allowed = time > now;
      fieldNotice(until, allowed ? '' : words.until(text, now));
      if (allowed) lab.runUntil(time);
    });
  });
  const digest = element('digest');
  const command = element('command');
  const [copyDigest, copyCommand] = [button('copy-digest'), button('copy-command')];
  copyDigest.addEventListener('click', () => copy(copyDigest, digest.textContent ?? ''));
  copyCommand.addEventListener('click', () => copy(copyCommand, command.textContent ?? ''));

  return () => {
    const { simulator, playing } = lab;
    const { altered } = lab.first.observables;
    element('altered').hidden = !altered;
    say(element('until-state'), lab.pausedBecause);
    copyDigest.hidden = playing;
    copyCommand.hidden = playing || altered;
    if (playing) {
      say(digest, words.digestPlaying);
      say(element('digest-time'), '');
      say(command, '–');
      return;
    }
    const time = simulator.time;
    say(digest, simulator.digest());
    say(element('digest-time'), words.digestAt(time));
    say(command, altered ? words.noCommand : `uphill run '${simulator.link()}' --relax 0 --until ${time}`);
  };
}
