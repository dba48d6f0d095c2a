// @ts-check
// What a figure is put together from: elements, fields, sliders, buttons, notes.

/** @import { Translate } from "../arithmetic/vocabulary.js" */
/** @typedef {Record<string, any>} Attributes */
/** @typedef {{ low: number, high: number, step?: number | "any" }} Range */

/**
 * An element: attributes by name, "on…" a listener, true and false for attributes without a value.
 * Children are elements or text.
 *
 * @param {string} tag
 * @param {Attributes} attributes
 * @param {(Node | string | null | undefined)[]} children
 * @returns {any}
 */
export function element(tag, attributes = {}, ...children) {
  const node = SVG_TAGS.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}
const SVG_TAGS = new Set(["svg", "path", "line", "text", "g", "rect", "circle"]);

export const row = (...children) => element("div", { class: "lab-row" }, ...children);

/**
 * @param {string} label
 * @param {() => void} press
 * @param {Attributes} attributes
 * @returns {HTMLButtonElement}
 */
export function button(label, press, attributes = {}) {
  const node = element("button", { type: "button", class: "lab-button", ...attributes }, label);
  node.addEventListener("click", () => node.getAttribute("aria-disabled") === "true" || press());
  return node;
}

/**
 * Whether a button does anything when pressed. One that does not keeps the keyboard's place.
 *
 * @param {Element} node
 * @param {boolean} able
 */
export function enable(node, able) {
  node.setAttribute("aria-disabled", String(!able));
}

/**
 * A control under its label.
 *
 * @param {string} label
 * @param {Element} control
 * @param {Attributes} attributes
 */
export function labelled(label, control, attributes = {}) {
  return element(
    "label",
    { class: "lab-label", ...attributes },
    element("span", {}, label),
    control,
  );
}

/**
 * A field for text; `change` gets what is in it, not while an input method still composes.
 *
 * @param {string} label
 * @param {string} value
 * @param {(text: string) => void} change
 * @param {Attributes} attributes
 */
export function textField(label, value, change, attributes = {}) {
  const input = element("textarea", {
    class: "lab-text",
    rows: 1,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    ...attributes,
  });
  input.value = value;
  input.addEventListener("input", (event) => event.isComposing || change(input.value));
  input.addEventListener("compositionend", () => change(input.value));
  return { element: labelled(label, input, { class: "lab-label lab-wide" }), input };
}

/**
 * A field for a number from low to high; `change` gets it, or NaN for anything else. `set(value)`
 * puts a good number into it.
 *
 * @param {string} label
 * @param {number} value
 * @param {Range} range
 * @param {(number: number) => void} change
 */
export function numberField(label, value, { low, high, step = 1 }, change) {
  const input = element("input", {
    class: "lab-number",
    type: "number",
    min: low,
    max: high,
    step,
    inputmode: "decimal",
  });
  input.value = value;
  input.addEventListener("input", () => {
    const number = input.valueAsNumber;
    const whole = step !== 1 || Number.isInteger(number);
    const good = number >= low && number <= high && whole;
    input.setAttribute("aria-invalid", String(!good));
    change(good ? number : NaN);
  });
  const set = (number) => {
    input.value = number;
    input.removeAttribute("aria-invalid");
  };
  return { element: labelled(label, input), input, set };
}

/**
 * That fields are out of range, with the range of each: fields are [label, { low, high, step }].
 *
 * @param {Translate} t
 * @param {[string, Range][]} fields
 */
export function outOfRange(t, fields) {
  const plain = (number) => String(number).replace("e+", "e").replace(/^-/, "−");
  const named = fields.map(([label, { low, high, step = 1 }]) => {
    const words = t(step === 1 ? "wholeBetween" : "between", {
      low: plain(low),
      high: plain(high),
    });
    return `${label} (${words})`;
  });
  return named.length ? t("outOfRange", { fields: named.join(", ") }) : "";
}

/**
 * An id that nothing else on the page has: each kind of figure has its own copy of this module, so
 * that what is counted here is counted again there.
 *
 * @param {string} kind
 */
export const newId = (kind) => `${kind}-${Math.random().toString(36).slice(2)}`;

/**
 * A slider; `words(value)` says what its value means. `set(value)` moves it, returns the value that
 * it then has, which is no further than its ends: keep that one.
 *
 * @param {string} label
 * @param {number} value
 * @param {Range} range
 * @param {(value: number) => string} words
 * @param {(value: number) => void} change
 */
export function slider(label, value, { low, high, step }, words, change) {
  const id = newId("lab-slider");
  const input = element("input", {
    class: "lab-slider",
    type: "range",
    id,
    min: low,
    max: high,
    step,
  });
  // The control itself says its value, so this is no live region of its own.
  const shown = element("span", { class: "lab-value", "aria-hidden": "true" });
  const show = (number) => {
    shown.textContent = words(number);
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  const update = () => show(input.valueAsNumber);
  const set = (number) => {
    const kept = Math.max(Number(input.min), Math.min(Number(input.max), number));
    input.value = kept; // the knob rests on the nearest step
    show(kept);
    return kept;
  };
  set(value);
  input.addEventListener("input", () => {
    update();
    change(input.valueAsNumber);
  });
  const node = element(
    "div",
    { class: "lab-label" },
    element("label", { for: id }, label),
    element("span", { class: "lab-sliding" }, input, shown),
  );
  return { element: node, input, update, set };
}

/**
 * A list to choose from: choices are [value, label]. `set(value, label)` adds one it lacks.
 *
 * @param {string} label
 * @param {string | number} value
 * @param {(string | number)[][]} choices pairs of a value and its label
 * @param {(value: string) => void} change
 */
export function choice(label, value, choices, change) {
  const select = element("select", { class: "lab-select" });
  for (const [key, words] of choices) {
    select.append(element("option", { value: key }, String(words)));
  }
  select.value = value;
  select.addEventListener("change", () => change(select.value));
  const set = (key, words) => {
    const there = [...select.options].some((option) => option.value === String(key));
    if (!there) select.append(element("option", { value: key }, words));
    select.value = key;
  };
  return { element: labelled(label, select), input: select, set };
}

/**
 * Text for a screen reader alone, told at most once in two seconds and never twice in the same
 * words. What a reader sees is shown at once, elsewhere.
 *
 * @param {Attributes} attributes
 * @param {AbortSignal | null} signal
 */
export function liveText(attributes = {}, signal = null) {
  const node = element("p", { class: "lab-unseen", role: "status", ...attributes });
  let waiting = null;
  let last = -Infinity;
  let next = "";
  const put = () => {
    waiting = null;
    last = performance.now();
    if (node.textContent !== next) node.textContent = next;
  };
  const tell = (text) => {
    next = text;
    if (waiting !== null) return;
    const pause = last + 2000 - performance.now();
    if (pause <= 0) put();
    else waiting = setTimeout(put, pause);
  };
  signal?.addEventListener("abort", () => clearTimeout(waiting));
  return { element: node, now: tell, later: tell, tell };
}

/**
 * A note under a control: `tell(words, { problem })`, nothing at "". It ends with `signal`.
 *
 * @param {AbortSignal | null} signal
 */
export function note(signal = null) {
  const node = element("p", { class: "lab-note", hidden: true });
  const voice = liveText({ class: "lab-voice" }, signal);
  return {
    element: node,
    tell(words, { problem = false } = {}) {
      if (node.textContent !== words) node.textContent = words;
      node.hidden = !words;
      node.classList.toggle("lab-problem", problem);
      if (!voice.element.parentNode) node.after(voice.element); // once the note has its place
      voice.tell(words);
    },
  };
}
