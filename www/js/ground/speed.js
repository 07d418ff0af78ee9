// How fast this machine goes, in words.

/**
 * The page's own measurement, to two digits: how fast this machine goes. Not by the browser's
 * locales, whose first use takes a long part of a frame.
 * @param {number} rate
 */
export const perSecond = (rate) => String(Number(rate.toPrecision(2))).replace(/\B(?<!\.\d*)(?=(?:\d{3})+$)/g, '\u202f');
