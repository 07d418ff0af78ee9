// What each setting of an experiment means: a label and a line of help.

/** @type {Record<string, {label: string, help: string}>} */
export const SETTINGS = {
  ms: { label: 'm₊, right reservoir', help: 'Values and ranges first:last:step, with commas: 0.998,0.999:1:0.0001. The left reservoir has −m₊.' },
  Lx: { label: 'Lx, columns', help: 'A whole number; the paper has 40.' },
  Ly: { label: 'Ly, rows', help: 'A whole number; the paper has 40. The rows are periodic.' },
  Ls: { label: 'L, sizes', help: 'Values and ranges first:last:step, with commas: 10:40:2. Lattices are L × L.' },
  beta: { label: 'β, inverse temperature', help: 'In units of the coupling; critical at 0.4407. The paper has 1.' },
  betas: { label: 'β, inverse temperatures', help: 'Values and ranges first:last:step, with commas; critical at 0.4407.' },
  res: { label: 'Reservoirs', help: 'As in the letter, which flips spins whatever that costs; or balanced, the control, which knows the energy and pumps nothing.' },
  bc: { label: 'Boundary', help: 'Outside the end columns: walls of − and +, or their own column shifted along y.' },
  shift: { label: 'Shift', help: 'By how many rows; Ly/4 unless given.' },
  dyn: { label: 'Dynamics', help: 'Kinetic Monte Carlo performs a move at every step; Metropolis tries one. Same stationary state.' },
  from: { label: 'Start', help: 'Each point from the step; or from the final spins of the point before, upwards or downwards in m₊: history then matters.' },
  err: { label: 'Error of J', help: 'One standard deviation at which a point is done.' },
  errc: { label: 'Error of m_crit', help: 'Points are added where J changes its sign until m_crit is known so well; empty for none. From the step only.' },
  errm: { label: 'Error of m_eq, or of m*', help: 'One standard deviation at which a point without reservoirs is done; of one phase alone, until which points are added.' },
  relax: { label: 'Relaxation', help: 'Time that is not measured, at the start and after a change of state; empty for 50·Lx², of a map for less where β is small.' },
  cap: { label: 'Longest time', help: 'Simulated time after which a replica ends even if its error is larger than asked.' },
  moves: { label: 'Moves', help: 'From so many on, a cell whose sign is not known yet ends without one.' },
  split: { label: 'Splits', help: 'How often cells are split in four where the sign changes, from 0 to 4.' },
  reps: { label: 'Replicas', help: 'Independent runs of each point, with random numbers of their own.' },
  seed: { label: 'Seed', help: 'A whole number; the same link gives the same results, bit for bit.' },
};

/** What can be chosen, in words. @type {Record<string, string>} */
export const CHOICES = {
  on: 'of the letter', balanced: 'balanced', fixed: 'fixed walls', shifted: 'shifted', kinetic: 'kinetic Monte Carlo', metropolis: 'Metropolis',
  step: 'from the step', up: 'upwards, one after the other', down: 'downwards, one after the other',
};
