// @ts-check
// Inside: a text whose letters are tinted by the value of one hidden unit, whichever is chosen.
import { visible } from "../arithmetic/vocabulary.js";
import { numbersOf } from "../kit/bytes.js";
import { element, liveText, note, row, slider } from "../kit/controls.js";
import { arrows } from "../kit/keyboard.js";
import { whole } from "../kit/link.js";
import { signedColour, strip } from "../kit/marks.js";

const EXTREMES = 3; // letters named at either end
const SLICE = 12; // milliseconds of drawing before the page has its turn
const BATCH = 50; // letters between two looks at the clock

export const words = {
  ko: {
    title: "은닉 유닛 하나로 물들인 글",
    what: "글자마다, 그 글자까지 읽은 뒤의 은닉 유닛 하나의 값입니다. 값은 −1과 1 사이의 수입니다. 글자를 가리키거나 누르면 그 글자의 값을 읽을 수 있습니다.",
    scale:
      "0에서 멀수록 색이 짙습니다. 양수는 주황색이고 글자 위에 선이 있습니다. 음수는 파란색이고 글자 아래에 선이 있습니다.",
    unit: "은닉 유닛",
    numbered: "유닛 {n}",
    letter: "글자",
    place: "{n}번째, {letter}",
    box: "물들인 글. 왼쪽과 오른쪽 화살표 키는 글자를, 위와 아래 화살표 키는 유닛을 바꿉니다.",
    value: "{n}번째 글자 {letter}, {unit}: {value}",
    range: "{unit}의 평균은 {mean}입니다. 값이 가장 높은 글자: {high}. 가장 낮은 글자: {low}.",
    one: "{letter} ({n}번째) {value}",
    empty: "물들일 글과 값이 없습니다.",
    misfit: "글은 {T}글자인데 값이 {n}개라서 글자마다 같은 수로 나눌 수 없습니다.",
  },
  en: {
    title: "A text tinted by one hidden unit",
    what: "For each letter: the value of one hidden unit after that letter has been read. Values lie between −1 and 1. Point at a letter or tap it to read its value.",
    scale:
      "The further from 0, the stronger the tint. Positive is orange, with a line above the letter; negative is blue, with a line below.",
    unit: "Hidden unit",
    numbered: "unit {n}",
    letter: "Letter",
    place: "{n}, {letter}",
    box: "The tinted text. Left and right arrow keys change the letter, up and down the unit.",
    value: "Letter {n}, {letter}, {unit}: {value}",
    range: "The mean of {unit} is {mean}. Highest: {high}. Lowest: {low}.",
    one: "{letter} (number {n}) {value}",
    empty: "There is no text with values to tint it by.",
    misfit: "Letters: {T}. Values: {n}. They cannot be shared out evenly.",
  },
};

export const fields = { unit: whole(0, 1e6), letter: whole(0, 1e6) };

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, link }) {
  let letters = [];
  let values = new Float32Array(); // (T, H), row by row
  let H = 1;
  const state = { unit: model.get("unit"), letter: 0 }; // counted from 0, shown from 1
  const first = { ...state };

  /** A unit by its name; one that goes by its number alone is called a unit. */
  const unitName = (unit) => {
    const given = model.get("names")?.[unit] ?? String(unit + 1);
    return /^\d+$/.test(given) ? t("numbered", { n: given }) : given;
  };
  const name = (at) => visible(letters[at], "", t);
  const valueAt = (i) => values[i * H + state.unit];

  const units = slider(
    t("unit"),
    1,
    { low: 1, high: 1, step: 1 },
    (n) => unitName(n - 1),
    (n) => change({ unit: n - 1 }),
  );
  const places = slider(
    t("letter"),
    1,
    { low: 1, high: 1, step: 1 },
    (n) => (letters.length ? t("place", { n, letter: name(n - 1) }) : ""),
    (n) => change({ letter: n - 1 }),
  );
  const remark = note(signal);
  const reading = element("p", { class: "lab-numbers lab-reading" });
  const box = element("div", {
    class: "lab-written lab-tinted",
    role: "group",
    tabindex: "0",
    lang: "",
    "aria-label": t("box"),
  });
  const range = element("p", { class: "lab-numbers" });
  const scale = strip(t("scale"));
  const announcement = liveText({}, signal); // a screen reader's copy of what is seen
  const shown = element("div", { class: "lab-stage" }, reading, box, range, scale.element);
  root.append(
    element("p", {}, t("what")),
    row(
      units.element,
      places.element,
      link.button(() => state),
    ),
    remark.element,
    shown,
    announcement.element,
  );
  scale.draw([-1, -0.5, 0, 0.5, 1], { letters: ["−1", "−½", "0", "½", "1"] });

  function change(changes, silent = false) {
    if (!H) return;
    const before = state.letter;
    Object.assign(state, changes);
    state.unit = Math.max(0, Math.min(H - 1, state.unit));
    state.letter = Math.max(0, Math.min(letters.length - 1, state.letter));
    for (const [control, at] of [
      [units, state.unit],
      [places, state.letter],
    ]) {
      control.set(at + 1);
    }
    if (changes.unit !== undefined) {
      tint();
      if (model.get("unit") !== state.unit) model.share({ unit: state.unit });
    }
    // A letter that has no place yet is marked when it gets it.
    box.children[before]?.classList.remove("chosen");
    box.children[state.letter]?.classList.add("chosen");
    if (changes.letter !== undefined) reveal(box.children[state.letter]);
    reading.textContent = t("value", {
      n: state.letter + 1,
      letter: name(state.letter),
      unit: unitName(state.unit),
      value: fixed(valueAt(state.letter)),
    });
    if (!silent)
      announcement.tell(
        changes.unit === undefined
          ? reading.textContent
          : `${reading.textContent}. ${range.textContent}`,
      );
  }

  /** Scroll the text, not the page, to where a letter is seen. */
  function reveal(letter) {
    revealing = !letter;
    if (!letter) return;
    const top = letter.offsetTop;
    const bottom = top + letter.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top - 4;
    else if (bottom > box.scrollTop + box.clientHeight)
      box.scrollTop = bottom + 4 - box.clientHeight;
  }

  /** The letters from `next` on get their places and tints, a slice at a time: a page must not wait. */
  let next = 0;
  let asked = 0; // the frame that is waited for
  function paint() {
    const end = performance.now() + SLICE;
    const fresh = document.createDocumentFragment();
    while (next < letters.length && (next % BATCH || performance.now() < end)) {
      const node = box.children[next] ?? fresh.appendChild(place(next));
      tinted(node, valueAt(next));
      next += 1;
    }
    box.append(fresh);
    if (next < letters.length) asked = requestAnimationFrame(paint);
    else if (revealing) reveal(box.children[state.letter]);
  }
  signal.addEventListener("abort", () => cancelAnimationFrame(asked));
  let revealing = false; // whether a letter waits for its place to be seen
  function place(t) {
    const letter = letters[t];
    const shape = letter === "\n" ? "⏎\n" : letter === " " ? " " : name(t);
    return element(
      "span",
      { class: t === state.letter ? "lab-tint chosen" : "lab-tint", "data-letter": t },
      shape,
    );
  }
  function tinted(node, value) {
    const line = `${(Math.min(1, Math.abs(value)) * 4).toFixed(1)}px`;
    node.style.setProperty("--colour", signedColour(value, 1, 0.6));
    node.style.setProperty("--line", signedColour(Math.sign(value)));
    node.style.setProperty("--above", value > 0 ? line : "0px");
    node.style.setProperty("--below", value < 0 ? line : "0px");
  }

  /** Show the chosen unit, the beginning of the text at once, and its range. */
  function tint() {
    cancelAnimationFrame(asked);
    next = 0;
    paint();
    let sum = 0;
    for (let t = 0; t < letters.length; t++) sum += valueAt(t);
    const order = letters.map((_, t) => t).sort((a, b) => valueAt(b) - valueAt(a));
    const list = (some) =>
      some
        .map((at) => t("one", { letter: name(at), n: at + 1, value: fixed(valueAt(at)) }))
        .join(", ");
    range.textContent = t("range", {
      unit: unitName(state.unit),
      mean: fixed(sum / letters.length),
      high: list(order.slice(0, EXTREMES)),
      low: list(order.slice(-EXTREMES).reverse()),
    });
  }

  /** The text that the model holds, a span for each letter. */
  function build() {
    cancelAnimationFrame(asked);
    letters = [...model.get("text")];
    values = numbersOf(model.get("values")) ?? new Float32Array();
    H = letters.length ? values.length / letters.length : 0;
    const good = H >= 1 && Number.isInteger(H);
    const misfit =
      letters.length && values.length
        ? t("misfit", { T: letters.length, n: values.length })
        : t("empty");
    remark.tell(good ? "" : misfit, { problem: !good });
    shown.hidden = !good;
    for (const control of [units, places]) control.input.disabled = !good;
    box.replaceChildren();
    if (!good) {
      H = 0;
      return;
    }
    units.input.max = H;
    places.input.max = letters.length;
    change({ unit: state.unit }, true);
  }

  const point = (event) => {
    const at = event.target.closest?.("[data-letter]");
    const letter = Number(at?.dataset.letter ?? state.letter);
    if (letter !== state.letter) change({ letter });
  };
  box.addEventListener("mousemove", point); // "mouseover" also comes where a text moves under a pointer at rest
  box.addEventListener("click", point);
  arrows(
    box,
    (move) => change({ letter: state.letter + move }),
    (turn) => change({ unit: state.unit + turn }),
  );

  const follow = () => {
    const unit = model.get("unit");
    if (unit !== state.unit) change({ unit }, true);
  };
  model.onChange(["unit"], follow);
  model.onChange(["text", "values", "names"], build);
  build();
  return ({ unit = first.unit, letter = first.letter }) => {
    if (unit >= H || letter >= letters.length) return false;
    change({ unit, letter }, true);
    return true;
  };
}

const fixed = (value) => {
  const text = value.toFixed(3);
  return Number(text) === 0 ? "0" : text.replace("-", "−");
};
