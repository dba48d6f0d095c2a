// @ts-check
// Numbers drawn: strips of colour, bars.
import { element } from "./controls.js";
import { acrossRows, arrows } from "./keyboard.js";

/**
 * A background for a number: blue below 0, vermilion above, clear at 0, as in the book's pictures.
 *
 * @param {number} value
 * @param {number} limit
 * @param {number} most
 */
export function signedColour(value, limit = 1, most = 1) {
  const strength = most * Math.min(1, Math.abs(value) / limit) ** 0.8;
  const colour = value < 0 ? "var(--lab-blue)" : "var(--lab-vermilion)";
  return `color-mix(in srgb, ${colour} ${(strength * 100).toFixed(0)}%, transparent)`;
}

/**
 * A number as the figures write it: 0.042, −1.3, 2.1e-7, 3.06e17.
 *
 * @param {number} value
 * @returns {string}
 */
export function formatNumber(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  let text = String(+value.toPrecision(3));
  if (size !== 0 && size < 1e-3) text = value.toExponential(1);
  else if (size >= 1e6) text = value.toExponential(2).replace(/\.?0*e\+/, "e");
  return text.replace(/^-/, "−");
}

/**
 * A strip of numbers as coloured squares. With `look(index)`, which says all about one number, the
 * squares are buttons: a press or the arrow keys choose one; `chosen` is told its index. A pointer
 * that only passes over chooses nothing: it would change the page on its way elsewhere.
 *
 * @param {string} label
 * @param {{ limit?: number, look?: (index: number) => string, chosen?: (index: number) => void }} [options]
 */
export function strip(label, { limit = 1, look, chosen } = {}) {
  const squares = element("div", { class: "lab-strip", role: look ? "toolbar" : "img" });
  const node = element(
    "div",
    { class: "lab-stripped" },
    element("span", { class: "lab-strip-label" }, label),
    squares,
  );
  let at = 0;
  const pick = (index, focus) => {
    const all = squares.children;
    if (!all.length) return;
    all[at]?.setAttribute("tabindex", "-1");
    at = Math.max(0, Math.min(all.length - 1, index));
    all[at].setAttribute("tabindex", "0");
    if (focus) all[at].focus();
    chosen?.(at);
  };
  if (look) {
    squares.setAttribute("aria-label", label);
    arrows(
      squares,
      (move) => pick(at + move, true),
      (turn) => pick(acrossRows(squares.children, at, turn), true),
    );
  }
  return {
    element: node,
    /**
     * Draw values; letters (optional) are written into the squares, ringed marks one of them.
     *
     * @param {number[] | Float32Array} values
     * @param {{ letters?: string[], ringed?: number, limit?: number }} [options]
     */
    draw(values, { letters, ringed = -1, limit: own = limit } = {}) {
      while (squares.children.length > values.length) squares.lastChild.remove();
      while (squares.children.length < values.length) {
        const index = squares.children.length;
        const square = look
          ? element("button", {
              type: "button",
              class: "lab-square",
              tabindex: index === at ? "0" : "-1",
              onfocus: () => index === at || pick(index),
              onclick: () => pick(index),
            })
          : element("span", { class: "lab-square" });
        squares.append(square);
      }
      values.forEach((value, index) => {
        const square = squares.children[index];
        // Under a letter the colour stays weak enough to read it.
        square.style.setProperty("--colour", signedColour(value, own, letters ? 0.6 : 1));
        square.classList.toggle("ringed", index === ringed);
        square.textContent = letters?.[index] ?? "";
        if (!look) return;
        square.setAttribute("aria-label", look(index));
        square.setAttribute("title", look(index));
      });
      if (!look)
        squares.setAttribute("aria-label", `${label}: ${[...values].map(formatNumber).join(", ")}`);
      if (at >= values.length) at = 0;
    },
    pick,
    /** Show, or no longer show, which square is chosen. */
    mark(shown) {
      for (const [index, square] of [...squares.children].entries()) {
        square.setAttribute("aria-pressed", String(shown && index === at));
      }
    },
    get at() {
      return at;
    },
  };
}

/**
 * Bars under one another, as long as value / full: `draw([{ name, value, chosen }], { full })`.
 *
 * More of an entry where it is there: `out`, a word for why it does not count, which stands in the
 * value's place, and its bar is hatched; `before`, a value marked by a line; `note` after the value.
 *
 * @param {string} label
 */
export function bars(label) {
  const node = element("ol", { class: "lab-bars", "aria-label": label });
  const wide = (value, full) => `${Math.max(0, Math.min(1, value / full)) * 100}%`;
  return {
    element: node,
    draw(entries, { full = 1, words = formatNumber } = {}) {
      node.replaceChildren(
        ...entries.map(({ name, value, chosen, out, before, note }) => {
          const bar = element("span", { class: "lab-bar" });
          bar.style.width = wide(value, full);
          const mark = before === undefined ? null : element("span", { class: "lab-bar-before" });
          if (mark) mark.style.left = wide(before, full);
          return element(
            "li",
            {
              class:
                [chosen && "chosen", out && "out", note !== undefined && "noted"]
                  .filter(Boolean)
                  .join(" ") || null,
            },
            element("span", { class: "lab-bar-name" }, name),
            element("span", { class: "lab-bar-room" }, bar, mark),
            element("span", { class: "lab-bar-value" }, out || words(value)),
            note === undefined ? null : element("span", { class: "lab-bar-note" }, note),
          );
        }),
      );
    },
  };
}
