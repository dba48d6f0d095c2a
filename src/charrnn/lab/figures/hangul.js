// @ts-check
// Hangul: what a text is made of, syllable by syllable, and jamo put together into syllables.
import {
  bytes,
  code,
  compose,
  FIRST,
  hex,
  isJamo,
  jamoOf,
  LEADS,
  places,
  TAILS,
  toJamo,
  VOWELS,
} from "../arithmetic/hangul.js";
import { isHangul, visible } from "../arithmetic/vocabulary.js";
import { button, element, liveText, note, row, textField } from "../kit/controls.js";
import { letterKeyboard } from "../kit/keyboard.js";
import { upTo } from "../kit/link.js";

const LONGEST = 10000; // letters of the text
const LONGEST_ROW = 30000; // jamo in the row: those of the longest text
const ROOM = 40000; // what a field takes, so that a letter may be typed in several parts
const CARDS = 30; // letters of a long text that are taken apart, the first ones
const CODES = 60; // of a long text: so many of its first codes
const ALONE = 10; // jamo that are explained one by one

export const words = {
  ko: {
    title: "음절에서 자모로, 자모에서 음절로",
    text: "글",
    counts:
      "글자 {letters}개: 음절 {syllables}개, 그 밖의 글자 {others}개. 자모는 모두 {jamo}개, UTF-8로 {bytes}바이트입니다.",
    forms: "같은 글을 유니코드로 적는 두 방법",
    form: "방법",
    length: "길이",
    size: "바이트",
    codes: "코드",
    typed: "입력한 그대로",
    cards: "글자마다 든 것",
    lead: "초성",
    vowel: "중성",
    tail: "종성",
    noTail: "없음",
    loose: "홀로 쓴 자모입니다.",
    old: "오늘날의 음절에는 쓰이지 않는 한글입니다.",
    other: "한글이 아닙니다.",
    tooLong: "글이 너무 깁니다. 이 그림은 {most}자까지 다룹니다.",
    formula: "0xAC00은 '가'의 코드입니다. 자모 옆의 수는 그 자리에서 몇째인가를 0부터 센 것입니다.",
    left: "처음 {shown}글자만 풀었습니다. {n}글자가 더 있습니다.",
    parts: "자모로 나뉘어 적힌(NFD) 글입니다. 아래에서는 음절로 합쳐서 봅니다.",
    row: "모을 자모",
    consonants: "자음",
    vowels: "모음",
    clusters: "종성으로만 쓰는 자음",
    erase: "하나 지우기",
    clear: "모두 지우기",
    takeJamo: "위의 글을 자모로",
    whole: "모은 글",
    nothing: "(아직 없음)",
    pieces: "모은 차례",
    made: "음절 {syllables}개로 모았습니다.",
    fits: "홀로 남은 자모는 없습니다.",
    rest: "홀로 남은 자모 {n}개: {list}",
    more: "그리고 {n}개 더.",
    why: "{letter} ({place}번째): {why}.",
    whyLead: "뒤에 모음이 없는 자음",
    whyNever: "종성이 될 수 없는데 뒤에 모음도 없는 자음",
    whyVowel: "앞에 자음이 없는 모음",
    whyVowels: "모음 뒤에 또 온 모음",
    whyTail: "종성으로만 쓰는데 종성을 받을 음절이 앞에 없음",
    whyOld: "오늘날의 음절에 쓰이지 않는 자모",
  },
  en: {
    title: "From syllables to jamo, from jamo to syllables",
    text: "Text",
    counts:
      "Letters: {letters}, of them syllables: {syllables}, others: {others}. Jamo in all: {jamo}. Bytes in UTF-8: {bytes}.",
    forms: "Two ways to write the same text in Unicode",
    form: "way",
    length: "length",
    size: "bytes",
    codes: "codes",
    typed: "as typed",
    cards: "What is in each letter",
    lead: "lead",
    vowel: "vowel",
    tail: "tail",
    noTail: "none",
    loose: "A jamo by itself.",
    old: "Hangul that no syllable of today is written with.",
    other: "Not Hangul.",
    tooLong: "This text is too long. The figure takes up to {most} letters.",
    formula:
      "0xAC00 is the code of the first syllable. The number beside a jamo is its place among those of its kind, counted from 0.",
    left: "Only the first {shown} letters are taken apart. Letters left out: {n}.",
    parts: "This text is written in parts (NFD). Below, the parts are joined into syllables.",
    row: "A row of jamo",
    consonants: "Consonants",
    vowels: "Vowels",
    clusters: "Consonants that are only ever a tail",
    erase: "Erase one",
    clear: "Erase all",
    takeJamo: "The jamo of the text above",
    whole: "Put together",
    nothing: "(nothing yet)",
    pieces: "Piece by piece",
    made: "Syllables made: {syllables}.",
    fits: "No jamo is left alone.",
    rest: "Jamo left alone: {n}. {list}",
    more: "And {n} more.",
    why: "{letter} (place {place}): {why}.",
    whyLead: "a consonant with no vowel after it",
    whyNever: "a consonant that cannot be a tail, with no vowel after it",
    whyVowel: "a vowel with no consonant before it",
    whyVowels: "a second vowel in a row",
    whyTail: "it is only ever a tail, and no syllable before it can take one",
    whyOld: "a jamo that no syllable of today is written with",
  },
};

export const fields = { text: upTo(1000), jamo: upTo(1000) };

/** @param {import("../kit/frame.js").Context} context */
export function figure({ root, model, t, signal, link }) {
  const state = stateOf(model);
  const first = { ...state };
  const field = textField(t("text"), state.text, (text) => change({ text }), { maxlength: ROOM });
  const remark = note(signal);
  const counts = element("p", { class: "lab-numbers" });
  const forms = element("table", { class: "lab-forms" });
  const cards = element("ol", { class: "lab-cards", "aria-label": t("cards") });
  const left = element("p", {});
  const apart = element(
    "div",
    { class: "lab-stage" },
    counts,
    forms,
    cards,
    left,
    element("p", {}, t("formula")),
  );

  const typed = textField(t("row"), state.jamo, (jamo) => change({ jamo }), { maxlength: ROOM });
  const boards = [
    letterKeyboard(t("consonants"), LEADS, press),
    letterKeyboard(t("vowels"), VOWELS, press),
    letterKeyboard(
      t("clusters"),
      TAILS.filter((tail) => tail && !LEADS.includes(tail)),
      press,
    ),
  ];
  const whole = element("p", { class: "lab-written", lang: "ko" });
  const pieces = element("ol", { class: "lab-pieces", lang: "ko", "aria-label": t("pieces") });
  const verdict = note(signal);
  const announcement = liveText({}, signal); // a screen reader's copy of what is seen
  root.append(
    field.element,
    remark.element,
    apart,
    typed.element,
    ...boards.map((board) => board.element),
    row(
      button(t("erase"), erase),
      button(t("clear"), () => write("")),
      button(t("takeJamo"), () => write(toJamo(state.text).join(""))),
      link.button(() => state),
    ),
    element("div", {}, element("p", {}, t("whole")), whole),
    pieces,
    verdict.element,
    announcement.element,
  );

  /** A jamo into the row, where the cursor stands. */
  function press(letter) {
    const { input } = typed;
    input.setRangeText(letter, input.selectionStart, input.selectionEnd, "end");
    change({ jamo: input.value });
  }
  function erase() {
    const { input } = typed;
    const to = input.selectionEnd;
    const last = [...input.value.slice(0, to)].at(-1) ?? "";
    const from = input.selectionStart < to ? input.selectionStart : to - last.length;
    input.setRangeText("", from, to, "end");
    change({ jamo: input.value });
  }
  function write(jamo) {
    typed.input.value = jamo;
    change({ jamo });
  }

  function change(values) {
    Object.assign(state, values);
    model.share({ ...state });
    if (values.text !== undefined) takeApart();
    if (values.jamo !== undefined) putTogether();
  }

  const tell = (found) => model.share({ result: { ...model.get("result"), ...found } });

  function takeApart() {
    const normal = state.text.normalize("NFC");
    const letters = [...normal];
    const problem = !letters.length
      ? t("empty")
      : letters.length > LONGEST && t("tooLong", { most: LONGEST });
    const inParts = normal !== state.text;
    remark.tell(problem || (inParts ? t("parts") : ""), { problem: Boolean(problem) });
    apart.hidden = Boolean(problem);
    if (problem) return;
    const syllables = letters.filter(places).length;
    const jamo = toJamo(normal).filter(isJamo).length;
    counts.textContent = t("counts", {
      letters: letters.length,
      syllables,
      others: letters.length - syllables,
      jamo,
      bytes: bytes(normal).length,
    });
    const apartForm = state.text.normalize("NFD");
    const odd = inParts && apartForm !== state.text; // neither of the two
    forms.replaceChildren(
      element("caption", {}, t("forms")),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["form", "length", "size", "codes"].map((key) =>
            element("th", { scope: "col" }, t(key)),
          ),
        ),
      ),
      element(
        "tbody",
        {},
        form("NFC", normal),
        form("NFD", apartForm),
        odd ? form(t("typed"), state.text) : null,
      ),
    );
    cards.replaceChildren(...letters.slice(0, CARDS).map(card));
    const more = letters.length - CARDS;
    left.hidden = more <= 0;
    left.textContent = t("left", { shown: CARDS, n: more });
    announcement.tell(counts.textContent);
    tell({ letters: letters.length, syllables, jamo, bytes: bytes(normal).length });
  }
  function form(name, text) {
    const letters = [...text];
    const codes = letters
      .slice(0, CODES)
      .map((letter) => code(letter).slice(2))
      .join(" ");
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      element("td", {}, String(letters.length)),
      element("td", {}, String(bytes(text).length)),
      element("td", { class: "lab-codes" }, letters.length > CODES ? `${codes} …` : codes),
    );
  }
  /** One letter: its jamo with their places, and how its code comes from them. */
  function card(letter) {
    const at = places(letter);
    const lines = at ? sum(letter, at) : [element("span", {}, t(kind(letter)))];
    const stored = `${code(letter)}, UTF-8 ${bytes(letter)
      .map((byte) => hex(byte))
      .join(" ")}`;
    return element(
      "li",
      { class: "lab-card" },
      element(
        "span",
        { class: "lab-big", lang: isHangul(letter) ? "ko" : null },
        visible(jamoOf(letter).length > 1 ? letter : jamoOf(letter)[0], "", t),
      ),
      element(
        "span",
        { class: "lab-card-lines" },
        ...lines,
        element("span", { class: "lab-codes" }, stored),
      ),
    );
  }
  function sum(letter, [lead, vowel, tail]) {
    const named = [
      ["lead", LEADS[lead], lead],
      ["vowel", VOWELS[vowel], vowel],
      ["tail", TAILS[tail] || t("noTail"), tail],
    ];
    const number = letter.codePointAt(0) - FIRST;
    return [
      element(
        "span",
        { class: "lab-parts" },
        ...named.map(([key, jamo, n]) =>
          element("span", {}, `${t(key)} `, element("b", { lang: "ko" }, jamo), ` ${n}`),
        ),
      ),
      element(
        "span",
        { class: "lab-codes" },
        `0xAC00 + (${lead} × 21 + ${vowel}) × 28 + ${tail} = 0xAC00 + ${number} = 0x${hex(letter.codePointAt(0), 4)}`,
      ),
    ];
  }
  const kind = (letter) =>
    isJamo(jamoOf(letter)[0]) ? "loose" : isHangul(letter) ? "old" : "other";

  function putTogether() {
    const letters = toJamo(state.jamo);
    const long = letters.length > LONGEST_ROW;
    const made = long ? [] : compose(letters);
    const text = made.map((piece) => piece.text).join("");
    whole.textContent = text || t("nothing");
    pieces.hidden = !made.length;
    pieces.replaceChildren(
      ...made
        .slice(0, 2 * CARDS)
        .map(({ text, from, alone }) =>
          element(
            "li",
            { class: alone ? "alone" : null },
            from.length > 1 ? `${from.join(" ")} → ` : null,
            element("b", {}, visible(text, "", t)),
          ),
        ),
      made.length > 2 * CARDS ? element("li", {}, "…") : "",
    );
    let place = 0;
    const alone = [];
    for (const piece of made) {
      if (piece.alone) alone.push({ ...piece, place: place + 1 });
      place += piece.from.length;
    }
    const list = alone.slice(0, ALONE).map((piece) =>
      t("why", {
        letter: piece.text,
        place: piece.place,
        why: t(`why${piece.alone[0].toUpperCase()}${piece.alone.slice(1)}`),
      }),
    );
    if (alone.length > ALONE) list.push(t("more", { n: alone.length - ALONE }));
    const syllables = made.filter((piece) => piece.from.length > 1).length;
    const words = [
      t("made", { syllables }),
      alone.length ? t("rest", { n: alone.length, list: list.join(" ") }) : t("fits"),
    ].join(" ");
    verdict.tell(long ? t("tooLong", { most: LONGEST_ROW }) : made.length ? words : "", {
      problem: long || alone.length > 0,
    });
    tell({ composed: text, alone: alone.map((piece) => piece.text).join("") });
  }

  const open = (values) => {
    Object.assign(state, values);
    field.input.value = state.text;
    typed.input.value = state.jamo;
    takeApart();
    putTogether();
  };
  const follow = () => {
    const given = stateOf(model);
    if (given.text !== state.text || given.jamo !== state.jamo) open(given);
  };
  model.onChange(["text", "jamo"], follow);
  open({});
  return (values) => open({ ...first, ...values });
}

function stateOf(model) {
  return { text: model.get("text"), jamo: model.get("jamo") };
}
