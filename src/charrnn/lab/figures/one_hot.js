// @ts-check
// One-hot: a text becomes a matrix while it is typed; a letter without a column is explained.
import {
  describeProblems,
  isHangul,
  MARKS,
  readText,
  visible,
  withLetters,
} from "../arithmetic/vocabulary.js";
import { button, element, note, row, textField } from "../kit/controls.js";
import { upTo } from "../kit/link.js";

const LONGEST = 10000;
const ROWS = 40; // of a long text: so many of its first rows, and the last two
const COLUMNS = 120; // of a large vocabulary
const SYLLABLES = 11172; // modern Hangul: 19 × 21 × 28, Unicode's U+AC00 to U+D7A3

export const words = {
  ko: {
    title: "글자에서 행렬로",
    text: "문장",
    matrix: "원-핫 행렬",
    letter: "글자",
    add: "어휘에 글자 더하기",
    drop: "처음 어휘로",
    none: "켤 칸이 없음",
    shape:
      "글자 {n}개에 표시 둘을 더해 {T}행, 어휘가 {V}글자라서 {V}열입니다. 모양은 ({T}, {V}), 1은 {ones}개, 0은 {zeros}개입니다.",
    missing: "켤 칸이 없는 행이 {n}개 있습니다.",
    hangul: "한글 음절은 모두 {all}자입니다. 그만큼 칸을 마련하면 한 행이 {wide}칸이 됩니다.",
    skipped: "… {n}행을 줄였습니다",
    cut: "어휘가 커서 켜진 글자의 열만 그렸습니다.",
  },
  en: {
    title: "From letters to a matrix",
    text: "Sentence",
    matrix: "One-hot matrix",
    letter: "letter",
    add: "Add the letters to the vocabulary",
    drop: "Back to the first vocabulary",
    none: "no place to switch on",
    shape:
      "Letters: {n}; with two marks {T} rows; the vocabulary has {V} letters, so {V} columns. Shape ({T}, {V}), {ones} ones and {zeros} zeros.",
    missing: "Rows with no place to switch on: {n}.",
    hangul:
      "There are {all} syllables of Hangul. With a place for each, a row would be {wide} wide.",
    skipped: "… {n} rows left out",
    cut: "The vocabulary is large: only columns that are switched on are drawn.",
  },
};

export const fields = { text: upTo(1000), more: upTo(500) };

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, status, link }) {
  const first = model.get("text");
  const state = { text: first, more: "" }; // more: letters added to the vocabulary
  const sentence = textField(t("text"), state.text, (text) => change({ text }));
  const remark = note(signal);
  const add = button(t("add"), () => {
    const unknown = readText(state.text, vocabulary()).problems.filter((p) => p.kind === "unknown");
    change({ more: state.more + unknown.map((p) => p.letter).join("") });
    sentence.input.focus();
  });
  const drop = button(t("drop"), () => {
    change({ more: "" });
    sentence.input.focus();
  });
  const table = element("table", { class: "lab-matrix" });
  const room = element(
    "div",
    { class: "lab-scroll", role: "region", tabindex: "0", "aria-label": t("matrix") },
    table,
  );
  root.append(
    sentence.element,
    remark.element,
    row(
      add,
      drop,
      link.button(() => state),
    ),
    room,
  );

  const vocabulary = () =>
    state.more ? withLetters(model.get("vocabulary"), state.more) : model.get("vocabulary");

  function change(values) {
    Object.assign(state, values);
    if (model.get("text") !== state.text) model.share({ text: state.text });
    draw();
  }

  function draw() {
    const known = vocabulary();
    const letters = [...known];
    const V = letters.length;
    const read = readText(state.text, known);
    const problem = describeProblems(read, t, { most: LONGEST, vocabulary: known });
    const unknown = read.problems.filter((p) => p.kind === "unknown");
    const remarks = [problem];
    if (unknown.some((p) => isHangul(p.letter))) {
      remarks.push(
        t("hangul", {
          all: SYLLABLES.toLocaleString("en"),
          wide: (SYLLABLES + V).toLocaleString("en"),
        }),
      );
    }
    if (read.joined) remarks.push(t("joined"));
    if (V > COLUMNS) remarks.push(t("cut"));
    remark.tell(remarks.filter(Boolean).join(" "), { problem: Boolean(problem) });
    add.hidden = !unknown.length || unknown.length > 500;
    drop.hidden = !state.more;

    const good = read.letters.length > 0 && read.letters.length <= LONGEST;
    room.hidden = !good;
    if (!good) return status.tell("");
    const marks = new Map([
      [0, 0],
      [read.letters.length + 1, 1],
    ]);
    const rows = read.indices.map((index, place) => ({
      index,
      letter: ["start", ...read.letters, "end"][place],
      mark: marks.get(place),
    }));
    const used = new Set(read.indices);
    const columns = letters
      .map((_, i) => i)
      .filter((i) => V <= COLUMNS || used.has(i))
      .slice(0, 400);
    const shown = rows.length > ROWS + 2 ? [...rows.slice(0, ROWS), null, ...rows.slice(-2)] : rows;
    table.replaceChildren(
      element(
        "caption",
        {},
        element(
          "span",
          {},
          `${t("matrix")} (${rows.length}, ${V}). ${MARKS[0]} ${t("start")}, ${MARKS[1]} ${t("end")}`,
        ),
      ),
      element(
        "thead",
        {},
        element("tr", {}, element("td"), ...columns.map((i) => head(letters, i))),
      ),
      element(
        "tbody",
        {},
        ...shown.map((one) => (one ? line(one, columns) : gap(rows.length - ROWS - 2, columns))),
      ),
    );
    const T = rows.length;
    const missing = read.indices.filter((i) => i < 0).length;
    const shape = t("shape", {
      n: read.letters.length,
      T,
      V,
      ones: T - missing,
      zeros: T * V - T + missing,
    });
    const words = missing ? `${shape} ${t("missing", { n: missing })}` : shape;
    status.tell(words);
    model.share({ result: { shape: [T, V], ones: T - missing, vocabulary: known } });
  }
  function head(letters, i) {
    const mark = i - (letters.length - 2);
    if (mark < 0) return element("th", { scope: "col" }, visible(letters[i], "", t));
    return markHead("col", mark);
  }
  function markHead(scope, mark) {
    const words = t(mark ? "end" : "start");
    return element(
      "th",
      { scope, title: words },
      MARKS[mark],
      element("span", { class: "lab-unseen" }, words),
    );
  }
  function line({ index, letter, mark }, columns) {
    const heading =
      mark === undefined
        ? element("th", { scope: "row" }, visible(letter, "", t))
        : markHead("row", mark);
    if (index < 0) {
      return element(
        "tr",
        { class: "unknown" },
        heading,
        element("td", { colspan: columns.length }, t("none")),
      );
    }
    return element(
      "tr",
      {},
      heading,
      ...columns.map((i) =>
        element("td", { class: i === index ? "on" : null }, i === index ? "1" : "0"),
      ),
    );
  }
  const gap = (n, columns) =>
    element(
      "tr",
      {},
      element("td"),
      element("td", { class: "gap", colspan: columns.length }, t("skipped", { n })),
    );

  const open = (values) => {
    Object.assign(state, values);
    sentence.input.value = state.text;
    draw();
  };
  const follow = () => model.get("text") === state.text || open({ text: model.get("text") });
  model.onChange(["text"], follow);
  model.onChange(["vocabulary"], draw);
  draw();
  return ({ text = first, more = "" }) => {
    // Letters that are there already cannot be put in again.
    const all = [...model.get("vocabulary"), ...more];
    if (new Set(all).size < all.length || more !== more.normalize("NFC")) return false;
    open({ text, more });
    return true;
  };
}
