// A canvas has as many pixels as the screen has where it stands.

/** Gives a canvas the size of its area, in pixels of the screen; returns whether there is any room. @param {HTMLCanvasElement} canvas @param {HTMLElement} area */
export function fill(canvas, area) {
  const width = Math.round(area.clientWidth * devicePixelRatio);
  const height = Math.round(area.clientHeight * devicePixelRatio);
  if (width === 0 || height === 0) return false;
  // To set the size clears the canvas, also where it stays the same.
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return true;
}
