// Sliders: one that is left and come back to by as many steps stands where it stood, also between
// its steps; and a swipe over one that scrolls the page changes nothing.

import { guarded } from '../ground/failure.js';

/** How far a finger goes before its way is known, in CSS pixels. */
const KNOWN = 8;

/**
 * What the positions of a slider stand for.
 * @typedef {{valueAt: (position: number) => number, positionOf: (value: number) => number}} Scale
 */

export class Slider {
  /** @param {HTMLInputElement} field @param {Scale} scale @param {(value: number) => void} apply */
  constructor(field, scale, apply) {
    this.field = field;
    this.scale = scale;
    this.apply = apply;
    /** What is shown, which may lie between two steps. */
    this.value = NaN;
    /** Where the slider stood when it was last set by others, and for what. */
    this.anchor = { position: '', value: NaN };
    /** A touch of which it is not known yet whether it scrolls the page. @type {{x: number, position: string, moved: string | null} | null} */
    this.touch = null;
    field.addEventListener('input', () => guarded(() => this.move()));
    field.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'touch') this.touch = { x: event.clientX, position: field.value, moved: null };
    });
    field.addEventListener('pointermove', (event) => {
      if (this.touch && Math.abs(event.clientX - this.touch.x) >= KNOWN) this.decide();
    });
    field.addEventListener('pointerup', () => this.decide());
    field.addEventListener('pointercancel', () => {
      if (this.touch) field.value = this.touch.position;
      this.touch = null;
    });
  }

  /** Shows a value that may have been set elsewhere. @param {number} value */
  show(value) {
    if (value === this.value) return;
    this.value = value;
    this.field.value = String(this.scale.positionOf(value));
    // As the browser has rounded it.
    this.anchor = { position: this.field.value, value };
  }

  /** The finger does not scroll: what it has done to the slider counts. */
  decide() {
    const moved = this.touch?.moved ?? null;
    this.touch = null;
    if (moved === null) return;
    this.field.value = moved;
    guarded(() => this.move());
  }

  move() {
    const { field, anchor, touch } = this;
    if (touch) {
      touch.moved = field.value;
      return;
    }
    this.value = field.value === anchor.position ? anchor.value : this.scale.valueAt(Number(field.value));
    this.apply(this.value);
  }
}
