// Controls that the address locks: they are shown, and stay disabled whatever the state is.

const LOCKED = 'locked';

/** @param {Element} control */
export function lock(control) {
  control.setAttribute('disabled', '');
  /** @type {HTMLElement} */ (control).dataset[LOCKED] = '';
}

/** Enables a button, or not; one that is locked never. @param {HTMLButtonElement} control @param {boolean} enabled */
export function enable(control, enabled) {
  control.disabled = !enabled || LOCKED in control.dataset;
}
