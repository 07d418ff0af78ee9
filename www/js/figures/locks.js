// Locks between the tabs of this browser: one tab alone works on a scan, and what is stored of a
// scan that another tab has open is not erased.

/** What the locks' names begin with. */
const WORK = 'uphill-work ';
const OPEN = 'uphill-open ';

/** Whether the browser was found to have no locks, as over a connection that is not safe. */
let without = false;
/** @type {Map<string, number>} How often each scan is open here. */
const here = new Map();

/** @typedef {() => void} Release */

/** @returns {Release} */
const nothing = () => () => {};

/** Asks for a lock; null where another tab has it. @param {string} name @param {LockOptions} options @returns {Promise<Release | null>} */
function hold(name, options) {
  return new Promise((resolve) => {
    const none = () => {
      without = true;
      resolve(nothing());
    };
    if (!navigator.locks) {
      none();
      return;
    }
    // A page of no origin is refused.
    navigator.locks.request(name, options, (lock) => {
      if (lock) return new Promise((release) => { resolve(() => release(undefined)); });
      resolve(null);
      return undefined;
    }).catch(none);
  });
}

/** Whether tabs cannot know of each other. */
export const isWithoutLocks = () => without;

/** The right to work on a scan, or null while another tab has it. @param {string} identity */
export const holdWork = (identity) => hold(WORK + identity, { ifAvailable: true });

/** The same as soon as no other tab has it. @param {string} identity */
export const waitForWork = (identity) => hold(WORK + identity, {});

/** Lets the other tabs know that this one has a scan open. @param {string} identity @returns {Promise<Release>} */
export async function holdOpen(identity) {
  here.set(identity, (here.get(identity) ?? 0) + 1);
  const release = await hold(OPEN + identity, { mode: 'shared' }) ?? nothing();
  return () => {
    here.set(identity, (here.get(identity) ?? 1) - 1);
    release();
  };
}

/** Whether this tab has a scan open. @param {string} identity */
export const isOpenHere = (identity) => (here.get(identity) ?? 0) > 0;

/** The locks that other tabs hold now. @returns {Promise<string[]>} */
async function heldElsewhere() {
  // By a lock of its own this tab is told from the others.
  const mark = `uphill-tab ${Math.random()}`;
  const release = await hold(mark, {});
  if (without || !release) return [];
  // In a frame of another site Firefox may grant locks and refuse to tell of them.
  const { held = [] } = await navigator.locks.query().catch(() => {
    without = true;
    return /** @type {LockManagerSnapshot} */ ({});
  });
  release();
  const own = held.find(({ name }) => name === mark)?.clientId;
  return held.filter(({ clientId }) => clientId !== own).map(({ name }) => name ?? '');
}

/** Whether another tab works on a scan. @param {string} identity */
export const isWorkedOnElsewhere = async (identity) => (await heldElsewhere()).includes(WORK + identity);

/** The scans that other tabs have open. @returns {Promise<Set<string>>} */
export async function openElsewhere() {
  const held = await heldElsewhere();
  return new Set(held.filter((name) => name.startsWith(OPEN)).map((name) => name.slice(OPEN.length)));
}
