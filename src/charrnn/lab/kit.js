// What the figures are built of: a frame, controls, strips of colour, a curve, work in slices.
//
// A figure is a module that exports `words`, { ko: {…}, en: {…} } with the same keys, of which
// "title" names the figure, `fields`, what a link may hold (see link.js), and
//
//     figure({ root, model, say, language, signal, status, link, reducedMotion })
//
// which fills `root` and listens with { signal }: the signal ends everything when the figure goes.
// It may return a function that is called with the state of a link. Text that a reader typed goes
// into the page through `make` as text, never as markup.
import { visible } from "./letters.js";
import { fromHash, toHash } from "./link.js";

export const words = {
  ko: {
    copyLink: "링크 복사",
    copied: "이 상태를 여는 링크를 복사했습니다.",
    inAddress: "이 상태를 여는 링크가 주소창에 있습니다.",
    badLink: "링크의 내용을 알아볼 수 없어 처음 상태로 열었습니다.",
    fromLink: "링크에 담긴 상태로 열었습니다.",
    play: "재생",
    pause: "잠깐 멈춤",
    next: "다음 글자",
    back: "앞 글자",
    again: "처음으로",
    pace: "빠르기",
    aSecond: "1초에 {n}글자",
    start: "시작 표시",
    end: "끝 표시",
    unknown: "어휘에 없는 글자입니다: {letters}.",
    small: "소문자로 쓰면 어휘에 있습니다: {letters}.",
    mark: "표시로 쓰는 글자라서 문장에 넣을 수 없습니다: {letters}.",
    empty: "문장이 비어 있습니다. 한 글자라도 적어 주십시오.",
    long: "문장이 {n}자입니다. 이 그림은 {most}자까지 다룹니다.",
    joined: "자모로 나뉘어 적힌 글자를 한 글자로 합쳤습니다.",
  },
  en: {
    copyLink: "Copy link",
    copied: "Copied a link that opens this state.",
    inAddress: "The address bar holds a link that opens this state.",
    badLink: "The link could not be understood, so the figure opened in its first state.",
    fromLink: "Opened in the state that the link holds.",
    play: "Play",
    pause: "Pause",
    next: "Next letter",
    back: "Letter before",
    again: "From the start",
    pace: "Speed",
    aSecond: "{n} letters a second",
    start: "start mark",
    end: "end mark",
    unknown: "Not in the vocabulary: {letters}.",
    small: "In small letters it has {letters}.",
    mark: "These serve as marks, so they cannot stand in a sentence: {letters}.",
    empty: "The sentence is empty. Write at least one letter.",
    long: "The sentence has {n} letters. This figure takes up to {most}.",
    joined: "Letters typed in parts were joined into whole ones.",
  },
};

/** Called by anywidget and by the book's host: puts a figure into `el`. */
export function show({ model, el, place }, name, { words: own, fields, figure }) {
  const language = own[model.get("language")] ? model.get("language") : "en";
  const say = speaker({ ...words[language], ...own[language] });
  const ending = new AbortController();
  const { signal } = ending;
  const status = liveText();
  const root = make("div", { class: "lab-body" });
  const address = place ?? null; // only in the book's page: "training", or "training-2" for a second
  const link = {
    /** A button that keeps `state()` as a link; null outside the book's page. */
    button(state) {
      if (!address) return null;
      return button(say("copyLink"), async () => {
        const hash = toHash(address, state());
        try {
          history.replaceState(history.state, "", hash);
        } catch { /* too long an address, or a page from a disk that may not */ }
        try {
          await navigator.clipboard.writeText(location.href.split("#")[0] + hash);
          status.now(say("copied"));
        } catch {
          status.now(say("inAddress"));
        }
      });
    },
  };
  const frame = make(
    "section",
    { class: `lab lab-${name}`, lang: language, "aria-label": say("title") },
    make("p", { class: "lab-title" }, say("title")),
    root,
    status.element,
  );
  el.append(frame);
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  const open = figure({ root, model, say, language, signal, status, link, reducedMotion });
  const follow = () => {
    const asked = address && fromHash(location.hash, address, fields ?? {});
    if (!asked) return;
    if (asked.state) open?.(asked.state);
    status.now(say(asked.state ? "fromLink" : "badLink"));
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
  return make("button", { type: "button", class: "lab-button", ...attributes, onclick: press }, label);
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

/** A field for a number from low to high; `change` gets it, or NaN for anything else. */
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
  return { element: labelled(label, input), input };
}

/** A slider; `words(value)` says what its value means. */
export function slider(label, value, { low, high, step }, words, change) {
  const input = make("input", { class: "lab-slider", type: "range", min: low, max: high, step });
  const shown = make("output", { class: "lab-value" });
  const update = () => {
    shown.textContent = words(input.valueAsNumber);
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  input.value = value;
  update();
  input.addEventListener("input", () => {
    update();
    change(input.valueAsNumber);
  });
  return {
    element: labelled(label, make("span", { class: "lab-sliding" }, input, shown)),
    input,
    update,
  };
}

/** A list to choose from: choices are [value, label]. */
export function choice(label, value, choices, change) {
  const select = make("select", { class: "lab-select" });
  for (const [key, words] of choices) select.append(make("option", { value: key }, words));
  select.value = value;
  select.addEventListener("change", () => change(select.value));
  return { element: labelled(label, select), input: select };
}

/** Text that a screen reader is told about: `later` at most once in two seconds, `now` at once. */
export function liveText(attributes = {}) {
  const element = make("p", { class: "lab-status", role: "status", ...attributes });
  let waiting = null;
  let last = 0;
  const put = (text) => {
    clearTimeout(waiting);
    waiting = null;
    last = performance.now();
    if (element.textContent !== text) element.textContent = text;
  };
  let next = "";
  return {
    element,
    now: put,
    later(text) {
      next = text;
      const pause = last + 2000 - performance.now();
      if (pause <= 0) put(text);
      else waiting ??= setTimeout(() => put(next), pause);
    },
  };
}

/** A background for a number: blue below 0, vermilion above, clear at 0, as in the book's pictures. */
export function signedColour(value, limit = 1, most = 1) {
  const strength = most * Math.min(1, Math.abs(value) / limit) ** 0.8;
  const colour = value < 0 ? "var(--lab-blue)" : "var(--lab-vermilion)";
  return `color-mix(in srgb, ${colour} ${(strength * 100).toFixed(0)}%, transparent)`;
}

/** A number as the figures write it: 0.042, −1.3, 2.1e-7. */
export function short(value) {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const text = size !== 0 && size < 1e-3 ? value.toExponential(1) : String(+value.toPrecision(3));
  return text.replace(/^-/, "−");
}

/** Left, right, Home and End inside an element: `go` gets −1, 1, −Infinity, Infinity. */
export function arrows(element, go) {
  element.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    if (!(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(moves[event.key]);
  });
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
  arrows(board, (move) => {
    reach(at + move);
    board.children[at].focus();
  });
  return { element: make("div", { class: "lab-stripped" }, make("span", { class: "lab-strip-label" }, label), board) };
}

/**
 * A strip of numbers as coloured squares. With `look(index)`, which says all about one number, the
 * squares are buttons: a pointer over one or the arrow keys choose it; `chosen` is told its index.
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
    arrows(squares, (move) => pick(at + move, true));
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
              onmouseenter: () => pick(index),
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
        if (look) square.setAttribute("aria-label", look(index));
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
 * the page cannot be seen. At `pace()` above 0, `one()` is done so often a second instead.
 */
export function slices({ root, signal, work, one, pace = () => 0, draw, done, reducedMotion }) {
  let running = false;
  let drawn = 0;
  let due = 0;
  const stop = () => {
    running = false;
  };
  signal.addEventListener("abort", stop);
  const frame = (time) => {
    if (!running) return;
    if (!root.isConnected) return stop();
    let going = true;
    if (pace() > 0) {
      due = Math.max(due, time - 500); // a page that was hidden does not catch up
      while (going && due <= time) {
        going = one();
        due += 1000 / pace();
      }
    } else {
      going = work(12);
    }
    if (!going || time - drawn > (reducedMotion?.matches ? 1000 : 30)) {
      drawn = time;
      draw();
    }
    if (going && running) return requestAnimationFrame(frame);
    running = false;
    done?.();
  };
  return {
    start() {
      if (running) return;
      running = true;
      due = performance.now();
      requestAnimationFrame(frame);
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
  const speeds = [...new Set([1, 2, 5, 20, speed])].sort((a, b) => a - b);
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
  const pace = choice(say("pace"), speed, speeds.map((n) => [n, say("aSecond", { n })]), (value) => {
    speed = Number(value);
    model.set("speed", speed);
    model.save_changes();
  });
  const listen = () => {
    speed = model.get("speed") || speed;
    pace.input.value = speed;
  };
  model.on("change:speed", listen);
  signal.addEventListener("abort", () => model.off("change:speed", listen));
  function update() {
    play.textContent = say(work.running ? "pause" : "play");
    play.disabled = steps() < 2;
    // aria-disabled keeps the keyboard's place where a button has nothing left to do.
    back.setAttribute("aria-disabled", String(at <= 0));
    next.setAttribute("aria-disabled", String(at + 1 >= steps()));
  }
  return {
    element: row(play, back, next, again, pace.element),
    to: (step) => halt(() => step)(),
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

/** A note under a control: `tell(words, { problem })`, nothing at "". */
export function note() {
  const element = make("p", { class: "lab-note", role: "status", hidden: true });
  return {
    element,
    tell(words, { problem = false } = {}) {
      if (element.textContent !== words) element.textContent = words;
      element.hidden = !words;
      element.classList.toggle("lab-problem", problem);
    },
  };
}

/**
 * A curve on a log scale: `draw(numbers, { to, level })` with the x axis up to `to`; `beside` are
 * the numbers of a second, dashed curve.
 */
export function curve({ xLabel, yLabel, levelLabel }) {
  const W = 640, H = 290, LEFT = 70, RIGHT = 14, TOP = 34, BOTTOM = 52;
  const svg = make("svg", { class: "lab-curve", viewBox: `0 0 ${W} ${H}`, role: "img" });
  const grid = make("g", { class: "lab-grid" });
  const path = make("path", { class: "lab-line", fill: "none" });
  const second = make("path", { class: "lab-second", fill: "none" });
  const axis = make("g", { class: "lab-axis" });
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
      for (const number of [...numbers, ...beside]) {
        if (number > 0 && number < lowest) lowest = number;
        if (number > highest) highest = number;
      }
      const low = Math.min(-3, Math.floor(Math.log10(lowest)));
      const high = Math.ceil(Math.log10(highest) + 0.05);
      const x = (at) => LEFT + (at / Math.max(1, to)) * (W - LEFT - RIGHT);
      const y = (power) => TOP + ((high - power) / (high - low)) * (H - TOP - BOTTOM);
      axes(to, low, high, level, x, y);
      path.setAttribute("d", line(numbers, x, y, low));
      second.setAttribute("d", line(beside, x, y, low));
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
