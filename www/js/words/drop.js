// What is said of things that are dropped onto the page.

export const dropped = {
  nothing: 'What was dropped does not open here: a result of Uphill does, a file of JSON, and a link of this page.',
  inFrame: 'Results do not open within this frame; on the whole page they do.',
  /** @param {string} why */
  notLoaded: (why) => `The file was not opened (${why}). If the connection was lost, drop it again when it is back.`,
};
