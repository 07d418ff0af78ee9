// What the tour says: for each step the run that it sets, what the paper states, and what to look for.
//
// The seeds are fixed so that everybody sees the same run. Others show the same, the states below
// the transition sooner or later: `takes` says how long it typically is.

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {string} link the run, as a query string
 * @property {string} where the place in the paper
 * @property {string} statement what stands there, word for word, with its symbols as ours
 * @property {string} reading what has to be known of it here
 * @property {string} look what to look for
 * @property {string} takes how long that takes
 * @property {number} until a time by which this run shows it
 * @property {number} [afresh] a time before it at which to measure afresh, as the step says
 * @property {Row[]} rows what is read off the run
 * @property {'uphill' | 'downhill'} [direction] which way the current flows by the statement
 * @property {boolean} [ours] whether the statement is not the paper's
 * @property {'step' | 'bump' | 'two-bumps'} [state] how the phases are arranged by the statement
 *
 * @typedef {'moves' | 'magnetization' | 'current' | 'relation' | 'last' | 'state' | 'bump' | 'mEq' | 'power' | 'efficiency'} Row
 */

/** @type {Step[]} */
export const STEPS = [
  {
    title: 'The model',
    link: 'm=0.999&seed=1',
    where: 'Abstract; Fig. 1',
    statement: '“… the 2D ferromagnetic Ising model in contact with two reservoirs that fix, at the left and the right boundaries, magnetizations of the same magnitude but of opposite signs.”',
    reading: 'Neighbours exchange their spins, which conserves the magnetization; only the end columns flip, as the reservoirs ask.',
    look: 'Blue is +, paper-white is −. Left of the middle lies the − phase, right of it the + phase; lone spins wander through both. The random columns outside show what the reservoirs ask for. Matter flows down a gradient, one expects: from + to −.',
    takes: 'At once.',
    until: 1e4,
    rows: ['moves', 'magnetization', 'state'],
  },
  {
    title: 'Downhill at m₊ = 1',
    link: 'm=1&seed=2',
    where: 'Numerical analysis of the current',
    statement: '“When m₊ = 1 one expects that the instanton is stable […] Such profile sustains a negative current, which is microscopically due to positive spins (resp. negative) that cross the interface from the right (resp. left) and are eventually absorbed by the left (resp. right) reservoir.”',
    reading: 'The instanton is the step that you see: one interface in the middle.',
    look: 'The two arrows: the current points against the gradient, from + to −. The integrated current J_t falls along a straight line. Fick’s law holds.',
    takes: 'Some 10⁵ time units: seconds.',
    until: 1e5,
    rows: ['current', 'relation', 'state'],
    direction: 'downhill',
    state: 'step',
  },
  {
    title: 'Lowering m₊',
    link: 'm=0.9995&seed=2',
    where: 'Numerical analysis of the current; Fig. 2 and its inset',
    statement: '“When m₊ < 1 a second microscopic mechanism produces a current: positive spins (resp. negative) that are created at the left (resp. right) reservoir and travel to the right (resp. left), thus yielding a positive contribution to the current.”',
    reading: 'At 0.99950 the paper’s inset has a straight line with a negative slope.',
    look: 'The slope of J_t is still negative, but it has become smaller by a factor of three or so: two currents of opposite sign nearly cancel.',
    takes: 'Some 10⁵ time units: seconds.',
    until: 3e5,
    rows: ['current', 'relation', 'state'],
    direction: 'downhill',
    state: 'step',
  },
  {
    title: 'The current turns',
    link: 'm=0.9991&seed=2',
    where: 'The model and the main result; Fig. 2',
    statement: '“If m₊ < m_crit the magnetization flows from the minus to the plus phases (from R₋ to R₊), thus the current is positive and we have ‘uphill diffusion’.” It finds m_crit ≈ 0.99931.',
    reading: 'The paper gives m_crit without an error. Figures, Fig. 2, measures it with one.',
    look: 'The arrow of the current has turned: + spins go where + already is. The lattice looks as before. Compare, below, sets the run at 0.9995 beside it, as the paper’s inset does.',
    takes: 'Some 10⁵ time units: seconds.',
    until: 3e5,
    rows: ['current', 'relation', 'last'],
    direction: 'uphill',
  },
  {
    title: 'The bump',
    link: 'm=0.999&seed=14',
    where: 'Numerical analysis of the current; Fig. 3, second column; Discussion',
    statement: '“… a metastable phase where the instanton is replaced by a bump”. Its peak is “between m₊ and m_β, namely m₊ = 0.9990 < m_bump = 0.99925 < m_β ≈ 0.99927”: from there to the right boundary the profile falls, and the current goes down the gradient.',
    reading: 'No error is given for m_bump; Figures, Fig. 3, has one. The formula for m_β gives 0.999276 at β = 1.',
    look: 'The interface wanders, and ends at a wall. Then press Measure afresh: the profile is that of the bump, highest near the interface and falling towards the far end. A mirrored bump is its image, with the same J.',
    takes: 'Some 10⁶ time units until the interface is at a wall, with other seeds several times that.',
    afresh: 2.2e6,
    until: 3.2e6,
    rows: ['current', 'state', 'bump'],
    direction: 'uphill',
    state: 'bump',
  },
  {
    title: 'Two bumps',
    link: 'm=0.998&seed=1',
    where: 'Numerical analysis of the current; Fig. 3, third column; Discussion',
    statement: '“… continuing to lowering m₊, a weakly-unstable phase appears with a profile with two bumps”, after a jump of the current near m₊ = 0.9987. Here “m₊ = 0.9980 < m_β ≈ 0.99927 < m_bump = 0.99940. Thus, being m_β < m_bump, we have again downhill current.”',
    reading: 'Where one state gives way to another depends on the start and on the time one waits: several live long here.',
    look: 'Columns turn over at both walls, then + lies on the left and − on the right of the middle, each with a thin layer of the other at its wall: three interfaces. Press Measure afresh to see their profile alone.',
    takes: 'Some 5·10⁵ time units: seconds; then some 3·10⁵ more, measured afresh, for the sign.',
    afresh: 6.5e5,
    until: 9.5e5,
    rows: ['current', 'state', 'bump'],
    direction: 'uphill',
    state: 'two-bumps',
  },
  {
    title: 'The equilibrium relation',
    link: 'res=off&seed=2',
    where: 'Estimate of the critical magnetization; Fig. 4',
    statement: '“… if m₊ = m_eq (and m₋ = −m_eq) then in the non-equilibrium setting the reservoirs are trying to impose a magnetization which is already there, so that their influence is negligible.” At L = 40 it finds m_eq ≈ 0.99931, the value of m_crit.',
    reading: 'The abstract says “precisely”; the two numbers have five digits and no errors. Figures, Relation, tests it with errors.',
    look: 'The reservoirs are off: no spin flips, no current flows. The end columns have the magnetization m_eq all the same: by the paper’s claim the very one at which reservoirs drive no current.',
    takes: 'Some 10⁶ time units for five digits.',
    until: 3e5,
    rows: ['mEq', 'magnetization', 'state'],
    state: 'step',
  },
  {
    title: 'In one line',
    link: 'L=10&m=0.995&seed=2',
    where: 'Not in the paper',
    ours: true,
    statement: 'In every steady state, exactly: J = (⟨m(Lx)⟩ − m₊)/2. The right side is what the right reservoir takes away, in + spins per row and unit time; in a steady state just as many come through the lattice.',
    reading: 'Here on 10 × 10 sites, where the current is large enough for both sides to be measured soon.',
    look: 'The current is uphill just when the last column is more magnetized than its reservoir asks. The two sides are measured apart, one on the bonds, one in the last column. A lattice this small changes its state from time to time and has no error for a while; the sides change together.',
    takes: 'Some 10⁶ time units: seconds. The right side is much the noisier one.',
    until: 1e6,
    rows: ['current', 'relation', 'last'],
    direction: 'uphill',
  },
  {
    title: 'Who pays',
    link: 'L=10&beta=0.6&m=0.95&seed=2',
    where: 'Discussion, and beyond it',
    ours: true,
    statement: 'A reservoir that knows no energy flips spins against it: that costs work. A part of it lifts spins uphill, the rest becomes heat. The part is 2 Ly J (artanh m₊ − artanh m₋) over β times the heat, at most 1.',
    reading: 'The paper says that the reservoirs pump energy into the channel, and measures none. Here, on 10 × 10 sites at β = 0.6, it is soon measured.',
    look: 'Beside the word: what the reservoirs put in, and what of it lifts spins uphill. The table of numbers has each reservoir’s power, counted and by rates, the heat and the entropy production, with their errors.',
    takes: 'Some 10⁵ time units: seconds.',
    until: 3e5,
    rows: ['current', 'power', 'efficiency'],
    direction: 'uphill',
  },
  {
    title: 'The control',
    link: 'L=10&beta=0.6&m=0.95&res=balanced&seed=2',
    where: 'Not in the paper; our reading of arXiv 1903.11300',
    ours: true,
    statement: 'Reservoirs that know the energy are in detailed balance with the lattice. Then entropy can only be produced by a current that goes down: it never climbs.',
    reading: 'The lattice, β and m₊ are those of the step before, and only the reservoirs differ. Here m₊ names the reservoir’s field, artanh m₊, not the magnetization of the column beside it. The rates of the later paper could not be read: these are ours.',
    look: 'The arrow of the current has turned. The same lattice between the same m: what climbs, climbs because somebody pays. Control, in the lab, sets both beside each other.',
    takes: 'Some 10⁵ time units: seconds.',
    until: 3e5,
    rows: ['current', 'power', 'state'],
    direction: 'downhill',
  },
  {
    title: 'The relation put right',
    link: 'm=0.99933&seed=2',
    where: 'The abstract; Fig. 4; Figures, m* and Relation',
    ours: true,
    statement: 'Three numbers are near each other at β = 1: m_β = 0.999276 of the bulk; that of a column beside a wall, 0.999290, to which m_eq goes; and m* = 0.999328(1), what a reservoir must ask for to feed a phase as at coexistence. The current vanishes at m*.',
    reading: 'A reservoir that knows no energy makes lone spins alone, and must ask for more than m_β. The paper’s five digits at L = 40 could not tell the three apart; Figures, Relation, tests each claim.',
    look: 'At m₊ = 0.99933 the sign of J stays open, for as long as you like to wait: this is m*, not m_β. Magnified, the profile lies flat at m_β, below what the reservoirs ask for.',
    takes: 'Some 3·10⁵ time units; longer, and the error shrinks around 0.',
    until: 3e5,
    rows: ['current', 'magnetization', 'last'],
    state: 'step',
  },
];

/** What the tour's own parts say. */
export const WORDS = {
  tour: 'Tour',
  step: (/** @type {number} */ number) => `${number} of ${STEPS.length}`,
  back: 'Back',
  next: 'Next',
  end: 'End',
  close: 'Close the tour',
  paper: 'The paper',
  ours: 'Beyond the paper',
  look: 'Look for',
  live: 'This run',
  left: 'This is no longer the run of this step.',
  again: 'Run this step',
  allowed: (/** @type {string} */ given) => `In the link, tour=${given}: allowed is a whole number from 1 to ${STEPS.length}. No step of the tour is opened.`,
  announced: (/** @type {number} */ number) => `Tour, step ${number} of ${STEPS.length}: ${STEPS[number - 1].title}. ${STEPS[number - 1].statement} ${STEPS[number - 1].look}`,
  rows: {
    moves: 'moves',
    magnetization: 'm_β',
    current: 'J',
    relation: '(⟨m(Lx)⟩ − m₊)/2',
    last: '⟨m(Lx)⟩',
    state: 'spins now',
    bump: 'm_bump',
    mEq: 'm_eq',
    power: 'put in, per unit time',
    efficiency: 'of it, uphill',
  },
  noError: 'no error yet',
  afresh: 'press Measure afresh first',
  wait: 'Not yet significant.',
  agrees: (/** @type {string} */ seen) => `${seen}, as the paper says.`,
  agreesNot: (/** @type {string} */ seen) => `${seen}: not what the paper says.`,
  seenNow: (/** @type {string} */ seen) => `${seen}.`,
  stateNotYet: (/** @type {string} */ state, /** @type {string} */ asked) => `The spins: ${state}; not yet ${asked}.`,
  average: (/** @type {string} */ state) => `in the time average: ${state}`,
  noBump: 'the time average has none',
  bumpAt: (/** @type {string} */ m, /** @type {number} */ x) => `${m} at x = ${x}, without an error`,
};
