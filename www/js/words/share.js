// What is passed on, and how: the share sheet, the QR code and what stands on paper.

export const share = {
  title: 'Pass it on',
  link: 'Link',
  /** @param {string} what */
  copyOf: (what) => `Copy ${what.toLowerCase() === 'bibtex' ? what : what.toLowerCase()}`,
  copied: 'Copied',
  large: 'Large QR code',
  /** @param {string} address */
  code: (address) => `QR code of ${address}`,
  /** @param {number} bytes */
  noCode: (bytes) => `A QR code cannot hold the ${bytes} bytes of this link.`,
  ownMachine: 'This address leads here on this computer alone: a phone does not open it.',
  noAddress: 'A page within this kind of frame has no address of its own, so there is no link.',
  picture: 'Picture',
  noPixels: 'this browser makes no picture of it',
  /** @param {string} why */
  noPicture: (why) => `There is no picture (${why}).`,
  caption: 'Caption',
  bibtex: 'BibTeX',
  send: 'Send…',
  close: 'Close',
  altered: 'Spins or parameters were changed while it ran: the link leads to the run as it began.',
};

/** A run in a sentence; all but the last two are as the page shows them. */
export const caption = {
  /** @param {string} current with its error @param {string} sign @param {string} span */
  current: (current, sign, span) => `J = ${current} (${sign}), measured over t = ${span}`,
  /** @param {string} current @param {string} why it has no error */
  withoutError: (current, why) => `J = ${current}, as yet without an error: ${why}`,
  /** @param {number} lx @param {number} ly @param {string} beta */
  lattice: (lx, ly, beta) => `two-dimensional Ising model of ${lx} × ${ly} spins, β = ${beta}`,
  /** @param {string} left @param {string} right */
  reservoirs: (left, right) => `between reservoirs of m₋ = ${left} and m₊ = ${right}`,
  /** @param {string} left @param {string} right */
  balanced: (left, right) => `between balanced reservoirs of fields artanh m₋ and artanh m₊, m₋ = ${left} and m₊ = ${right}`,
  isolated: 'without reservoirs',
  /** @param {string} engine */
  engine: (engine) => `Uphill, engine ${engine}`,
};

export const presenter = {
  leave: 'Leave the presenter’s view',
};

export const paper = {
  /** @param {string} address */
  link: (address) => `Live: ${address}`,
};
