// What the figures are built of: a frame, controls, strips of colour, a curve, work in slices.
//
// A figure is a module that exports `words`, { ko: {…}, en: {…} } with the same keys, of which
// "title" names the figure, `fields`, what a link may hold (see link.js), and
//
//     figure({ root, model, say, language, signal, status, link, reducedMotion })
//
// which fills `root` and listens with { signal }: the signal ends everything when the figure goes.
// It may return a function that is called with the state of a link and returns false where the
// state cannot be, such as three scores for four letters; then the figure stays as it was. Text
// that a reader typed goes into the page through `make` as text, never as markup.
import { visible } from "./letters.js";
import { fromHash, holds, toHash } from "./link.js";

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

/** Called by anywidget and by the book's host: puts a figure into `el`. */
export function show({ model, el, place }, name, { words: own, fields, figure }) {
  const language = own[model.get("language")] ? model.get("language") : "en";
  const say = speaker({ ...words[language], ...own[language] });
  const ending = new AbortController();
  const { signal } = ending;
  const status = statusLine(signal);
  const said = make("p", { class: "lab-said", role: "status", tabindex: "-1" }); // what became of a link
  const root = make("div", { class: "lab-body" });
  const address = place ?? null; // only in the book's page: "training", or "training-2" for a second
  let worked = false; // whether the reader has changed anything since the figure opened
  const link = {
    /** A button that keeps `state()` as a link; null outside the book's page. */
    button(state) {
      if (!address) return null;
      return button(say("copyLink"), async () => {
        const kept = state();
        if (!holds(kept, fields ?? {})) return said.replaceChildren(say("noLink"));
        const hash = toHash(address, kept);
        try {
          history.replaceState(history.state, "", hash);
        } catch { /* too long an address, or a page from a disk that may not */ }
        try {
          await navigator.clipboard.writeText(location.href.split("#")[0] + hash);
          said.replaceChildren(say("copied"));
        } catch {
          said.replaceChildren(say("inAddress"));
        }
      }, { "data-link": true });
    },
  };
  const frame = make(
    "section",
    { class: `lab lab-${name}`, lang: language, "aria-label": say("title") },
    make("p", { class: "lab-title" }, say("title")),
    root,
    status.element,
    said,
    status.voice,
  );
  el.append(frame);
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  const open = figure({ root, model, say, language, signal, status, link, reducedMotion });

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
    said.replaceChildren(say(taken ? "fromLink" : "badLink"));
  };
  const follow = () => {
    const asked = address && fromHash(location.hash, address, fields ?? {});
    if (!asked) return;
    if (asked.state && worked) {
      const press = button(say("openLink"), () => {
        enter(asked.state);
        said.focus(); // the button that had the focus is gone
      });
      said.replaceChildren(say("ownWork"), " ", press);
    } else {
      enter(asked.state);
    }
    frame.scrollIntoView({ block: "center" });
  };
  follow();
  addEventListener("hashchange", follow, { signal });
  return () => {
    ending.abort();
    frame.remove();
  };
}

/** say("count", { n: 3 }): the words of that name, with {n} filled in. */
function speaker(words) {
  return (key, values = {}) => {
    if (!(key in words)) throw new Error(`no words for ${key}`);
    return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
}

/**
 * An element: attributes by name, "on…" a listener, true and false for attributes without a value.
 * Children are elements or text.
 */
export function make(tag, attributes = {}, ...children) {
  const element = SVG_TAGS.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}
const SVG_TAGS = new Set(["svg", "path", "line", "text", "g", "rect", "circle"]);

export const row = (...children) => make("div", { class: "lab-row" }, ...children);

export function button(label, press, attributes = {}) {
  const element = make("button", { type: "button", class: "lab-button", ...attributes }, label);
  element.addEventListener("click", () => element.getAttribute("aria-disabled") === "true" || press());
  return element;
}

/** Whether a button does anything when pressed. One that does not keeps the keyboard's place. */
export function enable(element, able) {
  element.setAttribute("aria-disabled", String(!able));
}

/** A control under its label. */
export function labelled(label, control, attributes = {}) {
  return make("label", { class: "lab-label", ...attributes }, make("span", {}, label), control);
}

/** A field for text; `change` gets what is in it, not while an input method still composes. */
export function textField(label, value, change, attributes = {}) {
  const input = make("textarea", {
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
 */
export function numberField(label, value, { low, high, step = 1 }, change) {
  const input = make("input", {
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

/** That fields are out of range, with the range of each: fields are [label, { low, high, step }]. */
export function outOfRange(say, fields) {
  const plain = (number) => String(number).replace("e+", "e").replace(/^-/, "−");
  const named = fields.map(([label, { low, high, step = 1 }]) => {
    const words = say(step === 1 ? "wholeBetween" : "between", { low: plain(low), high: plain(high) });
    return `${label} (${words})`;
  });
  return named.length ? say("outOfRange", { fields: named.join(", ") }) : "";
}

/**
 * A slider; `words(value)` says what its value means. `set(value)` moves it, returns the value that
 * it then has, which is no further than its ends: keep that one.
 */
export function slider(label, value, { low, high, step }, words, change) {
  const id = `lab-slider-${++sliders}`;
  const input = make("input", { class: "lab-slider", type: "range", id, min: low, max: high, step });
  // The control itself says its value, so this is no live region of its own.
  const shown = make("span", { class: "lab-value", "aria-hidden": "true" });
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
  const element = make(
    "div",
    { class: "lab-label" },
    make("label", { for: id }, label),
    make("span", { class: "lab-sliding" }, input, shown),
  );
  return { element, input, update, set };
}
let sliders = 0;

/** A list to choose from: choices are [value, label]. `set(value, label)` adds one it lacks. */
export function choice(label, value, choices, change) {
  const select = make("select", { class: "lab-select" });
  for (const [key, words] of choices) select.append(make("option", { value: key }, words));
  select.value = value;
  select.addEventListener("change", () => change(select.value));
  const set = (key, words) => {
    const there = [...select.options].some((option) => option.value === String(key));
    if (!there) select.append(make("option", { value: key }, words));
    select.value = key;
  };
  return { element: labelled(label, select), input: select, set };
}

/**
 * Text for a screen reader alone, told at most once in two seconds and never twice in the same
 * words. What a reader sees is shown at once, elsewhere.
 */
export function liveText(attributes = {}, signal = null) {
  const element = make("p", { class: "lab-unseen", role: "status", ...attributes });
  let waiting = null;
  let last = -Infinity;
  let next = "";
  const put = () => {
    waiting = null;
    last = performance.now();
    if (element.textContent !== next) element.textContent = next;
  };
  const tell = (text) => {
    next = text;
    if (waiting !== null) return;
    const pause = last + 2000 - performance.now();
    if (pause <= 0) put();
    else waiting = setTimeout(put, pause);
  };
  signal?.addEventListener("abort", () => clearTimeout(waiting));
  return { element, now: tell, later: tell, tell };
}

/** The line under a figure: `tell(shown, spoken)` shows one text at once and has one spoken. */
function statusLine(signal) {
  const element = make("p", { class: "lab-status" });
  const voice = liveText({ class: "lab-voice" }, signal);
  const tell = (shown, spoken = shown) => {
    if (element.textContent !== shown) element.textContent = shown;
    voice.tell(spoken);
  };
  return { element, voice: voice.element, now: tell, later: tell, tell };
}

/** A background for a number: blue below 0, vermilion above, clear at 0, as in the book's pictures. */
export function signedColour(value, limit = 1, most = 1) {
  const strength = most * Math.min(1, Math.abs(value) / limit) ** 0.8;
  const colour = value < 0 ? "var(--lab-blue)" : "var(--lab-vermilion)";
  return `color-mix(in srgb, ${colour} ${(strength * 100).toFixed(0)}%, transparent)`;
}

/** A number as the figures write it: 0.042, −1.3, 2.1e-7, 3.06e17. */
export function short(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  let text = String(+value.toPrecision(3));
  if (size !== 0 && size < 1e-3) text = value.toExponential(1);
  else if (size >= 1e6) text = value.toExponential(2).replace(/\.?0*e\+/, "e");
  return text.replace(/^-/, "−");
}

/**
 * Left, right, Home and End inside an element: `go` gets −1, 1, −Infinity, Infinity. Up and down:
 * `turn`, where it is given, gets −1 and 1. The page and a notebook around it do not hear of them.
 */
export function arrows(element, go, turn = null) {
  element.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab hears keys before we do
  element.addEventListener("keydown", (event) => {
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

/** Of elements that wrap into rows, the index of the one a row above or below; the same at the end. */
function acrossRows(elements, at, turn) {
  const places = [...elements].map((element) => element.getBoundingClientRect());
  const apart = (place) => Math.sign(Math.round(place.top - places[at].top)) * turn;
  const rows = places.filter((place) => apart(place) > 0).map((place) => Math.abs(place.top - places[at].top));
  if (!rows.length) return at;
  const next = Math.min(...rows);
  let best = at;
  for (const [index, place] of places.entries()) {
    if (apart(place) <= 0 || Math.abs(place.top - places[at].top) > next + 2) continue;
    const nearer = Math.abs(place.left - places[at].left) < Math.abs(places[best].left - places[at].left);
    if (best === at || nearer) best = index;
  }
  return best;
}

/** Letters to press, as on a keyboard: the Tab key finds one, the arrow keys lead to the others. */
export function keys(label, letters, press) {
  const board = make("div", { class: "lab-keys", role: "toolbar", "aria-label": label });
  let at = 0;
  const reach = (index) => {
    board.children[at].setAttribute("tabindex", "-1");
    at = Math.max(0, Math.min(letters.length - 1, index));
    board.children[at].setAttribute("tabindex", "0");
  };
  for (const [index, letter] of letters.entries()) {
    board.append(button(letter, () => press(letter), {
      class: "lab-button lab-key",
      tabindex: index ? "-1" : "0",
      onfocus: () => reach(index),
    }));
  }
  const move = (index) => {
    reach(index);
    board.children[at].focus();
  };
  arrows(board, (by) => move(at + by), (turn) => move(acrossRows(board.children, at, turn)));
  return { element: make("div", { class: "lab-stripped" }, make("span", { class: "lab-strip-label" }, label), board) };
}

/**
 * A strip of numbers as coloured squares. With `look(index)`, which says all about one number, the
 * squares are buttons: a press or the arrow keys choose one; `chosen` is told its index. A pointer
 * that only passes over chooses nothing: it would change the page on its way elsewhere.
 */
export function strip(label, { limit = 1, look, chosen } = {}) {
  const squares = make("div", { class: "lab-strip", role: look ? "toolbar" : "img" });
  const element = make(
    "div",
    { class: "lab-stripped" },
    make("span", { class: "lab-strip-label" }, label),
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
    element,
    /** Draw values; letters (optional) are written into the squares, ringed marks one of them. */
    draw(values, { letters, ringed = -1, limit: own = limit } = {}) {
      while (squares.children.length > values.length) squares.lastChild.remove();
      while (squares.children.length < values.length) {
        const index = squares.children.length;
        const square = look
          ? make("button", {
              type: "button",
              class: "lab-square",
              tabindex: index === at ? "0" : "-1",
              onfocus: () => index === at || pick(index),
              onclick: () => pick(index),
            })
          : make("span", { class: "lab-square" });
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
      if (!look) squares.setAttribute("aria-label", `${label}: ${[...values].map(short).join(", ")}`);
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
 * Do work in slices that leave the page free: `work(milliseconds)` a slice, `draw()` after it. Stops
 * when `work` returns false, when stop() is called, when the figure has left the page; rests while
 * the page cannot be seen. At `pace()` above 0, `one(milliseconds)` is done so often a second
 * instead: it returns undefined where it could not finish in its time, and is called again.
 */
export function slices({ root, signal, work, one, pace = () => 0, draw, done, reducedMotion, slice = 12 }) {
  let running = false;
  let asked = 0; // the frame that is waited for
  let drawn = 0;
  let due = 0;
  const stop = () => {
    running = false;
    cancelAnimationFrame(asked);
  };
  signal.addEventListener("abort", stop);
  const frame = (time) => {
    if (!running) return;
    if (!root.isConnected) return stop();
    let going = true;
    if (pace() > 0) {
      due = Math.max(due, time - 500); // a page that was hidden does not catch up
      const end = performance.now() + slice;
      while (going && due <= time && performance.now() < end) {
        const gone = one(Math.max(1, end - performance.now()));
        if (gone === undefined) break;
        going = gone;
        due += 1000 / pace();
      }
    } else {
      going = work(slice);
    }
    if (!going || time - drawn > (reducedMotion?.matches ? 1000 : 30)) {
      drawn = time;
      draw();
    }
    if (going && running) return (asked = requestAnimationFrame(frame));
    running = false;
    done?.();
  };
  return {
    start() {
      if (running) return;
      running = true;
      due = performance.now();
      asked = requestAnimationFrame(frame);
    },
    stop,
    get running() {
      return running;
    },
  };
}

/**
 * Buttons that walk through steps: play, back, next, from the start, and how fast to play.
 * `steps()` says how many there are, `go(step)` shows one, from 0. Give it what `figure` was given.
 */
export function player({ root, model, say, signal, reducedMotion }, { steps, go }) {
  let at = 0;
  let speed = model.get("speed") || 2;
  const to = (step) => {
    at = Math.max(0, Math.min(steps() - 1, step));
    go(at, work.running);
    update();
  };
  const work = slices({
    root,
    signal,
    reducedMotion,
    pace: () => speed,
    one() {
      if (at + 1 < steps()) to(at + 1);
      return at + 1 < steps();
    },
    draw() {},
    done: () => to(at),
  });
  const halt = (step) => () => {
    work.stop();
    to(step());
  };
  const play = button(say("play"), () => {
    if (work.running) return halt(() => at)();
    if (at + 1 >= steps()) to(0);
    work.start();
    update();
  }, { class: "lab-button lab-main" });
  const back = button(say("back"), halt(() => at - 1));
  const next = button(say("next"), halt(() => at + 1));
  const again = button(say("again"), halt(() => 0));
  const speeds = [...new Set([...SPEEDS, speed])].sort((a, b) => a - b);
  const named = (n) => [n, say(n === 1 ? "oneASecond" : "aSecond", { n })];
  const pace = choice(say("pace"), speed, speeds.map(named), (value) => {
    speed = Number(value);
    model.set("speed", speed);
    model.save_changes();
  });
  /** Play at another speed from now on. */
  const hurry = (given) => {
    speed = given;
    pace.set(...named(speed));
  };
  const listen = () => hurry(model.get("speed") || speed);
  model.on("change:speed", listen);
  signal.addEventListener("abort", () => model.off("change:speed", listen));
  function update() {
    play.textContent = say(work.running ? "pause" : "play");
    enable(play, steps() > 1);
    enable(back, at > 0);
    enable(next, at + 1 < steps());
  }
  return {
    element: row(play, back, next, again, pace.element),
    to: (step) => halt(() => step)(),
    get at() {
      return at;
    },
    get speed() {
      return speed;
    },
    set speed(given) {
      hurry(given);
      model.set("speed", given);
      model.save_changes();
    },
  };
}

/** Letters a second to choose from. */
export const SPEEDS = [1, 2, 5, 20];

/**
 * Bars under one another, as long as value / full: `draw([{ name, value, chosen }], { full })`.
 *
 * More of an entry where it is there: `out`, a word for why it does not count, which stands in the
 * value's place, and its bar is hatched; `before`, a value marked by a line; `note` after the value.
 */
export function bars(label) {
  const element = make("ol", { class: "lab-bars", "aria-label": label });
  const wide = (value, full) => `${Math.max(0, Math.min(1, value / full)) * 100}%`;
  return {
    element,
    draw(entries, { full = 1, words = short } = {}) {
      element.replaceChildren(
        ...entries.map(({ name, value, chosen, out, before, note }) => {
          const bar = make("span", { class: "lab-bar" });
          bar.style.width = wide(value, full);
          const mark = before === undefined ? null : make("span", { class: "lab-bar-before" });
          if (mark) mark.style.left = wide(before, full);
          return make(
            "li",
            { class: [chosen && "chosen", out && "out", note !== undefined && "noted"].filter(Boolean).join(" ") || null },
            make("span", { class: "lab-bar-name" }, name),
            make("span", { class: "lab-bar-room" }, bar, mark),
            make("span", { class: "lab-bar-value" }, out || words(value)),
            note === undefined ? null : make("span", { class: "lab-bar-note" }, note),
          );
        }),
      );
    },
  };
}

/** What is wrong with a text read by `readText`, in words; "" if nothing is. */
export function trouble(read, say, { most = 10000, vocabulary = "" } = {}) {
  if (!read.letters.length) return say("empty");
  if (read.letters.length > most) return say("long", { n: read.letters.length, most });
  const named = (kind) => read.problems.filter((p) => p.kind === kind).map((p) => p.letter);
  const list = (letters) => letters.slice(0, 12).map((l) => visible(l, "", say)).join(" ");
  const unknown = named("unknown");
  const small = unknown.map((l) => l.toLowerCase()).filter((l, i) => l !== unknown[i] && vocabulary.includes(l));
  return [
    unknown.length && say("unknown", { letters: list(unknown) + (unknown.length > 12 ? " …" : "") }),
    small.length && say("small", { letters: list(small) }),
    named("mark").length && say("mark", { letters: list(named("mark")) }),
  ].filter(Boolean).join(" ");
}

/** A note under a control: `tell(words, { problem })`, nothing at "". It ends with `signal`. */
export function note(signal = null) {
  const element = make("p", { class: "lab-note", hidden: true });
  const voice = liveText({ class: "lab-voice" }, signal);
  return {
    element,
    tell(words, { problem = false } = {}) {
      if (element.textContent !== words) element.textContent = words;
      element.hidden = !words;
      element.classList.toggle("lab-problem", problem);
      if (!voice.element.parentNode) element.after(voice.element); // once the note has its place
      voice.tell(words);
    },
  };
}

/**
 * A curve on a log scale: `draw(numbers, { to, level })` with the x axis up to `to`; `beside` are
 * the numbers of a second, dashed curve. While there are no numbers, `emptyLabel` stands in it.
 */
export function curve({ xLabel, yLabel, levelLabel, emptyLabel = "" }) {
  const W = 640, H = 290, LEFT = 70, RIGHT = 14, TOP = 34, BOTTOM = 52;
  const svg = make("svg", { class: "lab-curve", viewBox: `0 0 ${W} ${H}`, role: "img" });
  const grid = make("g", { class: "lab-grid" });
  const path = make("path", { class: "lab-line", fill: "none" });
  const second = make("path", { class: "lab-second", fill: "none" });
  const axis = make("g", { class: "lab-axis" });
  const empty = make("text", { x: (LEFT + W - RIGHT) / 2, y: H / 2, "text-anchor": "middle" }, emptyLabel);
  svg.append(grid, second, path, axis);
  let drawnAxes = "";

  function axes(to, low, high, level, x, y) {
    const key = [to, low, high, level].join();
    if (key === drawnAxes) return;
    drawnAxes = key;
    grid.replaceChildren();
    axis.replaceChildren();
    const every = Math.max(1, Math.ceil((high - low) / 6));
    for (let power = low; power <= high; power++) {
      if ((high - power) % every) continue;
      grid.append(make("line", { x1: LEFT, x2: W - RIGHT, y1: y(power), y2: y(power) }));
      const words = power >= -3 && power <= 3 ? String(+(10 ** power).toPrecision(1)) : `1e${power}`;
      axis.append(
        make("text", { x: LEFT - 8, y: y(power) + 5, "text-anchor": "end" }, words.replace("-", "−")),
      );
    }
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const at = Math.round(share * to);
      axis.append(make("text", { x: x(at), y: H - BOTTOM + 22, "text-anchor": share < 1 ? "middle" : "end" }, String(at)));
    }
    axis.append(make("text", { x: (LEFT + W - RIGHT) / 2, y: H - 6, "text-anchor": "middle" }, xLabel));
    axis.append(make("text", { x: 4, y: 16, "text-anchor": "start" }, yLabel));
    if (level) {
      const height = y(Math.log10(level));
      grid.append(make("line", { class: "lab-level", x1: LEFT, x2: W - RIGHT, y1: height, y2: height }));
      axis.append(make("text", { x: W - RIGHT, y: height - 5, "text-anchor": "end" }, levelLabel));
    }
  }

  return {
    element: svg,
    draw(numbers, { to, level, label, beside = [] }) {
      let lowest = level || 1, highest = level || 1;
      for (const some of [numbers, beside]) {
        for (const number of some) {
          if (number > 0 && number < lowest) lowest = number;
          if (number > highest) highest = number;
        }
      }
      const low = Math.min(-3, Math.floor(Math.log10(lowest)));
      const high = Math.ceil(Math.log10(highest) + 0.05);
      const x = (at) => LEFT + (at / Math.max(1, to)) * (W - LEFT - RIGHT);
      const y = (power) => TOP + ((high - power) / (high - low)) * (H - TOP - BOTTOM);
      axes(to, low, high, level, x, y);
      path.setAttribute("d", line(numbers, x, y, low));
      second.setAttribute("d", line(beside, x, y, low));
      if (numbers.length || beside.length) empty.remove();
      else svg.append(empty);
      if (label) svg.setAttribute("aria-label", label);
    },
  };
}

/** The path of a curve. No more points than can be seen: of those that share a place, the lowest and the highest. */
function line(numbers, x, y, low) {
  const share = Math.max(1, Math.ceil(numbers.length / 600));
  let d = "";
  const point = (at) => {
    const power = Math.max(low, Math.log10(Math.max(numbers[at], 1e-300)));
    d += `${d ? "L" : "M"}${x(at).toFixed(1)} ${y(power).toFixed(1)}`;
  };
  for (let from = 0; from < numbers.length; from += share) {
    let least = from, most = from;
    for (let at = from; at < Math.min(from + share, numbers.length); at++) {
      if (numbers[at] < numbers[least]) least = at;
      if (numbers[at] > numbers[most]) most = at;
    }
    if (least === most) point(least);
    else [least, most].sort((a, b) => a - b).forEach(point);
  }
  return d;
}

/** Numbers of a network from the bytes of the trait `weights`; null if there are none. */
export function numbersOf(bytes) {
  if (!bytes?.byteLength) return null;
  const view = bytes instanceof DataView
    ? bytes
    : new DataView(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** The bytes of numbers, for the trait `weights`. */
export function bytesOf(numbers) {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((number, i) => view.setFloat32(4 * i, number, true));
  return view;
}
