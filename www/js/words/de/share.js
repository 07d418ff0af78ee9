// What is passed on, and how, in German.

export const share = {
  title: 'Weitergeben',
  link: 'Link',
  /** @param {string} what */
  copyOf: (what) => `${what} kopieren`,
  copied: 'Kopiert',
  large: 'Großer QR-Code',
  /** @param {string} address */
  code: (address) => `QR-Code von ${address}`,
  /** @param {number} bytes */
  noCode: (bytes) => `Kein QR-Code fasst die ${bytes} Bytes dieses Links.`,
  ownMachine: 'Diese Adresse führt nur auf diesem Rechner hierher: Ein Telefon öffnet sie nicht.',
  noAddress: 'In einem Rahmen dieser Art hat eine Seite keine eigene Adresse, also gibt es keinen Link.',
  picture: 'Bild',
  noPixels: 'dieser Browser macht kein Bild daraus',
  /** @param {string} why */
  noPicture: (why) => `Es gibt kein Bild (${why}).`,
  caption: 'Bildunterschrift',
  bibtex: 'BibTeX',
  send: 'Senden…',
  close: 'Schließen',
  altered: 'Spins oder Parameter wurden während des Laufs geändert: Der Link führt zum Lauf, wie er begann.',
};

export const caption = {
  /** @param {string} current @param {string} sign @param {string} span */
  current: (current, sign, span) => `J = ${current} (${sign}), gemessen über t = ${span}`,
  /** @param {string} current @param {string} why */
  withoutError: (current, why) => `J = ${current}, noch ohne Fehler: ${why}`,
  /** @param {number} lx @param {number} ly @param {string} beta */
  lattice: (lx, ly, beta) => `zweidimensionales Ising-Modell mit ${lx} × ${ly} Spins, β = ${beta}`,
  /** @param {string} left @param {string} right */
  /** @param {string} left @param {string} right */
  balanced: (left, right) => `zwischen ausgeglichenen Reservoiren mit den Feldern artanh m₋ und artanh m₊, m₋ = ${left} und m₊ = ${right}`,
  /** @param {string} left @param {string} right */
  reservoirs: (left, right) => `zwischen Reservoiren mit m₋ = ${left} und m₊ = ${right}`,
  isolated: 'ohne Reservoire',
  /** @param {string} engine */
  engine: (engine) => `Uphill, Engine ${engine}`,
};

export const presenter = {
  leave: 'Die Ansicht für Vorträge verlassen',
};

export const paper = {
  /** @param {string} address */
  link: (address) => `Live: ${address}`,
};
