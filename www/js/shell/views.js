// The views of the page, lab and figures: which one the address asks for, and how they change.
//
// For the console and for tests, `uphill.lab` is the lab once it is open: `simulator`, `second`,
// `play()`, `pause()`, `runUntil(T)`, `playing`, `restart(query)`; and `uphill.figures`, once it
// was asked for, the view of the figures, as figures/figures.js says.

import { isExperiment, queryOf, readLink } from '../../engine/lab.js';
import { autoplayInAddress, checkOurs, hasParts, levelInAddress, makeBare } from '../address/embed.js';
import { address, asked, hasMoved, noteStep, pushAddress, runInAddress, tourInAddress } from '../address/link.js';
import { isSingleFile } from '../ground/assets.js';
import { button, element, find, input, say } from '../ground/elements.js';
import { fail, guarded, hasFailed, reasonOf } from '../ground/failure.js';
import { linkNotices, notice } from '../ground/notices.js';
import { openLab, secondIn } from '../lab/lab-view.js';
import { lab as labWords, link, loading, messages, sharing, titles } from '../words/page.js';
import { startTaking } from './take-away.js';

/** Time between two words about a scan in the head of the page, in ms. */
const STATUS_MS = 1000;
/** Signs that a person is there, who may print. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown'];

/** @typedef {import('../lab/lab.js').Lab} Lab */
/** @typedef {import('../figures/figures.js').Figures} Figures */
/** @typedef {typeof import('../figures/figures.js').Figures} FiguresView */
/** @typedef {'lab' | 'figures'} View */

/** Whether a click asks for another tab or window, which is the browser's own business. @param {MouseEvent} event */
const elsewhere = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;

/** Whether this tab has kept a run. */
function hasKept() {
  try {
    return sessionStorage.getItem('uphill-run') !== null;
  } catch {
    return false;
  }
}

export class Views {
  constructor() {
    /** @type {View} */
    this.now = 'lab';
    /** @type {Lab | null} */
    this.lab = null;
    /** Whether the lab goes on when it is shown again. */
    this.wasPlaying = false;
    /** @type {Figures | null} */
    this.figures = null;
    /** @type {Promise<FiguresView> | null} The view of the figures on its way. */
    this.coming = null;
    /** @type {import('../tour/tour.js').Tour | null} */
    this.tour = null;
    /** The level of a bare page, null for the whole one. @type {import('../address/embed.js').Level | null | undefined} */
    this.level = undefined;
    /** Why nobody sees the frame in which this page is, in words, or an empty text. */
    this.unseen = '';
    /** Whether the reason is that its tab is in the background. */
    this.isTab = false;
    /** Keeps what is beside the picture within its room, in a frame. @type {ReturnType<typeof import('./room.js').keepRoom> | null} */
    this.room = null;
    /** The height with which all has room in the frame. */
    this.height = () => innerHeight;
    /** What the address hides, shows or locks. @type {ReturnType<typeof import('./parts.js').setParts> | null} */
    this.parts = null;
    /** Whether a run that no link holds is kept. */
    this.keepsAltered = false;
    /** What the console and the tests may reach. @type {{lab?: Lab, figures?: Figures}} */
    this.handle = {};
    Object.assign(globalThis, { uphill: this.handle });
  }

  /** Shows what the address asks for, without a new entry in the history. */
  async follow() {
    const search = this.frame(asked());
    if (!isExperiment(search)) {
      this.turn('lab');
      this.showLab(search);
      await this.followTour();
      return;
    }
    if (tourInAddress() !== null) notice(link.tourOfFigure);
    this.turn('figures');
    const figures = await this.openFigures();
    await figures?.open(search);
    if (runInAddress()) figures?.run();
  }

  /** Makes the page bare where the address asks for that; returns the query of what is to be shown. @param {string} query */
  frame(query) {
    if (this.level !== undefined) return query;
    this.level = levelInAddress(isExperiment(query));
    if (this.level === null) return query;
    const { level } = this;
    makeBare(level, address);
    import('./room.js').then(({ heightWanted, keepRoom }) => guarded(() => {
      this.room = keepRoom(level);
      this.height = () => heightWanted(level, innerWidth);
    })).catch(() => notice(loading.partLater));
    if (window.parent !== window) {
      import('./messages.js').then(({ startMessages }) => guarded(() => startMessages({
        level,
        unseen: () => this.unseen,
        height: () => this.height(),
        reveal: () => this.parts?.reveal(),
        hidden: () => this.parts?.hidden() ?? [],
        lab: () => this.lab,
        figures: () => (this.now === 'figures' ? this.figures : null),
        set: (link) => this.set(link),
      }))).catch(() => notice(loading.messages));
    }
    return this.level === 'figure' && !isExperiment(query) ? ['exp=current', query].filter(Boolean).join('&') : query;
  }

  /** Has nothing run that nobody sees, where this page is in a frame. */
  watch() {
    if (window.parent === window) return;
    this.unseen = labWords.unseen;
    Promise.all([import('./seen.js'), import('./sharers.js')]).then(([{ watchSeen }, { shareTime }]) => guarded(() => {
      watchSeen((unseen, isTab) => this.see(unseen, isTab));
      if (this.lab) shareTime(this.lab);
    })).catch(() => {
      this.see('', false);
      notice(loading.seen);
    });
  }

  /** @param {string} unseen why nobody sees this page, in words, or an empty text @param {boolean} isTab whether the reason is its tab, in which a scan goes on */
  see(unseen, isTab) {
    [this.unseen, this.isTab] = [unseen, isTab];
    this.lab?.see(unseen);
    this.figures?.see(isTab ? '' : unseen);
  }

  /** Shows the run or the figure of a link, which keeps the level; returns what is wrong with it, and then changes nothing. @param {string} link */
  async set(link) {
    const query = queryOf(link);
    if (this.level !== 'figure') return this.setRun(query, new URLSearchParams(link.split('#')[1] ?? ''));
    if (!isExperiment(query)) return [messages.noFigure];
    const { readExperiment } = await import('../../engine/uphill.js');
    const wrong = readExperiment(query).notices.map(({ message }) => message);
    if (wrong.length === 0) await this.figures?.open(query);
    return wrong;
  }

  /** Shows a run and, where the fragment has one, a second beside it. @param {string} query @param {URLSearchParams} fragment */
  setRun(query, fragment) {
    const { lab } = this;
    if (!lab) return [];
    const compared = fragment.get('compare');
    const second = compared === null ? null : secondIn(compared);
    if (second === undefined) return [link.compare(compared ?? '')];
    const wrong = lab.restart(query).map(({ message }) => message);
    if (wrong.length > 0) return wrong;
    if (second !== null || lab.other) lab.compare(second);
    if (fragment.has('play')) lab.play();
    return [];
  }

  /** Hides, shows or locks what the address asks for, where it asks for any. */
  async arrange() {
    if (!hasParts()) return;
    try {
      const { setParts } = await import('./parts.js');
      this.parts = guarded(() => setParts(() => {
        this.room?.again();
        this.lab?.changed();
      })) ?? null;
    } catch {
      notice(loading.partLater);
    }
  }

  /** Fetches the view of the figures and the engine with what scans need. */
  async fetchFigures() {
    const [{ Figures }] = await Promise.all([
      import('../figures/figures.js'),
      import('../figures/engine.js').then(({ startWholeEngine }) => startWholeEngine()),
      import('../figures/workers.js').then(({ prepareWorkers }) => prepareWorkers()),
    ]);
    return Figures;
  }

  /** The view of the figures, fetched when it is first asked for; null if it does not come, which is told. */
  async openFigures() {
    this.coming ??= this.fetchFigures();
    try {
      const View = await this.coming;
      if (!this.figures) guarded(() => this.startFigures(View));
    } catch (error) {
      this.coming = null;
      const why = reasonOf(error);
      if (!this.lab) fail(loading.figures, loading.part, why);
      if (hasFailed()) return null;
      notice(loading.figuresLater(why));
      this.toLab();
    }
    return this.figures;
  }

  /** The tour, fetched when it is first asked for; null if it does not come, which is told. */
  async fetchTour() {
    try {
      const { Tour, stepOf } = await import('../tour/tour.js');
      const { WORDS } = await import('../words/tour.js');
      if (this.lab) this.tour ??= new Tour(this.lab, () => this.leaveTour());
      return { tour: this.tour, stepOf, allowed: WORDS.allowed };
    } catch (error) {
      notice(loading.tourLater(reasonOf(error)));
      return null;
    }
  }

  /** Shows the step of the tour that the fragment asks for. */
  async followTour() {
    const wanted = tourInAddress();
    if (wanted === null) {
      if (location.hash === '') this.closeTour();
      return;
    }
    const given = asked() !== '';
    // Kept in the address while the tour is on its way, however long that takes.
    noteStep(wanted);
    const fetched = await this.fetchTour();
    if (!fetched || wanted !== tourInAddress()) return;
    const step = fetched.stepOf(wanted);
    guarded(() => {
      if (step === null) {
        notice(fetched.allowed(wanted));
        noteStep('');
        this.closeTour();
      } else {
        if (fetched.tour?.step !== step) fetched.tour?.show(step);
        // A fragment alone leaves the run to the step.
        if (!given) fetched.tour?.set();
      }
    });
    this.mark();
  }

  /** Opens the tour at its first step. */
  async toTour() {
    const fetched = await this.fetchTour();
    if (!fetched?.tour) return;
    const { tour } = fetched;
    if (this.now !== 'lab') this.turn('lab');
    if (this.lab) this.lab.shown = true;
    guarded(() => {
      if (tour.step !== null) return tour.title.focus();
      tour.turnTo(0, true);
      return scrollTo(0, 0);
    });
    this.mark();
  }

  closeTour() {
    this.tour?.close();
    this.mark();
  }

  /** The person has closed the tour. */
  leaveTour() {
    this.mark();
    element('to-tour').focus();
  }

  /** Marks where the person is among the links of the head. */
  mark() {
    const here = this.now === 'figures' ? 'figures' : this.tour && this.tour.step !== null ? 'tour' : 'lab';
    for (const name of ['lab', 'figures', 'tour']) {
      const anchor = element(`to-${name}`);
      if (name === here) anchor.setAttribute('aria-current', 'page');
      else anchor.removeAttribute('aria-current');
    }
  }

  /** @param {FiguresView} View */
  startFigures(View) {
    this.figures = this.handle.figures = new View((link) => this.openInLab(link));
    this.figures.see(this.isTab ? '' : this.unseen);
    this.figures.turn(this.now === 'figures');
    this.share();
  }

  /** Has a view take the place of the other. @param {View} view */
  turn(view) {
    if (view === 'figures' && this.lab?.shown) {
      this.wasPlaying = this.lab.playing;
      if (this.wasPlaying) this.lab.pause(labWords.figures);
      this.lab.shown = false;
    }
    this.now = view;
    element('lab').hidden = view !== 'lab';
    element('figures').hidden = view !== 'figures';
    if (view === 'figures') this.tour?.close();
    this.mark();
    find('#skip', HTMLAnchorElement).href = view === 'lab' ? '#controls' : '#scan-controls';
    document.title = titles[view];
    this.figures?.turn(view === 'figures');
    this.showStatus();
    this.share();
  }

  /** Opens or resumes the lab; with the run of a query string, unless it is that one already. @param {string} search */
  showLab(search) {
    const { lab } = this;
    if (!lab) {
      const waits = autoplayInAddress() === 'off' ? labWords.waits.asked : undefined;
      this.lab = openLab(search, { unseen: this.unseen, waits });
      this.handle.lab = this.lab;
      this.lab.listeners.push(() => this.share(), () => this.keepAltered());
      this.keepAltered();
      this.lab.beginners.push(() => this.parts?.ask());
      this.share();
      return;
    }
    lab.shown = true;
    const query = queryOf(search);
    const reading = readLink(query);
    if (query !== '' && lab.simulator.link() !== reading.link) {
      linkNotices(reading);
      lab.rebuild(reading.params);
      lab.begin();
    } else if (this.wasPlaying) lab.play();
    else lab.changed();
  }

  /** Has a run that no link holds outlive a reload: from when it is one, or was one before this reload. */
  keepAltered() {
    const { lab } = this;
    // A frame is made anew by the page around it; the single file has no room for this.
    if (!lab || this.keepsAltered || this.level || isSingleFile || !(lab.first.observables.altered || hasKept())) return;
    this.keepsAltered = true;
    import('./altered-run.js').then(({ keepAltered }) => keepAltered(lab)).catch(() => notice(loading.partLater));
  }

  toLab() {
    if (this.now === 'lab') return this.closeTour();
    pushAddress(this.lab ? this.lab.simulator.link() : '');
    this.turn('lab');
    return this.showLab(location.search);
  }

  /** @param {string} link of a run */
  openInLab(link) {
    pushAddress(link);
    this.turn('lab');
    this.showLab(`?${link}`);
    scrollTo(0, 0);
  }

  /** Shows a run as it was saved, and pauses it. @param {import('../../engine/lab.js').Simulator} simulator @param {string} because */
  openRun(simulator, because) {
    this.openInLab(simulator.link());
    this.lab?.take(simulator);
    this.lab?.pause(because);
  }

  async toFigures() {
    if (this.now === 'figures') return;
    this.lab?.noteInAddress();
    pushAddress(this.figures?.scan?.link ?? 'exp=current');
    this.turn('figures');
    const figures = await this.openFigures();
    if (figures && !figures.scan) await figures.open('exp=current');
  }

  /** Opens a result among files that were dropped, in the figures. @param {File[]} files */
  async openResult(files) {
    const figures = await this.openFigures();
    if (!figures) return;
    const { openResult } = await import('../figures/open-result.js');
    await openResult(files, (bytes) => figures.load(bytes, (link) => {
      if (this.now === 'figures') return;
      this.lab?.noteInAddress();
      pushAddress(link);
      this.turn('figures');
    }));
  }

  /** Goes to a query and a fragment of this page. @param {string} to */
  go(to) {
    history.pushState(null, '', to);
    if (hasMoved()) this.follow();
  }

  /** Tells the scans whether the lab plays. */
  share() {
    this.figures?.share(Boolean(this.lab?.shown && this.lab.playing));
  }

  /** Says in the head of the page how a scan goes that is not in view. */
  showStatus() {
    const status = element('scan-status');
    const words = this.now === 'lab' ? this.figures?.status() ?? '' : '';
    if (status.hidden !== (words === '')) status.hidden = words === '';
    say(status, words);
  }
}

/** Opens what is dropped, wherever that is. @param {Views} views */
function listenForDrops(views) {
  const over = (/** @type {boolean} */ is) => document.body.classList.toggle('dropping', is);
  addEventListener('dragover', ({ dataTransfer }) => over(dataTransfer?.types.includes('Files') ?? false));
  addEventListener('dragleave', ({ relatedTarget }) => relatedTarget ?? over(false));
  addEventListener('drop', ({ defaultPrevented, dataTransfer }) => {
    over(false);
    // A text for a field.
    if (!defaultPrevented) return;
    // What is dropped can be asked for now alone.
    const what = { files: [...dataTransfer?.files ?? []], text: dataTransfer?.getData('text/plain') ?? '' };
    import('./drop.js').then(({ openDropped }) => openDropped(what, views)).catch(() => notice(loading.partLater));
  });
}

/** What stands at the foot of a printed page is fetched before it is printed, since then nothing waits for it. @param {Views} views */
function startFoot(views) {
  const fetchFoot = () => {
    for (const sign of SIGNS) removeEventListener(sign, fetchFoot);
    // A frame is a picture on the paper of others.
    if (views.level) return;
    import('./print-foot.js').then(({ startFoot: start }) => guarded(() => start(views))).catch(() => {
      // Without a connection there is paper without it.
    });
  };
  for (const sign of SIGNS) addEventListener(sign, fetchFoot);
}

/** Shows the view of the address, and follows the person from there. */
export function startViews() {
  const views = new Views();
  const goes = (/** @type {string} */ id, /** @type {() => unknown} */ go) => element(id).addEventListener('click', (event) => {
    if (elsewhere(event)) return;
    event.preventDefault();
    guarded(go);
  });
  goes('to-lab', () => views.toLab());
  goes('to-figures', () => views.toFigures());
  goes('to-tour', () => views.toTour());
  goes('scan-status', () => views.toFigures());
  const savePage = button('save-page');
  savePage.addEventListener('click', () => {
    import('./save-page.js').then(({ savePageAs }) => savePageAs(savePage, address()))
      .catch((error) => notice(sharing.notSaved(reasonOf(error))));
  });
  const run = input('run-file');
  const withSavedRuns = (/** @type {(savedRun: typeof import('./saved-run.js')) => Promise<void>} */ act) => {
    import('./saved-run.js').then(act).catch(() => notice(loading.partLater));
  };
  const saveRun = button('save-run');
  saveRun.addEventListener('click', () => withSavedRuns(({ saveRunOf }) => saveRunOf(saveRun, views)));
  button('open-run').addEventListener('click', () => run.click());
  run.addEventListener('change', () => {
    const files = [...run.files ?? []];
    run.value = '';
    withSavedRuns(({ openSavedRun }) => openSavedRun(files, views));
  });
  // The single file has no room for it.
  button('record').hidden = isSingleFile || !('MediaRecorder' in globalThis && 'captureStream' in HTMLCanvasElement.prototype);
  /** What is asked for by a button, and fetched then. @param {string} id @param {(from: HTMLButtonElement) => Promise<unknown>} act */
  const onDemand = (id, act) => button(id).addEventListener('click', () => {
    act(button(id)).catch(() => notice(loading.partLater));
  });
  onDemand('record', () => import('./record.js').then(({ toggleRecording }) => guarded(() => views.lab && toggleRecording(views.lab))));
  startTaking(views);
  onDemand('share', (from) => import('./share-dialog.js').then(({ openShareDialog }) => guarded(() => openShareDialog(views, from))));
  onDemand('qr', () => import('./qr-screen.js').then(({ showQr }) => guarded(showQr)));
  onDemand('present', () => import('./presenter.js').then(({ present }) => guarded(() => present(views))));
  onDemand('embed', () => import('./embed-dialog.js').then(({ openEmbedDialog }) => guarded(() => openEmbedDialog(views.now, address))));
  listenForDrops(views);
  addEventListener('popstate', () => guarded(() => {
    if (hasMoved()) views.follow();
  }));
  addEventListener('hashchange', () => guarded(() => {
    if (views.now === 'lab') views.followTour();
  }));
  setInterval(() => guarded(() => views.showStatus()), STATUS_MS);
  startFoot(views);
  checkOurs();
  views.watch();
  views.arrange();
  views.follow();
}
