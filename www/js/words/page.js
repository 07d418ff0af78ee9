// What the page and its lab say, but for what the engine says there and for what stands in
// index.html.

/** Why something did not come. */
export const loading = {
  engine: 'The engine did not start',
  part: 'Part of the page could not be fetched or started. If the connection was lost, start again when it is back.',
  engineNotFetched: 'The engine could not be fetched. If the connection was lost, start again when it is back.',
  /** @param {number} status */
  engineRefused: (status) => `The engine could not be fetched: the host answered ${status}.`,
  noWebAssembly: 'This browser has no WebAssembly, which the engine needs. Any browser of the last three years has it; a lockdown mode may have switched it off.',
  partLater: 'Part of the page could not be fetched. If the connection was lost, try again when it is back.',
  seen: 'Part of the page could not be fetched: the run goes on whether it is seen or not.',
  messages: 'Part of the page could not be fetched: it hears no messages from the page around it.',
  figures: 'The figures did not start',
  language: 'The texts of the language in the link could not be fetched. If the connection was lost, load the page again when it is back.',
  /** @param {string} why */
  figuresLater: (why) => `The figures could not be fetched (${why}). If the connection was lost, try again when it is back.`,
  /** @param {string} why */
  tourLater: (why) => `The tour could not be fetched (${why}). If the connection was lost, try again when it is back.`,
  /** @param {string} why */
  notLookedUp: (why) => `This could not be looked up: ${why}.`,
};

/** What has stopped. */
export const failure = {
  title: 'The run has stopped',
  engine: 'The engine met a state that should not exist and has stopped. The link in the address bar still names this run; starting again runs it from its beginning.',
  page: 'A part of the page has stopped. The link in the address bar still names this run; starting again runs it from its beginning.',
};

/** What is wrong with a link; `part` is a part of it as it stands there. */
export const link = {
  /** @param {string} message */
  default: (message) => `In the link, ${message}. The default stands in.`,
  /** @param {string} part */
  compare: (part) => `In the link, compare=${part}: allowed is a number from −1 to 1, balanced, or both with a comma between. No second run is opened.`,
  tourOfFigure: 'In the link, tour: the tour is of the lab, and this is the link of a figure. No step of the tour is opened.',
  embedTwice: 'In the link, embed: it is given more than once, and allowed once. The first counts.',
  /** @param {string} part */
  embed: (part) => `In the link, embed=${part}: allowed are lab, plot and figure. The whole page is shown.`,
  /** @param {string} part */
  embedOfFigure: (part) => `In the link, embed=${part}: it is of a run, and this is the link of a figure. The figure is shown.`,
  /** @param {string} part @param {string[]} allowed */
  language: (part, allowed) => `In the link, lang=${part}: allowed are ${allowed.join(', ')}. The page speaks English.`,
  /** @param {string} part */
  languageOfFile: (part) => `In the link, lang=${part}: this file speaks English alone; the page that it comes from has more languages.`,
  /** @param {string} part */
  theme: (part) => `In the link, theme=${part}: allowed are light, dark, contrast and auto. The colours stay as they are.`,
  /** @param {string} part */
  autoplay: (part) => `In the link, autoplay=${part}: allowed are on, slide and off. The run begins when it is seen.`,
  /** @param {string} key @param {string} part @param {string[]} allowed */
  part: (key, part, allowed) => `In the link, ${key}=${part}: allowed are ${allowed.join(', ')}. It is passed over.`,
  /** @param {string} part */
  host: (part) => `In the link, host=${part}: allowed is an origin, such as https://example.org. No messages are heard.`,
};

/** Words on buttons that come and go. */
export const buttons = {
  dismiss: 'Dismiss',
  /** @param {number} count of notices */
  unfold: (count) => (count === 1 ? 'Show it all' : `Show all ${count}`),
  fold: 'Show less',
  reload: 'Reload',
  reveal: 'Reveal',
  copied: 'Copied',
};

/** Titles of the document. */
export const titles = {
  lab: 'Uphill: the current that climbs',
  figures: 'Uphill: figures',
  frame: 'Uphill: a two-dimensional Ising model with an uphill current',
};

/** What is copied, shared and saved. */
export const sharing = {
  /** @param {string} text */
  notCopied: (text) => `This browser does not let the page copy. Here it is: ${text}`,
  /** @param {string} why */
  notSaved: (why) => `The page could not be saved (${why}). If the connection was lost, try again when it is back.`,
  /** @param {string} name */
  without: (name) => `this file is without ${name}`,
  /** @param {number} status */
  refused: (status) => `the host answered ${status}`,
  noPlace: 'the file has no place for a link',
};

/** The files of the lab's pictures. */
export const taking = {
  save: 'Save',
  of: { lattice: 'the lattice', 'integrated-current': 'the integrated current', profile: 'the profile', 'running-mean': 'the running mean' },
  kinds: { png: 'PNG', svg: 'SVG', csv: 'CSV', comma: 'CSV, 0,5', text: 'Text' },
  /** @param {string} link */
  altered: (link) => `${link} (changed while running: not reproducible from this link)`,
  /** @param {string} why */
  notSaved: (why) => `The file could not be made (${why}).`,
};

/** What a page around the frame is answered. */
export const messages = {
  /** @param {number} longest */
  link: (longest) => `link: a text of at most ${longest} characters is allowed`,
  notYet: 'Nothing is shown yet; the event "ready" tells when.',
  noRun: 'time: this frame shows a figure, which has no time',
  /** @param {string} time @param {number} now */
  until: (time, now) => `time=${time}: allowed is a number above the present t = ${now}`,
  /** @param {number} now */
  notReached: (now) => `The run was paused or changed at t = ${now}, before that time.`,
  /** @param {string} format */
  format: (format) => `format=${format}: allowed are png and svg`,
  noPicture: 'This browser makes no picture.',
  noFigure: 'exp: it is missing; this frame shows a figure',
};

/** The site's copy for times without a connection. */
export const offline = {
  newVersion: 'A new version of this page is here.',
  overtaken: 'A new version of this page was opened in another tab. This tab goes on; what it has not loaded yet needs a reload.',
  kept: 'A copy of it is kept: it opens without a connection.',
  coming: 'A copy of it is on its way, for times without a connection.',
  /** @param {string} why */
  failed: (why) => `No copy of it is kept for times without a connection (${why}).`,
  none: 'This browser keeps no copy of it for times without a connection.',
};

/** A run that no link holds, and a reload. */
export const altered = {
  restored: 'This is the run as it was before the page was loaded again: painted or changed, so that no link holds it. Reset starts the run of the link.',
  notOpened: 'its storage does not open',
  /** @param {string} why */
  notKept: (why) => `A painted or changed run is lost when this page is loaded again: this browser keeps none (${why}).`,
  /** @param {string} why */
  notRestored: (why) => `The run of before could not be taken up again: ${why}.`,
};

/** What the page keeps in the browser, and what for. */
export const kept = {
  colours: 'the colours that you chose, light or dark',
  letters: 'that letters are no shortcuts',
  scans: 'scans of the figures, so that they go on after a reload: links, results, checkpoints. The figures list them under “Stored scans”',
  runs: 'painted and changed runs, so that they outlive a reload of their tab; what a closed tab has left for a week at most',
  tab: 'which of these is of this tab',
  copy: 'a copy of this page, so that it opens without a connection',
  other: 'of another version of this page',
  nothing: 'Nothing is kept.',
  erased: 'Erased. A scan that is running is saved anew.',
  /** @param {string} place @param {string} why */
  noPlace: (place, why) => `This browser gives the page no ${place} (${why}): nothing is kept there.`,
  /** @param {string} name @param {string} why */
  notErased: (name, why) => `${name} could not be erased (${why}).`,
  /** @param {number} count */
  openElsewhere: (count) => `${count === 1 ? 'one scan is' : `${count} scans are`} open in another tab: close it there first`,
  /** @param {number} count @param {[string, number][]} engines how many scans of each version */
  entries: (count, engines) => [count === 1 ? 'one entry' : `${count} entries`, ...engines.map(([engine, scans]) => `${scans} ${scans === 1 ? 'scan' : 'scans'} by engine ${engine}`)].join(', '),
  /** @param {number} count */
  files: (count) => `${count} files`,
  /** @param {number} count */
  bytes: (count) => `${count} bytes`,
};

/** Why the lab is paused, and what it says of itself. */
export const lab = {
  hidden: 'Paused while the page was hidden.',
  unseen: 'Paused while nobody saw it.',
  wasUnseen: 'Was paused while nobody saw it.',
  waits: {
    still: 'Your system asks for little motion, so the run waits for you; the lattice is then drawn twice a second.',
    asked: 'The run waits for you.',
  },
  figures: 'Paused while the figures were shown.',
  refused: 'Every move tried was refused; press again to try more.',
  /** @param {string} time */
  asAsked: (time) => `Paused at t = ${time}, as asked.`,
  canvasLost: 'The browser has taken the picture of the lattice away; the run goes on, and the picture comes back when the browser gives it back.',
  noCanvas: 'This browser gives the page no canvas: no picture, but all numbers.',
  noPlot: 'This browser gives the page no canvas: the numbers are in the table.',
  scaled: 'less than a pixel a site: scaled down',
  /** @param {string} text @param {number} now */
  until: (text, now) => `until=${text}: allowed is a time after the present t = ${now}`,
  /** @param {number} time */
  digestAt: (time) => `at t = ${time}`,
  digestPlaying: 'pause to read it',
  noCommand: 'none leads here: the run was changed while running',
};

/** The result in words. */
export const result = {
  /** Which way the current flows, by its keys. @type {Record<'uphill' | 'downhill', string>} */
  ways: { uphill: 'uphill', downhill: 'downhill' },
  equilibrium: 'equilibrium',
  noGradient: 'no gradient',
  ended: 'ended',
  notYet: 'not yet significant',
  /** @param {string} time of the clock @param {string} span of the run */
  significant: (time, span) => `Significant after ${time} of running, t = ${span}.`,
  /** @param {string} span */
  wasSignificant: (span) => `Significant as it was opened, t = ${span}.`,
  /** @param {string} span */
  measured: (span) => `Measured over t = ${span}.`,
  /** What became of it: put between what was significant and why it is not now. */
  now: ' Now ',
  /** Of the picture of the energy's flow. @param {boolean} out the reservoirs take energy out @param {number} share in per cent */
  flow: (out, share) => (out ? 'Energy flows from the bath to the reservoirs.' : `Energy flows from the reservoirs into the lattice; ${share} % of it lifts spins uphill, the rest goes to the bath as heat.`),
  flowUnknown: 'Where the energy goes is not known yet.',
};

/** Beside the numbers. */
/** What a second run is. */
export const compare = {
  second: 'second run',
  control: 'balanced reservoirs',
};

export const numbers = {
  atAnEnd: 'no error of its own: off the count by a bounded number of spins',
  /** @param {string} span */
  over: (span) => `measured over ${span}`,
  /** @param {string} rate */
  speed: (rate) => `${rate} a second`,
};

/** On controls whose words change. */
export const controls = {
  play: 'Play',
  pause: 'Pause',
  fastest: 'max',
  /** @param {string} rate */
  speed: (rate) => `${rate} moves/s`,
};

/** What the shortcuts do, and where. */
export const shortcuts = {
  keys: { space: 'Space', home: 'Home', end: 'End', escape: 'Esc' },
  lab: 'The lab',
  play: 'play, pause',
  oneEvent: 'one event',
  reset: 'reset',
  newSeed: 'new seed',
  measureAfresh: 'measure afresh',
  compare: 'compare two runs',
  spins: 'draw spins',
  gas: 'draw the lattice gas',
  figures: 'The figures',
  scan: 'run, pause, resume the scan',
  anywhere: 'Anywhere',
  toLab: 'the lab',
  toFigures: 'the figures',
  toTour: 'the tour',
  brush: 'the brush: paint spins',
  copyLink: 'copy the link',
  qr: 'the link as a QR code, as large as the window',
  present: 'the presenter’s view, and back',
  list: 'this list',
  plot: 'In a plot that has the focus',
  values: 'read the values; of a figure its points, which Enter chooses',
  ends: 'the first, the last',
  painting: 'On the lattice, while the brush is on',
  move: 'move it, with Shift by five',
  paint: 'paint',
  spin: 'choose the spin',
  down: 'put it down',
  tour: 'In the tour',
  steps: 'back, next; so do Page up and Page down',
};

/** What pictures say in words: their text alternatives, and now and then a word aloud. */
export const pictures = {
  kept: 'Which way it flows is not told yet.',
  /** @param {number} columns @param {number} rows */
  lattice: (columns, rows) => `Lattice of ${columns} by ${rows} spins.`,
  risesRight: 'The magnetization rises from left to right.',
  risesLeft: 'The magnetization rises from right to left.',
  level: 'The magnetization is the same at both ends.',
  /** @param {string} sign @param {string} current @param {boolean} known whether its error is */
  current: (sign, current, known) => `${sign}, J = ${current}${known ? '' : ', no error yet'}.`,
  /** @param {string} first @param {string} last */
  ends: (first, last) => `m(1) = ${first}, m(Lx) = ${last}.`,
  /** @param {string} state */
  spins: (state) => `Spins: ${state}.`,
  /** @param {string} state */
  average: (state) => `In the time average: ${state}.`,
  /** @param {string} m @param {number} x */
  peak: (m, x) => `Its peak is ${m}, at x = ${x}.`,
  /** @param {string} values */
  end: (values) => `At its end: ${values}.`,
  first: 'First run:',
  second: 'Second run:',
};

/** The brush. */
export const brush = {
  /** @param {number} column from 1 @param {number} row from 1 @param {string} spin there @param {string} paints */
  place: (column, row, spin, paints) => `column ${column}, row ${row}: ${spin}; the brush paints ${paints}`,
  notYet: 'not painted yet',
};
