// The settings of an experiment as a form, made from what the engine says it has.

import { readExperiment } from '../../engine/uphill.js';
import { typed } from '../address/link.js';
import { element } from '../ground/elements.js';
import { guarded } from '../ground/failure.js';
import { write } from '../ground/formulas.js';
import { isComposing } from '../ground/keys.js';
import { notice } from '../ground/notices.js';
import { plan } from '../words/figures.js';
import { CHOICES, SETTINGS } from '../words/settings.js';

/** @typedef {import('../../engine/uphill.js').Setting} Setting */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** What goes back to its default when another setting changes. @type {Record<string, string[]>} */
const FOLLOWS = { Lx: ['shift'], Ly: ['shift'], bc: ['shift'] };

/** The query string of an experiment with some settings changed. @param {string} kind @param {Setting[]} settings @param {Record<string, string>} changes */
export function queryWith(kind, settings, changes) {
  const query = new URLSearchParams({ exp: kind });
  for (const { key, value } of settings) {
    const text = typed(changes[key] ?? value);
    if (text !== '') query.set(key, text);
  }
  return query.toString();
}

/** The next rounder error, about half a decade smaller. @param {number} error */
function finer(error) {
  const decade = 10 ** Math.floor(Math.log10(error * 0.9));
  return Number(((error * 0.9 > 3 * decade ? 3 : 1) * decade).toPrecision(1));
}

/** A small number as a power of ten: 3·10⁻⁷. @param {string} text */
export function power(text) {
  const [digits, exponent] = Number(text).toExponential().split('e-');
  if (!exponent || Number(exponent) < 4) return text;
  const raised = [...exponent].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  return `${digits === '1' ? '' : `${digits}·`}10⁻${raised}`;
}

/** A large number, short: 4·10⁶. @param {string} text */
export function count(text) {
  const [digits, exponent] = Number(text).toExponential().split('e+');
  return `${digits === '1' ? '' : `${digits}·`}10${[...exponent].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')}`;
}

/** The same experiment with smaller errors and a longer cap, or more moves; and the errors, in words. @param {string} kind @param {Setting[]} settings */
export function refined(kind, settings) {
  const value = (/** @type {string} */ key) => Number(settings.find((setting) => setting.key === key)?.value || NaN);
  /** @type {Record<string, string>} */
  const changes = {};
  for (const key of ['cap', 'moves']) if (Number.isFinite(value(key))) changes[key] = String(Number((value(key) * 10).toPrecision(2)));
  for (const key of ['err', 'errc', 'errm']) if (Number.isFinite(value(key))) changes[key] = String(finer(value(key)));
  const reading = readExperiment(queryWith(kind, settings, changes));
  const link = reading.notices.length === 0 ? reading.link : '';
  const words = [changes.moves && plan.moreMoves(count(changes.moves)), changes.err && plan.finerJ(power(changes.err)), changes.errc && plan.finerC(power(changes.errc)), changes.errm && (kind === 'match' ? plan.finerMatch : plan.finerM)(power(changes.errm))].filter(Boolean).join(', ');
  return { link, words };
}

export class Settings {
  /** @param {(link: string) => void} open */
  constructor(open) {
    this.form = element('scan-setup');
    this.open = open;
    /** @type {Map<string, Field>} */
    this.fields = new Map();
    this.kind = '';
    /** @type {Setting[]} */
    this.settings = [];
    this.form.addEventListener('submit', (event) => event.preventDefault());
    this.form.addEventListener('change', (event) => guarded(() => {
      const changed = [...this.fields].find(([, field]) => field === event.target);
      if (changed) this.apply(changed[0]);
    }));
    this.form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !isComposing(event) && event.target instanceof HTMLInputElement) event.target.blur();
    });
  }

  /** @param {string} kind @param {Setting[]} settings */
  show(kind, settings) {
    const keys = settings.map(({ key }) => key).join();
    if (keys !== [...this.fields.keys()].join()) {
      this.fields.clear();
      this.form.replaceChildren(...settings.map((setting) => this.field(setting)));
    }
    this.kind = kind;
    this.settings = settings;
    for (const { key, value } of settings) {
      const field = this.fields.get(key);
      if (field) field.value = value;
      this.complain(key, '');
    }
  }

  /** @param {Setting} setting */
  field({ key, choices }) {
    const { label, help } = SETTINGS[key] ?? { label: key, help: '' };
    const place = document.createElement('div');
    place.className = 'field';
    const name = document.createElement('label');
    name.htmlFor = `set-${key}`;
    write(name, label);
    const field = document.createElement(choices.length > 0 ? 'select' : 'input');
    for (const choice of choices) /** @type {HTMLSelectElement} */ (field).add(new Option(CHOICES[choice] ?? choice, choice));
    if (field instanceof HTMLInputElement) Object.assign(field, { type: 'text', autocomplete: 'off', spellcheck: false });
    field.id = `set-${key}`;
    field.setAttribute('aria-describedby', `help-set-${key} set-${key}-notice`);
    const line = document.createElement('p');
    Object.assign(line, { className: 'help', id: `help-set-${key}` });
    write(line, help);
    const trouble = document.createElement('p');
    Object.assign(trouble, { className: 'field-notice', id: `set-${key}-notice` });
    trouble.setAttribute('role', 'alert');
    place.append(name, field, line, trouble);
    this.fields.set(key, /** @type {Field} */ (field));
    return place;
  }

  /** @param {string} key @param {string} text */
  complain(key, text) {
    const place = document.getElementById(`set-${key}-notice`);
    if (!place) return false;
    place.textContent = text;
    const field = this.fields.get(key);
    if (text) field?.setAttribute('aria-invalid', 'true');
    else field?.removeAttribute('aria-invalid');
    return true;
  }

  /** @param {string} changed */
  apply(changed) {
    const changes = Object.fromEntries([...this.fields].map(([key, field]) => [key, field.value]));
    for (const key of FOLLOWS[changed] ?? []) changes[key] = '';
    for (const key of this.fields.keys()) this.complain(key, '');
    const reading = readExperiment(queryWith(this.kind, this.settings, changes));
    for (const { key, message } of reading.notices) {
      const place = key === 'L' ? 'Lx' : this.fields.has(key) ? key : changed;
      if (!this.complain(place, message)) notice(message);
    }
    if (reading.notices.length === 0) this.open(reading.link);
  }
}
