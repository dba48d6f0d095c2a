// @ts-check
// Arrow letterKeyboard within a piece of a figure, and letters to press.
import { button, element } from "./controls.js";

/**
 * Left, right, Home and End inside an element: `go` gets −1, 1, −Infinity, Infinity. Up and down:
 * `turn`, where it is given, gets −1 and 1. The page and a notebook around it do not hear of them.
 *
 * @param {HTMLElement} node
 * @param {(move: number) => void} go
 * @param {((turn: number) => void) | null} turn
 */
export function arrows(node, go, turn = null) {
  node.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab hears letterKeyboard before we do
  node.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moves = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    const turns = turn ? { ArrowUp: -1, ArrowDown: 1 } : {};
    if (!(event.key in moves) && !(event.key in turns)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key in moves) go(moves[event.key]);
    else turn(turns[event.key]);
  });
}

/**
 * Of elements that wrap into rows, the index of the one a row above or below; the same at the end.
 *
 * @param {HTMLCollection} elements
 * @param {number} at
 * @param {number} turn
 */
export function acrossRows(elements, at, turn) {
  const places = [...elements].map((node) => node.getBoundingClientRect());
  const apart = (place) => Math.sign(Math.round(place.top - places[at].top)) * turn;
  const rows = places
    .filter((place) => apart(place) > 0)
    .map((place) => Math.abs(place.top - places[at].top));
  if (!rows.length) return at;
  const next = Math.min(...rows);
  let best = at;
  for (const [index, place] of places.entries()) {
    if (apart(place) <= 0 || Math.abs(place.top - places[at].top) > next + 2) continue;
    const nearer =
      Math.abs(place.left - places[at].left) < Math.abs(places[best].left - places[at].left);
    if (best === at || nearer) best = index;
  }
  return best;
}

/**
 * Letters to press, as on a keyboard: the Tab key finds one, the arrow letterKeyboard lead to the others.
 *
 * @param {string} label
 * @param {string[]} letters
 * @param {(letter: string) => void} press
 */
export function letterKeyboard(label, letters, press) {
  const board = element("div", { class: "lab-keys", role: "toolbar", "aria-label": label });
  let at = 0;
  const reach = (index) => {
    board.children[at].setAttribute("tabindex", "-1");
    at = Math.max(0, Math.min(letters.length - 1, index));
    board.children[at].setAttribute("tabindex", "0");
  };
  for (const [index, letter] of letters.entries()) {
    board.append(
      button(letter, () => press(letter), {
        class: "lab-button lab-key",
        tabindex: index ? "-1" : "0",
        onfocus: () => reach(index),
      }),
    );
  }
  const move = (index) => {
    reach(index);
    board.children[at].focus();
  };
  arrows(
    board,
    (by) => move(at + by),
    (turn) => move(acrossRows(board.children, at, turn)),
  );
  return {
    element: element(
      "div",
      { class: "lab-stripped" },
      element("span", { class: "lab-strip-label" }, label),
      board,
    ),
  };
}
