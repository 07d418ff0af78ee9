// The view of the figures: which scan is shown, and what a person does with it.
//
// For the console and for tests, `uphill.figures` is this: `scan`, `state`, `run()`, `pause()`,
// `cancel()`, `open(query)`, `load(bytes)`, `save()`, `pool`, `runner`.

import { engineVersion, readExperiment, Scan } from '../../engine/uphill.js';
import { inLanguage } from '../address/embed.js';
import { copy, writeAddress } from '../address/link.js';
import { hasAddress } from '../ground/assets.js';
import { button, element, find, say, select } from '../ground/elements.js';
import { guarded, onFailure } from '../ground/failure.js';
import { write } from '../ground/formulas.js';
import { linkNotices, notice } from '../ground/notices.js';
import { onPrint, onThemeChange } from '../ground/theme.js';
import * as words from '../words/figures.js';
import { saveCsv, saveJson } from './files.js';
import { FindingsPanel } from './findings.js';
import { clock, Keeper } from './keeper.js';
import { listenForResults } from './open-result.js';
import { Panels } from './panels.js';
import { Pictures } from './pictures.js';
import { percent, ProgressPanel, showState } from './progress.js';
import { Runner } from './runner.js';
import { count, power, refined, Settings } from './settings.js';
import { StoredPanel } from './stored.js';
import { ResultsPanel } from './table.js';
import { cores, Pool } from './workers.js';

export class Figures {
  /** @param {(link: string) => void} openInLab */
  constructor(openInLab) {
    this.shown = false;
    /** Why nobody sees the frame in which this is, in words, or an empty text. */
    this.unseen = '';
    /** Whether the scan goes on once it is seen. */
    this.resumes = false;
    /** Resolves when a scan that nobody sees has come to rest. */
    this.settled = Promise.resolve();
    this.pool = new Pool();
    this.keeper = new Keeper();
    this.keeper.tell = notice;
    this.keeper.hear = (identity) => {
      for (const runner of this.held.values()) if (runner.identity === identity) runner.hear();
    };
    this.panels = new Panels();
    /** @type {Runner | null} */
    this.runner = null;
    /** @type {Map<string, Runner>} The last scan of each kind that was open. */
    this.held = new Map();
    /** Counts what was asked to be opened: only the last is. */
    this.asked = 0;
    this.ready = this.keeper.open();
    this.progress = new ProgressPanel(this.panels, this.pool);
    this.pictures = new Pictures(element('pictures'), this.panels, openInLab);
    this.table = new ResultsPanel(find('#results', HTMLTableElement), this.panels, openInLab);
    this.findings = new FindingsPanel(this.panels, (findings) => this.pictures.describe(findings));
    this.settings = new Settings((link) => this.open(link));
    this.stored = new StoredPanel(this.keeper, (stored) => this.openStored(stored), (identity) => this.discard(identity));
    /** Hear when the state of the scan has changed. @type {(() => void)[]} */
    this.listeners = [];
    this.statePanel = this.panels.add(1000, () => this.showState());
    this.listen();
  }

  /** The view is shown, or another takes its place. @param {boolean} shown */
  turn(shown) {
    this.shown = this.panels.shown = shown;
    this.panels.hurry();
  }

  /** Pauses what nobody sees, and goes on when somebody does. @param {string} unseen why nobody sees it, in words, or an empty text */
  async see(unseen) {
    this.unseen = unseen;
    const { runner } = this;
    if (unseen && runner?.active) {
      if (runner.state === 'running') this.resumes = true;
      this.settled = runner.pause(unseen);
    }
    await this.settled;
    if (!this.unseen && this.resumes) await this.run();
  }

  /** A run that plays in the lab needs a core for itself. @param {boolean} playing */
  share(playing) {
    const { pool } = this;
    pool.limit = Math.max(1, Math.min(pool.most, cores()) - (playing ? 1 : 0));
  }

  get scan() { return this.runner?.scan; }
  get state() { return this.runner?.state; }

  listen() {
    button('scan-run').addEventListener('click', () => guarded(() => (this.runner?.active ? this.pause() : this.run())));
    button('scan-cancel').addEventListener('click', () => guarded(async () => {
      await this.cancel();
      this.showState();
      button('scan-run').focus();
    }));
    button('scan-anew').addEventListener('click', () => guarded(async () => {
      await this.anew();
      button('scan-run').focus();
    }));
    button('scan-refine').addEventListener('click', () => guarded(() => this.refine()));
    const withScan = (/** @type {(scan: Scan) => void} */ act) => () => guarded(() => this.scan && act(this.scan));
    button('save-csv').addEventListener('click', withScan((scan) => saveCsv(scan, select('csv-decimal').value)));
    button('save-json').addEventListener('click', withScan(saveJson));
    const [link, command] = [button('copy-scan-link'), button('copy-scan-command')];
    link.hidden = !hasAddress;
    link.addEventListener('click', withScan((scan) => copy(link, `${location.href.split(/[?#]/)[0]}?${inLanguage(scan.link)}`)));
    command.addEventListener('click', () => copy(command, element('scan-command').textContent ?? ''));
    for (const choice of this.kinds()) choice.addEventListener('click', () => guarded(() => this.openKind(choice.dataset.kind ?? '')));
    button('offer-discard').addEventListener('click', () => {
      this.discard(element('offer').dataset.identity ?? '');
      element('offer').hidden = true;
      element('scan-controls').focus();
    });
    button('offer-open').addEventListener('click', () => guarded(() => this.open(element('offer').dataset.link ?? '')));
    listenForResults((bytes) => this.load(bytes));
    onThemeChange(() => this.panels.hurry());
    onPrint(() => this.pictures.all.forEach((picture) => picture.draw()));
    const save = () => this.runner?.save();
    document.addEventListener('visibilitychange', save);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.state === 'elsewhere') this.runner?.hear();
    });
    // About has erased what is stored.
    addEventListener('uphill-erased', () => {
      for (const runner of this.held.values()) runner.forget();
      this.stored.show();
    });
    addEventListener('pagehide', save);
    onFailure(() => {
      this.runner?.halt();
      save();
    });
  }

  kinds() {
    return [...element('figures').querySelectorAll('button[data-kind]')].map((choice) => /** @type {HTMLButtonElement} */ (choice));
  }

  /** Opens the experiment of a query string, with what is stored of it. @param {string} query */
  async open(query) {
    const reading = readExperiment(query);
    linkNotices(reading);
    const last = this.held.get(reading.kind);
    // Without a seed nothing in particular was asked for: what was open before will do.
    const again = last && (reading.seedGiven ? last.link === reading.link : last.link === readExperiment(`seed=${seedOf(last.link)}&${query}`).link);
    await this.show(again ? last : new Runner(new Scan(reading.link), this.pool, this.keeper), !reading.seedGiven && !again);
  }

  /** @param {string} kind */
  openKind(kind) {
    const last = this.held.get(kind);
    return last ? this.show(last) : this.open(`exp=${kind}`);
  }

  /**
   * Opens the bytes of a result file; throws an Error that says why it cannot be read.
   * @param {Uint8Array} bytes
   * @param {(link: string) => void} [ready] hears that it can be, before it is shown
   */
  async load(bytes, ready) {
    const runner = new Runner(Scan.load(bytes), this.pool, this.keeper);
    ready?.(runner.link);
    await this.show(runner);
  }

  /** Shows a scan; one that runs is paused and saved first. @param {Runner} runner @param {boolean} [offer] whether to offer another that is stored */
  async show(runner, offer = false) {
    this.asked += 1;
    const { asked } = this;
    const before = this.runner;
    await this.ready;
    if (before === runner) {
      if (this.shown) writeAddress(runner.link, '');
      return;
    }
    if (before?.active) {
      await before.pause();
      const { share } = before.scan.progress();
      notice(words.scans.paused(words.kinds[before.scan.kind], percent(share), before.link, this.keeper.storage !== null));
    }
    const known = this.held.get(runner.scan.kind) === runner;
    if (!known) {
      // First, so that no other tab erases it meanwhile.
      runner.close = await this.keeper.holdOpen(runner.identity);
      const found = await this.keeper.find(runner.identity);
      if (found) runner.adopt(found);
      runner.state = runner.atRest('paused');
    }
    const [other, all] = offer ? [await this.keeper.unfinished(), []] : [null, known ? [] : await this.keeper.list()];
    // Something else was asked for meanwhile.
    if (asked !== this.asked) {
      if (!known) runner.close?.();
      return;
    }
    const foreign = all.find(({ link, engine }) => link === runner.link && engine !== runner.scan.engine);
    if (foreign && !known) notice(words.scans.foreign(clock(foreign.saved), foreign.engine), { words: words.scans.openForeign, act: () => guarded(() => this.openStored(foreign)) });
    if (before) before.listeners = [];
    guarded(() => this.fill(runner));
    this.offer(other && other.identity !== runner.identity ? other : null);
    await runner.hear();
  }

  /** Opens what is stored of a scan; that of another engine to be read and saved. @param {import('./storage.js').StoredScan} stored */
  async openStored({ link, engine }) {
    if (engine === engineVersion()) await this.open(link);
    else await this.show(new Runner(Scan.foundBy(link, engine), this.pool, this.keeper));
  }

  /** Erases what is stored of a scan, unless another tab has it open; whether it did. @param {string} identity */
  async discard(identity) {
    const gone = await this.keeper.discard(identity);
    if (!gone) notice(words.scans.openElsewhere);
    else for (const runner of this.held.values()) if (runner.identity === identity) runner.forget();
    return gone;
  }

  /** @param {Runner} runner */
  fill(runner) {
    this.runner = runner;
    const last = this.held.get(runner.scan.kind);
    if (last !== runner) last?.close?.();
    this.held.set(runner.scan.kind, runner);
    let shown = runner.state;
    runner.listeners = [() => {
      this.panels.touch();
      if (runner.state === shown) return;
      shown = runner.state;
      this.progress.update();
      this.showState();
      this.panels.hurry();
      for (const hear of this.listeners) hear();
    }];
    runner.tell = notice;
    runner.progress = runner.scan.progress();
    const { kind } = runner.scan;
    const { settings } = readExperiment(runner.link);
    const finer = refined(kind, settings);
    runner.refined = finer.link;
    write(button('scan-refine'), words.plan.refine(finer.words));
    this.settings.show(kind, settings);
    this.plan = planOf(runner, settings);
    for (const choice of this.kinds()) choice.setAttribute('aria-pressed', String(choice.dataset.kind === kind));
    for (const part of element('kind-words').children) /** @type {HTMLElement} */ (part).hidden = /** @type {HTMLElement} */ (part).dataset.kind !== kind;
    say(element('scan-command'), `uphill scan '?${runner.link}' -o result.json`);
    this.pictures.show(runner);
    this.progress.show(runner);
    this.table.show(runner);
    this.findings.show(runner);
    if (this.shown) writeAddress(runner.link, '');
    this.progress.update();
    this.showState();
    this.panels.hurry();
    for (const hear of this.listeners) hear();
  }

  /** Offers a scan that is stored, or nothing. @param {import('./storage.js').StoredScan | null} stored */
  offer(stored) {
    const place = element('offer');
    place.hidden = stored === null;
    if (!stored) return;
    Object.assign(place.dataset, { link: stored.link, identity: stored.identity });
    const { kind } = readExperiment(stored.link);
    say(element('offer-words'), words.scans.offered(words.kinds[kind], percent(stored.share), clock(stored.saved), stored.link));
  }

  showState() {
    if (!this.runner) return;
    showState(this.runner, this.plan ?? '', this.keeper.trouble, this.keeper.withoutLocks);
  }

  /** For the head of the page, while another view is shown. */
  status() {
    const { runner } = this;
    if (!runner || !runner.active) return '';
    return words.scans.status(words.kinds[runner.scan.kind], percent(runner.scan.progress().share));
  }

  async run() {
    const { runner } = this;
    if (!runner) return;
    this.resumes = this.unseen !== '';
    if (this.resumes) return;
    element('offer').hidden = true;
    await runner.run();
    this.keeper.purge(runner.identity);
    this.panels.hurry();
  }

  /** Resolves when no worker works any more and all is saved. */
  async pause() {
    this.resumes = false;
    await this.runner?.pause();
    this.panels.hurry();
  }

  async cancel() {
    await this.runner?.cancel();
    this.panels.hurry();
  }

  /** Begins the scan with its first move. */
  async anew() {
    const { runner } = this;
    if (!runner || runner.active || runner.claiming) return;
    const next = new Runner(new Scan(runner.link), this.pool, this.keeper);
    const { state } = runner;
    runner.become('pausing');
    const refuse = () => runner.become(state, words.scans.openElsewhere);
    if (await this.keeper.isOpenElsewhere(next.identity)) {
      refuse();
      return;
    }
    next.unlock = runner.unlock ?? await this.keeper.holdWork(next.identity);
    runner.unlock = null;
    if (!next.unlock) {
      runner.watch();
      return;
    }
    // Another tab may have opened it meanwhile.
    if (!(await this.keeper.discard(next.identity))) {
      next.leave();
      refuse();
      return;
    }
    next.close = await this.keeper.holdOpen(next.identity);
    this.fill(next);
    await this.run();
  }

  /** Goes on to a smaller error. */
  async refine() {
    const { runner } = this;
    if (!runner || !runner.refined) return;
    await this.open(runner.refined);
    if (this.runner !== runner) await this.run();
    button('scan-run').focus();
  }
}

/** @param {string} link */
const seedOf = (link) => new URLSearchParams(link).get('seed') ?? '';

/** What is going to be done. @param {Runner} runner @param {import('../../engine/uphill.js').Setting[]} settings */
function planOf({ tasks, progress }, settings) {
  const value = (/** @type {string} */ key) => settings.find((setting) => setting.key === key)?.value ?? '';
  const points = progress?.points.length ?? 0;
  if (value('moves')) return words.plan.ofMap(points, tasks.length, count(value('moves')), value('split') !== '0');
  const until = [value('err') && words.plan.errorOfJ(power(value('err'))), value('errm') && words.plan.errorOfM(power(value('errm')))].filter(Boolean).join(', ');
  const more = value('errc') && words.plan.more(power(value('errc')));
  return [words.plan.whole(points, tasks.length, until, value('cap')), more].filter(Boolean).join(' ');
}
