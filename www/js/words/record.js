// What is said of recordings.

export const record = {
  length: 'Length of the recording',
  /** @param {number} seconds */
  seconds: (seconds) => `${seconds} s`,
  untilStopped: 'until stopped',
  start: 'Start',
  stop: 'Stop',
  /** @param {number} seconds @param {string} format */
  recording: (seconds, format) => `${seconds} s, ${format}`,
  /** @param {string} name */
  saved: (name) => `Saved as ${name}.`,
  /** @param {string} format */
  format: (format) => `A film as ${format}; as pictures, in a terminal:`,
  /** @param {string} link @param {number} time */
  film: (link, time) => `uphill film '${link}' --to ${time} --frames 250 -o frames`,
  noFormat: 'This browser records no film.',
  nothing: 'the browser has given nothing',
  /** @param {string} why */
  failed: (why) => `Nothing was recorded (${why}).`,
};
