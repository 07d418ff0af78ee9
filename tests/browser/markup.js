// A reader of index.html without a browser: as much of the DOM as www/js/ground/static-texts.js asks for.

/** Elements without an end. */
const VOID = ['meta', 'link', 'input', 'br', 'line', 'path', 'img'];
/** What has no elements in it. */
const RAW = ['script', 'style'];

/** @param {string} text */
const decoded = (text) => text.replaceAll('&nbsp;', '\u00a0').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

export class Element {
  nodeType = 1;

  /** @param {string} name @param {Map<string, string>} attributes */
  constructor(name, attributes) {
    this.name = name;
    this.attributes = attributes;
    /** @type {(Element | {nodeType: 3, data: string})[]} */
    this.childNodes = [];
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  /** As a browser does for names, classes and attributes alone. @param {string} selectors */
  matches(selectors) {
    return selectors.split(',').some((selector) => {
      const [, name, ofClass, attribute, value] = /^([a-z]*)(?:\.([a-z-]+))?(?:\[([a-z-]+)(?:="([^"]*)")?\])?$/.exec(selector.trim()) ?? [];
      if (name === undefined) throw new Error(`${selector} is more than is read here`);
      return (!name || this.name === name) && (!ofClass || (this.getAttribute('class') ?? '').split(' ').includes(ofClass)) && (!attribute || (value === undefined ? this.attributes.has(attribute) : this.getAttribute(attribute) === value));
    });
  }
}

/** The root of a page, which closes every element that it opens. @param {string} html */
export function read(html) {
  const root = new Element('', new Map());
  const open = [root];
  const parts = html.matchAll(/<!--[^]*?-->|<!doctype[^>]*>|<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g);
  let raw = '';
  for (const [, end, name, attributes, closed, text] of parts) {
    const parent = open[open.length - 1];
    if (text !== undefined) {
      if (!raw) parent.childNodes.push({ nodeType: 3, data: decoded(text) });
    } else if (end) {
      if (parent.name !== name) throw new Error(`</${name}> ends <${parent.name}>`);
      open.pop();
      raw = '';
    } else if (name) {
      const pairs = [...attributes.matchAll(/([a-zA-Z:-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => /** @type {[string, string]} */ ([key, decoded(value ?? '')]));
      const element = new Element(name, new Map(pairs));
      parent.childNodes.push(element);
      if (RAW.includes(name)) raw = name;
      if (!closed && !VOID.includes(name)) open.push(element);
    }
  }
  if (open.length > 1) throw new Error(`<${open[open.length - 1].name}> has no end`);
  return root;
}
