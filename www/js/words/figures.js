// What the view of the figures says, but for what the engine says there.

/** The name of each kind, as the page speaks of it. @type {Record<string, string>} */
export const kinds = { current: 'Figure 2', states: 'Figure 3', equilibrium: 'Figure 4', relation: 'The relation', match: 'The matching magnetization', sizes: 'The sizes', map: 'The map', regimes: 'Regimes below 0.92', exact: 'The 4 × 4 lattice' };

/** What the main button does in each state of a scan. */
export const mainButton = {
  ready: 'Run', running: 'Pause', pausing: 'Pausing', paused: 'Resume', complete: 'Complete', stopped: 'Resume', cancelled: 'Resume', foreign: 'Run', elsewhere: 'Runs in another tab', left: 'Go on here',
};

const workers = (/** @type {number} */ count) => (count === 1 ? 'one worker' : `${count} workers`);

/** How a scan stands. */
export const state = {
  /** @param {number} count of workers */
  running: (count) => `Running on ${workers(count)}.`,
  pausing: 'The workers finish what they are at.',
  paused: 'Paused.',
  complete: 'Complete.',
  stopped: 'Stopped.',
  cancelled: 'Cancelled. What was found stays in view until something else is opened; it is stored no more.',
  elsewhere: 'This scan runs in another tab of this browser; here it is shown as that tab saves it, and can go on when that tab has paused or closed it.',
  left: 'The tab in which this scan ran has paused or closed it.',
  withoutLocks: 'This browser does not let tabs know of each other: have this scan open in one tab only, or they overwrite what the other has saved.',
  /** @param {string} engine its version */
  foreign: (engine) => `Found by engine ${engine}; this page has another, so these results can be seen and saved, but not continued.`,
  /** @param {string} share such as "2/3" */
  part: (share) => `This is share ${share} of a scan: what the other shares have found is missing. In the terminal, uphill merge makes one result of all of them.`,
  missing: 'Run computes here what is missing.',
  /** @param {string} clock */
  saved: (clock) => `Saved at ${clock}.`,
  notSaved: 'Not saved: see above.',
};

/** How far it is. */
export const progress = {
  /** @param {number} done @param {number} tasks */
  tasks: (done, tasks) => `${done} of ${tasks} tasks done`,
  /** @param {string} number */
  days: (number) => `${number} days`,
  /** @param {string} duration */
  left: (duration) => `about ${duration} left`,
  /** @param {string} events */
  moves: (events) => `${events} moves`,
  more: 'points may be added then',
  /** @param {string} rate */
  speed: (rate) => `${rate} a second`,
  /** @param {number} ended @param {number} points */
  points: (ended, points) => `Progress of each point: ${ended} of ${points} done; the table lists them`,
};

/** What a scan is going to do. */
export const plan = {
  /** @param {number} points @param {number} tasks @param {string} until @param {string} cap */
  whole: (points, tasks, until, cap) => `${points} points, ${tasks} tasks: each point until ${until}, or t = ${cap} a replica. How long it takes is told once it runs.`,
  /** @param {number} points @param {number} tasks @param {string} moves @param {boolean} splits */
  ofMap: (points, tasks, moves, splits) => `${points} cells, ${tasks} tasks: each until the sign of J is known, or ${moves} moves.${splits ? ' Then cells are split where the sign changes.' : ''}`,
  /** @param {string} error */
  errorOfJ: (error) => `σ of J is ${error}`,
  /** @param {string} error */
  errorOfM: (error) => `σ of m_eq is ${error}`,
  /** @param {string} error */
  more: (error) => `Then points are added where J changes its sign, until m_crit is known within ${error}.`,
  /** @param {string} errors */
  refine: (errors) => `Refine to ${errors}`,
  /** @param {string} error */
  finerJ: (error) => `σ of J ${error}`,
  /** @param {string} error */
  finerM: (error) => `σ of m_eq ${error}`,
  /** @param {string} error */
  finerMatch: (error) => `σ of m* ${error}`,
  /** @param {string} moves */
  moreMoves: (moves) => `${moves} moves`,
  /** @param {string} error */
  finerC: (error) => `m_crit within ${error}`,
};

/** What happens to scans. */
export const scans = {
  /** @param {string} name @param {string} share @param {string} link @param {boolean} saved */
  paused: (name, share, link, saved) => `${name} was paused at ${share}${saved ? ', and is saved' : ''}. Its link leads back to it: ?${link}`,
  /** @param {string} name @param {string} share @param {string} clock @param {string} link */
  offered: (name, share, clock, link) => `${name} was not finished: ${share} done, saved at ${clock}. ?${link}`,
  openElsewhere: 'This scan is open in another tab as well: what is stored of it stays. Close it there first.',
  /** @param {string} clock @param {string} engine */
  foreign: (clock, engine) => `Engine ${engine} has found results of this link, stored at ${clock}. Trajectories of this page’s engine are others, so the scan begins anew here; those results are kept, to be read and saved.`,
  openForeign: 'Open them',
  /** @param {string} name @param {string} share */
  status: (name, share) => `${name}: ${share}`,
  /** @param {number} aside @param {number} tasks */
  stopped: (aside, tasks) => `${aside} of ${tasks} tasks could not be computed; the rest is done. Resume tries them again.`,
  /** @param {number} number from 1 @param {string} point */
  replica: (number, point) => `replica ${number} of ${point}`,
  /** @param {string} why @param {string} task */
  workerDied: (why, task) => `A worker died (${why}) and was replaced; ${task} goes on from its last checkpoint.`,
  /** @param {string} task @param {number} times @param {string} why */
  aside: (task, times, why) => `The scan goes on without ${task}, which failed ${times} times: ${why}`,
};

/** What the browser stores, or does not. */
export const storage = {
  /** @param {string} why */
  none: (why) => `This browser gives the page no storage (${why}). Scans run, but cannot be resumed after the page is closed or reloaded.`,
  full: 'The browser’s storage is full',
  /** @param {string} why */
  failed: (why) => `The browser’s storage has failed (${why})`,
  /** @param {string} why @param {string} still */
  notSaved: (why, still) => `${why}. The scan runs on, but is not saved any more. ${still}`,
  /** @param {string} clock */
  still: (clock) => `If the page closes, this scan can go on from where it was at ${clock}.`,
  nothing: 'This scan cannot be resumed after the page is closed or reloaded.',
  /** @param {string[]} links */
  madeRoom: (links) => `To make room, ${links.length === 1 ? 'the oldest stored scan was' : `the ${links.length} oldest stored scans were`} erased: ${links.join(' ')}`,
  givenUp: 'the browser gave the writing up',
  notOpened: 'the browser does not open its storage',
};

/** The list of what is stored. */
export const stored = {
  title: 'Stored scans…',
  what: 'by any version of the engine: to be opened, or erased',
  none: 'No scan is stored.',
  open: 'Open',
  erase: 'Erase',
  /** @param {string} name @param {string} share @param {string} date @param {string} engine @param {string} link */
  line: (name, share, date, engine, link) => `${name}, ${share}, saved ${date} by engine ${engine}: ?${link}`,
  other: 'This page has another engine: what was found can be read and saved, but not continued.',
  /** @param {string} link */
  erased: (link) => `Erased: ?${link}`,
};

/** What goes wrong with workers. */
export const trouble = {
  noWorkers: 'This browser has no Web Workers, which scans need; the lab runs without them.',
  stopped: 'its script did not load or has stopped',
  unreadable: 'its message could not be read',
  nonsense: 'it said what no worker says',
  /** @param {number} seconds */
  silent: (seconds) => `it has said nothing for ${seconds} s`,
  /** @param {string} why */
  stillborn: (why) => `The workers that compute a scan do not start: ${why}.`,
};

/** Files. */
export const files = {
  noPng: 'This browser makes no PNG of a picture of this size; the SVG has the same picture.',
  /** @param {string} name @param {number} bytes @param {number} largest */
  large: (name, bytes, largest) => `${name} has ${bytes} bytes: allowed is a result of at most ${largest}.`,
  /** @param {string} name @param {number} others */
  several: (name, others) => `Opened ${name} alone, and not the ${others === 1 ? 'other file' : `${others} other files`}: the page shows one result at a time. The parts of one scan are put together by uphill merge.`,
  unreadable: 'it cannot be read; folders cannot, nor what is no longer where it was',
  /** @param {string} name @param {string} why */
  wrong: (name, why) => `${name}: ${why}. Nothing was changed.`,
};

/** Pictures: their controls, and what they show in words. */
export const pictures = {
  unread: 'nothing read yet',
  show: 'Show',
  toLab: 'Open in the lab',
  chooseCell: 'A click opens a cell in the lab; arrows and Enter choose one.',
  choose: 'Choose a point of the picture, by click or by arrows and Enter.',
  /** @param {string} title */
  probe: (title) => `Points of: ${title}. Arrows go through them, Enter chooses one`,
  /** @param {string} title */
  file: (title) => `${title}, as a file`,
  /** @param {number} count at least 1 */
  drawn: (count) => `${count} ${count === 1 ? 'point' : 'points'} drawn`,
  /** @param {number} total */
  noneDrawn: (total) => `none of ${total} points drawn yet`,
  /** @param {string} title @param {string} count */
  count: (title, count) => `${title}: ${count}; the table lists them`,
  /** @param {string} point */
  lowest: (point) => `Lowest: ${point}`,
  /** @param {string} point */
  highest: (point) => `Highest: ${point}`,
};

/** The table of results, beside what the engine puts into it. */
export const table = {
  done: 'done',
  run: 'run',
  lab: 'lab',
  /** @param {string} point */
  open: (point) => `Open ${point} in the lab`,
};

/** Stands where no finding is. */
export const noFindings = { subject: 'Nothing yet', text: 'Findings appear as soon as there is enough to tell.' };
