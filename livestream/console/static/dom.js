/** The few ways in which this page touches its document. What people wrote is only ever set as text. */

export const byId = (id) => document.getElementById(id);
const audience = document.querySelector("[data-locale]").dataset.locale;

/** Makes an element; `content` are elements or texts, empty ones left out. */
export function el(name, properties = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === false || value === undefined || value === null) continue;
    if (key === "data") Object.assign(made.dataset, value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...content.filter((piece) => piece !== "" && piece !== null && piece !== undefined));
  return made;
}

/** What a person wrote: a piece of text whose direction is its own. */
export const user = (text, name = "bdi", properties = {}) => el(name, { dir: "auto", ...properties }, text);

/** What the presenter says, or the catalogue: text in the language of the audience. */
export const spoken = (text, name = "bdi", properties = {}) => user(text, name, { lang: audience, ...properties });

/** One of the drawings in icons.svg. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Sets a text only where it changed: assistive technology and layout need not look again. */
export function setText(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

/**
 * Brings the children of `list` in line with `items`, touching only what is new or changed.
 * `key(item)` names a child, `make()` makes it, `fill(child, item)` shows an item in it.
 */
export function reconcile(list, items, { key, make, fill, version = JSON.stringify }) {
  const children = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const wanted = new Set(items.map((item) => String(key(item))));
  // The others go first: then those that stay need not be moved, which would take the focus from them.
  for (const [name, child] of children) if (!wanted.has(name)) child.remove();
  items.forEach((item, index) => {
    const name = String(key(item));
    const child = children.get(name) ?? make(item);
    child.dataset.key = name;
    const content = String(version(item));
    if (child.dataset.version !== content) {
      child.dataset.version = content;
      fill(child, item);
    }
    const there = list.children[index];
    if (there !== child) list.insertBefore(child, there ?? null);
  });
}

/** What this browser remembers between visits; storage may be forbidden. */
export const memory = {
  get(name, otherwise) {
    try {
      return localStorage.getItem(`livestream.${name}`) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`livestream.${name}`, value);
    } catch {
      // Then it holds until the page is closed.
    }
  },
};
