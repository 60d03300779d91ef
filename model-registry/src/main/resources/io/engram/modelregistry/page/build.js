// Elements from text alone: nothing that came over the wire is ever read as HTML.

export const $ = (id) => document.getElementById(id);

export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") {
      made.addEventListener("click", value);
    } else if (value !== null && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((it) => it !== null && it !== undefined).map((it) => (it instanceof Node ? it : String(it))));
  return made;
}

export function fill(parent, ...children) {
  parent.replaceChildren(...children);
}

/** Only where it differs, so that a screen reader hears no more than what is new. */
export function say(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export const count = (number) => Number(number).toLocaleString("en");

export const when = (instant) =>
  new Date(instant).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
