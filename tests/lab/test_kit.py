"""What every figure is built of: pieces of the kit, without a figure around."""

import pytest

SHOWN = """
const values = { language: data.language ?? "en", speed: 0 }, heard = [];
const model = { get: (n) => values[n], set() {}, save_changes() {}, on() {}, off() {} };
const el = document.createElement("div");
document.body.append(el);
let given;
const module = {
  words: { ko: { title: "제목" }, en: { title: "A <b>title</b>" } }, fields: {},
  figure(context) { given = context; },
};
const end = lab.kit.show({ model, el, place: null }, "made", module);
"""


def test_no_text_becomes_markup(call):
    """Wherever a piece takes words: a tag in them stays text."""
    body = """
    const { kit } = lab, tag = "<b>x</b>", made = [];
    const note = kit.note(); const box = document.createElement("div");
    box.append(note.element); note.tell(tag); made.push(box);
    const live = kit.liveText(); live.tell(tag); made.push(live.element);
    made.push(kit.button(tag, () => {}), kit.labelled(tag, kit.element("i")));
    made.push(kit.element("p", {}, tag));
    const none = () => {};
    made.push(kit.textField(tag, tag, none).element);
    made.push(kit.choice(tag, tag, [[tag, tag]], none).element);
    made.push(kit.slider(tag, 1, { low: 0, high: 2, step: 1 }, () => tag, () => {}).element);
    made.push(kit.numberField(tag, 1, { low: 0, high: 2 }, () => {}).element);
    const bars = kit.bars(tag), one = { name: tag, value: 1 };
    bars.draw([{ ...one, note: tag }, { ...one, out: tag }]);
    const strip = kit.strip(tag, { look: () => tag }); strip.draw([1], { letters: [tag] });
    const curve = kit.curve({ xLabel: tag, yLabel: tag, levelLabel: tag, emptyLabel: tag });
    curve.draw([], { to: 3, level: 1, label: tag });
    made.push(bars.element, strip.element, curve.element);
    made.push(kit.letterKeyboard(tag, [tag], none).element);
    return made.map((e) => [e.querySelectorAll("b").length, e.textContent.includes(tag)]);
    """
    assert call(body) == [[0, True]] * 13


def test_the_frame_holds_the_words_of_its_language(call):
    body = SHOWN + (
        "given.status.tell('<b>x</b>');"
        "const title = el.querySelector('.lab-title').textContent;"
        "const found = [el.querySelectorAll('b').length, title,"
        " el.querySelector('section').lang]; end(); el.remove(); return found;"
    )
    assert call(body) == [0, "A <b>title</b>", "en"]
    assert call(body, language="ko") == [0, "제목", "ko"]
    assert call(body, language="fr") == [0, "A <b>title</b>", "en"]


def test_the_same_words_are_not_put_again_and_others_wait(call):
    """What is seen changes at once; what is spoken at most every two seconds, the last of it."""
    body = (
        SHOWN
        + """
    const own = { setTimeout, clearTimeout, now: performance.now.bind(performance) };
    let time = 10000, waiting = [];
    performance.now = () => time;
    globalThis.setTimeout = (f, ms) => { waiting.push([time + ms, f]); return waiting.length; };
    globalThis.clearTimeout = () => { waiting = []; };
    const pass = (ms) => {
      time += ms;
      const due = waiting.filter(([at]) => at <= time);
      waiting = waiting.filter(([at]) => at > time);
      due.forEach(([, f]) => f());
    };
    const seen = el.querySelector(".lab-status"), voice = el.querySelector(".lab-voice");
    const watch = [seen, voice].map((e) => {
      const observer = new MutationObserver(() => {});
      observer.observe(e, { childList: true, characterData: true, subtree: true });
      return observer;
    });
    const told = [];
    const renewed = (observer) => observer.takeRecords().length > 0;
    const note = () => told.push([seen.textContent, voice.textContent, ...watch.map(renewed)]);
    const { status } = given;
    for (const [wait, ...words] of data.script) {
      pass(wait);
      if (words.length) status.tell(...words);
      note();
    }
    end();
    const left = waiting.length;
    el.remove();
    Object.assign(globalThis, { setTimeout: own.setTimeout, clearTimeout: own.clearTimeout });
    performance.now = own.now;
    return [told, left];
    """
    )
    script = [
        [0, "a"],
        [500, "a"],
        [0, "b"],
        [1000, "c"],
        [600],
        [3000, "c"],
        [3000, "d", "e"],
        [10, "f"],
    ]
    told, left = call(body, script=script)
    assert told == [
        ["a", "a", True, True], ["a", "a", False, False], ["b", "a", True, False],
        ["c", "a", True, False], ["c", "c", False, True], ["c", "c", False, False],
        ["d", "e", True, True], ["f", "e", True, False],
    ]  # fmt: skip
    assert left == 0  # a figure that is gone says nothing more


SLICES = """
const own = { ask: requestAnimationFrame, drop: cancelAnimationFrame };
let asked = [];
globalThis.requestAnimationFrame = (f) => asked.push(f);
globalThis.cancelAnimationFrame = () => { asked = []; };
const root = document.createElement("div");
document.body.append(root);
const counts = { one: 0, work: 0, draw: 0, done: 0 };
const ending = new AbortController();
const start = performance.now();
const work = lab.kit.runInSlices({
  root, signal: ending.signal,
  reducedMotion: { matches: data.calm ?? false }, pace: () => data.pace,
  one: () => { counts.one++; return counts.one < (data.most ?? 1e9) || false; },
  work: () => { counts.work++; return counts.work < (data.most ?? 1e9); },
  draw: () => counts.draw++, done: () => counts.done++,
});
const frame = (at) => { const now = asked; asked = []; now.forEach((f) => f(start + at)); };
try { return new Function("work", "frame", "counts", "root", "ending", "waits", data.use)(
  work, frame, counts, root, ending, () => asked.length);
} finally {
  Object.assign(globalThis, { requestAnimationFrame: own.ask, cancelAnimationFrame: own.drop });
  root.remove();
}
"""


def test_a_page_that_was_hidden_does_not_catch_up(call):
    use = (
        "work.start(); for (let t = 0; t <= 1000; t += 16) frame(t);"
        "const before = counts.one; frame(600000);"
        "const after = counts.one; for (let t = 600016; t <= 601000; t += 16) frame(t);"
        "return [before, after - before, counts.one - after, counts.work, work.running];"
    )
    before, jump, then, others, running = call(SLICES, pace=20, use=use)
    assert 19 <= before <= 22
    assert jump <= 11
    assert 18 <= then <= 21
    assert others == 0 and running


@pytest.mark.parametrize(("calm", "most", "least"), [(False, 34, 25), (True, 2, 1)])
def test_drawing_is_rarer_than_work(call, calm, most, least):
    use = (
        "work.start(); for (let t = 2000; t < 3000; t += 10) frame(t);"
        "return [counts.work, counts.draw, counts.done];"
    )
    work, drawn, done = call(SLICES, pace=0, calm=calm, use=use)
    assert (work, done) == (100, 0)
    assert least <= drawn <= most


def test_work_ends_once_and_is_drawn_at_the_end(call):
    use = (
        "work.start(); work.start(); const one = waits();"
        "for (let t = 0; t < 500; t += 1) frame(t);"
        "return [one, counts.work, counts.done, counts.draw > 0, work.running, waits()];"
    )
    assert call(SLICES, pace=0, most=7, use=use) == [1, 7, 1, True, False, 0]


@pytest.mark.parametrize("way", ["work.stop()", "ending.abort()", "root.remove()"])
def test_work_stops(call, way):
    use = (
        f"work.start(); frame(0); {way}; frame(16); frame(32);"
        "return [counts.work, counts.done, work.running, waits()];"
    )
    assert call(SLICES, pace=0, use=use) == [1, 0, False, 0]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.042, "0.042"), (-1.3, "−1.3"), (2.1e-7, "2.1e-7"), (3.06e17, "3.06e17"),
     (1e6, "1e6"), (999999, "1000000"), (123456, "123000"), (-4e-5, "−4.0e-5"), (0.001, "0.001"),
     (1 / 3, "0.333"), (1e21, "1e21")],
)  # fmt: skip
def test_numbers_are_written_short(call, value, text):
    assert call("return lab.kit.formatNumber(data.value)", value=value) == text


def test_a_text_is_read_once_it_is_composed(call):
    """Hangul comes as ㅎ, 하, 한: what is on its way would be read as letters of its own."""
    heard = call("""
        const heard = [];
        const { input } = lab.kit.textField("text", "", (text) => heard.push(text));
        const type = (text, isComposing) => {
          input.value = text;
          input.dispatchEvent(new InputEvent("input", { isComposing }));
        };
        for (const text of ["ㅎ", "하", "한"]) type(text, true);
        heard.push("-");
        input.dispatchEvent(new CompositionEvent("compositionend"));
        type("한a", false);
        return heard;
    """)
    assert heard == ["-", "한", "한a"]


def test_a_number_field_takes_its_range_and_nothing_else(call):
    body = """
    const got = [];
    const take = (x) => got.push(Number.isNaN(x) ? "nan" : x);
    const make = (range) => lab.kit.numberField("n", 1, range, take);
    for (const [range, text] of data.typed) {
      const { input } = make(range);
      input.value = text;
      input.dispatchEvent(new Event("input"));
      got.push(input.getAttribute("aria-invalid"));
    }
    return got;
    """
    whole, real = {"low": 1, "high": 9}, {"low": 0.5, "high": 2, "step": "any"}
    good = [(whole, "1"), (whole, "9"), (real, "0.5"), (real, "2"), (real, "1.25")]
    bad = [(whole, "0"), (whole, "10"), (whole, "2.5"), (whole, ""), (whole, "-1"), (real, "0.4"),
           (real, "2.1"), (real, "-1"), (real, "")]  # fmt: skip
    wanted = [x for _, text in good for x in (float(text), "false")]
    assert call(body, typed=good) == wanted
    assert call(body, typed=bad) == ["nan", "true"] * len(bad)
