// The view of the figures: which scan is shown, and what a person does with it.
//
// For the console and for tests, `uphill.figures` is this: `scan`, `state`, `run()`, `pause()`,
// `cancel()`, `open(query)`, `load(text)`, `save()`, `pool`, `runner`.

import { readExperiment, Scan } from '../../engine/uphill.js';
import { button, element, find, say, select } from '../elements.js';
import { guarded, onFailure } from '../failure.js';
import { copy, writeAddress } from '../link.js';
import { linkNotices, notice } from '../notices.js';
import { onThemeChange } from '../theme.js';
import { write } from '../formulas.js';
import { cores, Pool } from './workers.js';
import { saveCsv, saveJson } from './files.js';
import { FindingsPanel } from './findings.js';
import { clock, Keeper } from './keeper.js';
import { listenForResults } from './open-result.js';
import { Panels } from './panels.js';
import { Pictures } from './pictures.js';
import { percent, ProgressPanel, showState } from './progress.js';
import { Runner } from './runner.js';
import { power, refined, Settings } from './settings.js';
import { ResultsPanel } from './table.js';
import * as words from '../words/figures.js';

export class Figures {
  /** @param {(link: string) => void} openInLab */
  constructor(openInLab) {
    this.shown = false;
    this.pool = new Pool();
    this.keeper = new Keeper();
    this.keeper.tell = notice;
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

  /** A run that plays in the lab needs a core for itself. @param {boolean} playing */
  share(playing) {
    const { pool } = this;
    pool.limit = Math.max(1, Math.min(pool.most, cores()) - (playing ? 1 : 0));
  }

  get scan() { return this.runner?.scan; }
  get state() { return this.runner?.state; }

  listen() {
    button('scan-run').addEventListener('click', () => guarded(() => (this.runner?.active ? this.pause() : this.run())));
    button('scan-cancel').addEventListener('click', () => guarded(() => {
      this.cancel();
      this.showState();
      button('scan-run').focus();
    }));
    button('scan-anew').addEventListener('click', () => guarded(() => {
      this.anew();
      button('scan-run').focus();
    }));
    button('scan-refine').addEventListener('click', () => guarded(() => this.refine()));
    const withScan = (/** @type {(scan: Scan) => void} */ act) => () => guarded(() => this.scan && act(this.scan));
    button('save-csv').addEventListener('click', withScan((scan) => saveCsv(scan, select('csv-decimal').value)));
    button('save-json').addEventListener('click', withScan(saveJson));
    const [link, command] = [button('copy-scan-link'), button('copy-scan-command')];
    link.addEventListener('click', withScan((scan) => copy(link, `${location.href.split(/[?#]/)[0]}?${scan.link}`)));
    command.addEventListener('click', () => copy(command, element('scan-command').textContent ?? ''));
    for (const choice of this.kinds()) choice.addEventListener('click', () => guarded(() => this.openKind(choice.dataset.kind ?? '')));
    button('offer-discard').addEventListener('click', () => {
      this.keeper.discard(element('offer').dataset.identity ?? '');
      element('offer').hidden = true;
      element('scan-controls').focus();
    });
    button('offer-open').addEventListener('click', () => guarded(() => this.open(element('offer').dataset.link ?? '')));
    listenForResults((text) => this.load(text));
    onThemeChange(() => this.panels.hurry());
    const save = () => this.runner?.save();
    document.addEventListener('visibilitychange', save);
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

  /** Opens a result file; throws an Error that says why it cannot be read. @param {string} text */
  async load(text) {
    await this.show(new Runner(Scan.load(text), this.pool, this.keeper));
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
    let refused = '';
    if (this.held.get(runner.scan.kind) !== runner) {
      const found = await this.keeper.find(runner.identity);
      ({ refused } = found);
      if (found.stored && runner.state !== 'foreign') {
        runner.adopt(found.stored.tasks);
        if (runner.stored.size > 0) runner.saved = found.stored.scan.saved;
      }
    }
    const other = offer ? await this.keeper.unfinished() : null;
    // Something else was asked for meanwhile.
    if (asked !== this.asked) return;
    if (refused) notice(refused);
    if (before) before.listeners = [];
    guarded(() => this.fill(runner));
    this.offer(other && other.identity !== runner.identity ? other : null);
  }

  /** @param {Runner} runner */
  fill(runner) {
    this.runner = runner;
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
    showState(this.runner, this.plan ?? '', this.keeper.trouble);
  }

  /** For the head of the page, while another view is shown. */
  status() {
    const { runner } = this;
    if (!runner || !runner.active) return '';
    return words.scans.status(words.kinds[runner.scan.kind], percent(runner.scan.progress().share));
  }

  run() {
    const { runner } = this;
    if (!runner) return;
    element('offer').hidden = true;
    runner.run();
    this.keeper.purge(runner.identity);
    this.panels.hurry();
  }

  /** Resolves when no worker works any more and all is saved. */
  async pause() {
    await this.runner?.pause();
    this.panels.hurry();
  }

  cancel() {
    this.runner?.cancel();
    this.panels.hurry();
  }

  /** Begins the scan with its first move. */
  anew() {
    const { runner } = this;
    if (!runner || runner.active) return;
    this.keeper.discard(runner.identity);
    const { link } = runner;
    this.fill(new Runner(new Scan(link), this.pool, this.keeper));
    this.run();
  }

  /** Goes on to a smaller error. */
  async refine() {
    const { runner } = this;
    if (!runner || !runner.refined) return;
    await this.open(runner.refined);
    if (this.runner !== runner) this.run();
    button('scan-run').focus();
  }
}

/** @param {string} link */
const seedOf = (link) => new URLSearchParams(link).get('seed') ?? '';

/** What is going to be done. @param {Runner} runner @param {import('../../engine/uphill.js').Setting[]} settings */
function planOf({ tasks, progress }, settings) {
  const value = (/** @type {string} */ key) => settings.find((setting) => setting.key === key)?.value ?? '';
  const points = progress?.points.length ?? 0;
  const until = [value('err') && words.plan.errorOfJ(power(value('err'))), value('errm') && words.plan.errorOfM(power(value('errm')))].filter(Boolean).join(', ');
  return words.plan.whole(points, tasks.length, until, value('cap'));
}
