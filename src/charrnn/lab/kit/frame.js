// @ts-check
// What the figures are built of: a frame, controls, strips of colour, a curve, work in slices.
//
// A figure is a module that exports `words`, { ko: {…}, en: {…} } with the same keys, of which
// "title" names the figure, `fields`, what a link may hold (see link.js), and
//
//     figure({ root, model, t, signal, status, link, place, reducedMotion })
//
// which fills `root`. `model` has `get(name)`, `share(values)` and `onChange(names, listener)`;
// `signal` aborts when the figure is removed: pass it to addEventListener.
// It may return a function that is called with the state of a link and returns false where the
// state cannot be, such as three scores for four letters; then the figure stays as it was. Text
// that a reader typed goes into the page through `element` as text, never as markup.
import { button, element, liveText } from "./controls.js";
import { fromHash, holds, toHash } from "./link.js";

/** @import { Translate } from "../arithmetic/vocabulary.js" */
/** @import { Fields } from "./link.js" */
/**
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(names: string[], listener: () => void) => void} onChange
 * @property {(values: Record<string, unknown>) => void} share
 */
/**
 * @typedef {object} Context what a figure is given
 * @property {HTMLElement} root
 * @property {Model} model
 * @property {Translate} t
 * @property {AbortSignal} signal
 * @property {{ tell: (shown: string, spoken?: string) => void }} status
 * @property {{ button: (state: () => Record<string, any>) => HTMLElement | null }} link
 * @property {string | null} place its name in the book's page, null elsewhere
 * @property {MediaQueryList} reducedMotion
 */
/**
 * @typedef {object} Module a figure's module
 * @property {Record<string, Record<string, string>>} words
 * @property {Fields} fields
 * @property {(context: Context) => ((state: Record<string, any>) => boolean | void) | undefined} figure
 */

export const words = {
  ko: {
    copyLink: "링크 복사",
    copied: "이 상태를 여는 링크를 복사했습니다.",
    inAddress: "이 상태를 여는 링크가 주소창에 있습니다.",
    noLink: "이 상태는 링크에 담을 수 없습니다. 글이 너무 길거나 범위를 벗어난 값이 있습니다.",
    badLink: "링크의 내용을 알아볼 수 없어 그림을 그대로 두었습니다.",
    fromLink: "링크에 담긴 상태로 열었습니다.",
    ownWork: "지금까지 한 것을 그대로 두었습니다. 링크에 담긴 상태는 따로 열 수 있습니다.",
    openLink: "링크의 상태 열기",
    play: "재생",
    pause: "잠깐 멈춤",
    next: "다음 글자",
    back: "앞 글자",
    again: "처음으로",
    pace: "빠르기",
    aSecond: "1초에 {n}글자",
    oneASecond: "1초에 한 글자",
    start: "시작 표시",
    end: "끝 표시",
    unknown: "어휘에 없는 글자입니다: {letters}.",
    small: "소문자로 쓰면 어휘에 있습니다: {letters}.",
    mark: "표시로 쓰는 글자라서 문장에 넣을 수 없습니다: {letters}.",
    empty: "문장이 비어 있습니다. 한 글자라도 적어 주십시오.",
    long: "문장이 {n}자입니다. 이 그림은 {most}자까지 다룹니다.",
    joined: "자모로 나뉘어 적힌 글자를 한 글자로 합쳤습니다.",
    outOfRange: "값이 범위를 벗어났습니다: {fields}.",
    between: "{low}에서 {high}까지",
    wholeBetween: "{low}에서 {high}까지의 정수",
  },
  en: {
    copyLink: "Copy link",
    copied: "Copied a link that opens this state.",
    inAddress: "The address bar holds a link that opens this state.",
    noLink: "A link cannot hold this state: the text is too long, or a value is out of range.",
    badLink: "The link could not be understood, so the figure is as it was.",
    fromLink: "Opened in the state that the link holds.",
    ownWork: "What you have done here was kept. The link holds another state.",
    openLink: "Open the link's state",
    play: "Play",
    pause: "Pause",
    next: "Next letter",
    back: "Letter before",
    again: "From the start",
    pace: "Speed",
    aSecond: "{n} letters a second",
    oneASecond: "1 letter a second",
    start: "start mark",
    end: "end mark",
    unknown: "Not in the vocabulary: {letters}.",
    small: "In small letters it has {letters}.",
    mark: "These serve as marks, so they cannot stand in a sentence: {letters}.",
    empty: "The sentence is empty. Write at least one letter.",
    long: "The sentence has {n} letters. This figure takes up to {most}.",
    joined: "Letters typed in parts were joined into whole ones.",
    outOfRange: "Out of range: {fields}.",
    between: "from {low} to {high}",
    wholeBetween: "a whole number from {low} to {high}",
  },
};

/**
 * Called by anywidget and by the book's host: puts a figure into `el`.
 *
 * @param {{ model: any, el: HTMLElement, place?: string | null }} shown
 * @param {string} name
 * @param {Module} module
 */
export function show({ model, el, place }, name, { words: own, fields, figure }) {
  const language = own[model.get("language")] ? model.get("language") : "en";
  const t = speaker({ ...words[language], ...own[language] });
  const ending = new AbortController();
  const { signal } = ending;
  const status = statusLine(signal);
  const said = element("p", { class: "lab-said", role: "status", tabindex: "-1" }); // what became of a link
  const root = element("div", { class: "lab-body" });
  const address = place ?? null; // only in the book's page: "training", or "training-2" for a second
  let worked = false; // whether the reader has changed anything since the figure opened
  let stateNow = null; // the function that tells what a link would keep
  const link = {
    /** A button that keeps `state()` as a link; null outside the book's page. */
    button(state) {
      if (!address) return null;
      stateNow = state;
      return button(
        t("copyLink"),
        async () => {
          const kept = state();
          if (!holds(kept, fields ?? {})) return said.replaceChildren(t("noLink"));
          const hash = toHash(address, kept);
          try {
            history.replaceState(history.state, "", hash);
          } catch {
            /* too long an address, or a page from a disk that may not */
          }
          try {
            await navigator.clipboard.writeText(location.href.split("#")[0] + hash);
            said.replaceChildren(t("copied"));
          } catch {
            said.replaceChildren(t("inAddress"));
          }
        },
        { "data-link": true },
      );
    },
  };
  const frame = element(
    "section",
    { class: `lab lab-${name}`, lang: language, "aria-label": t("title") },
    element("p", { class: "lab-title" }, t("title")),
    root,
    status.element,
    said,
    status.voice,
  );
  el.append(frame);
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  const open = figure({
    root,
    model: bound(model, signal),
    t,
    signal,
    status,
    link,
    place: address,
    reducedMotion,
  });

  const changed = (event) => {
    const { target, type } = event;
    if (target.closest("[data-link]") || (type === "click" && !target.closest("button"))) return;
    worked = true;
    said.replaceChildren();
  };
  for (const type of ["input", "change", "click"]) root.addEventListener(type, changed, { signal });

  const enter = (state) => {
    const taken = state && open?.(state) !== false;
    if (taken) worked = false;
    said.replaceChildren(t(taken ? "fromLink" : "badLink"));
  };
  const follow = () => {
    const asked = address && fromHash(location.hash, address, fields ?? {});
    if (!asked) return;
    if (asked.state && worked) {
      const press = button(t("openLink"), () => {
        enter(asked.state);
        said.focus(); // the button that had the focus is gone
      });
      said.replaceChildren(t("ownWork"), " ", press);
    } else {
      enter(asked.state);
    }
    frame.scrollIntoView({ block: "center" });
  };
  follow();
  addEventListener("hashchange", follow, { signal });
  // The page's language switch asks what to hand on to the twin page.
  const handOn = (event) => {
    const { top, bottom } = frame.getBoundingClientRect();
    if (!worked || !stateNow || bottom < 0 || top > innerHeight) return;
    const kept = stateNow();
    if (holds(kept, fields ?? {})) event.detail.hash = toHash(address, kept);
  };
  document.addEventListener("otherlanguage", handOn, { signal });
  return () => {
    ending.abort();
    frame.remove();
  };
}

/**
 * The model as a figure has it. What listens through it stops with `signal`, for anywidget lets a
 * listener stay when a view is removed; and no figure hears what it shares itself.
 *
 * @param {import("@anywidget/types").AnyModel} model
 * @param {AbortSignal} signal
 * @returns {Model}
 */
function bound(model, signal) {
  let sharing = false;
  return {
    get: (name) => model.get(name),
    /** `listener` is called when Python, or another view, has changed one of these traits. */
    onChange(names, listener) {
      const heard = () => sharing || listener();
      for (const name of names) model.on(`change:${name}`, heard);
      signal.addEventListener("abort", () => {
        for (const name of names) model.off(`change:${name}`, heard);
      });
    },
    /** Sets traits, on both sides. */
    share(values) {
      sharing = true;
      try {
        for (const [name, value] of Object.entries(values)) model.set(name, value);
        model.save_changes();
      } finally {
        sharing = false;
      }
    },
  };
}

/** t("count", { n: 3 }): the words of that name, with {n} filled in. */
function speaker(words) {
  return (key, values = {}) => {
    if (!(key in words)) throw new Error(`no words for ${key}`);
    return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
}

/** The line under a figure: `tell(shown, spoken)` shows one text at once and has one spoken. */
function statusLine(signal) {
  const node = element("p", { class: "lab-status" });
  const voice = liveText({ class: "lab-voice" }, signal);
  const tell = (shown, spoken = shown) => {
    if (node.textContent !== shown) node.textContent = shown;
    voice.tell(spoken);
  };
  return { element: node, voice: voice.element, now: tell, later: tell, tell };
}
