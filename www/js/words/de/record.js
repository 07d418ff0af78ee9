// What is said of recordings, in German.

export const record = {
  length: 'Länge der Aufnahme',
  /** @param {number} seconds */
  seconds: (seconds) => `${seconds} s`,
  untilStopped: 'bis zum Anhalten',
  start: 'Aufnehmen',
  stop: 'Anhalten',
  /** @param {number} seconds @param {string} format */
  recording: (seconds, format) => `${seconds} s, ${format}`,
  /** @param {string} name */
  saved: (name) => `Gesichert als ${name}.`,
  /** @param {string} format */
  format: (format) => `Ein Film als ${format}; als Bilder in einem Terminal:`,
  /** @param {string} link @param {number} time */
  film: (link, time) => `uphill film '${link}' --to ${time} --frames 250 -o frames`,
  noFormat: 'Dieser Browser nimmt keinen Film auf.',
  nothing: 'der Browser hat nichts geliefert',
  /** @param {string} why */
  failed: (why) => `Nichts wurde aufgenommen (${why}).`,
};
