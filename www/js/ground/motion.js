// How much may move: what the system asks for.

/** Whether little motion is asked for; it may change while the page is open. */
export const still = matchMedia('(prefers-reduced-motion: reduce)');
