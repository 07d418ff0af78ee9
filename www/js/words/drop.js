// What is said of things that are dropped onto the page.

export const dropped = {
  nothing: 'What was dropped does not open here: a result of Uphill does, a file of JSON, a saved run, and a link of this page.',
  inFrame: 'Results do not open within this frame; on the whole page they do.',
  large: 'this file is too large for a saved run',
  /** @param {string} name @param {string} why */
  notOpened: (name, why) => `${name}: ${why}`,
  /** @param {string} name @param {number} count */
  alone: (name, count) => `Opened ${name} alone: of the other ${count === 1 ? 'file' : `${count} files`} nothing was taken.`,
  /** @param {string} name */
  opened: (name) => `Opened from ${name}; Play goes on.`,
  /** @param {string} why */
  notLoaded: (why) => `The file was not opened (${why}). If the connection was lost, drop it again when it is back.`,
};
