"""The figure of one memory cell, its gates set by hand, beside the arithmetic of an LSTM."""

import math

import pytest
from using import announced, follow_links, gone, note, press, says

from charrnn import lab, pictures

GATES = ("forget", "input", "output")
ROWS = ("candidate", *GATES, "cell", "hidden", "left")
NONSENSE = ["", "-", "x", "1e309", "-1e309", "NaN", "Infinity", "-0.1", "1.01", "0x1", "1;0", "01"]
PRESETS = {
    "keep": lambda t, T: (1, float(t == 0), 1),
    "fade": lambda t, T: (0.5, float(t == 0), 1),
    "pile": lambda t, T: (1, 1, 1),
    "late": lambda t, T: (1, float(t == 0), float(t == T - 1)),
    "half": lambda t, T: (0.5, 0.5, 0.5),
}


def expected(text, gates):
    """The seven rows: what gates (T, 3) make of a text, step by step."""
    content = [((7 * ord(letter)) % 21) / 10 - 1 for letter in text]
    c, cells = 0.0, []
    for (f, i, _), g in zip(gates, content, strict=True):
        c = f * c + i * g
        cells.append(c)
    hidden = [o * math.tanh(c) for (_, _, o), c in zip(gates, cells, strict=True)]
    left = [math.prod(f for f, _, _ in gates[t + 1 :]) for t in range(len(text))]
    return dict(zip(ROWS, [content, *map(list, zip(*gates, strict=True)), cells, hidden, left],
                    strict=True))  # fmt: skip


def number(text):
    return float(text.replace("−", "-"))


def squares(page):
    """Seven rows of squares: the name of each, its colour, and which are ringed or pressed."""
    return page.evaluate(
        "[...document.querySelectorAll('.lab-strips .lab-strip')].map((strip) =>"
        " [...strip.children].map((square) => ({ name: square.getAttribute('aria-label'),"
        "  colour: square.style.getPropertyValue('--colour'), text: square.textContent,"
        "  ringed: square.classList.contains('ringed'),"
        "  pressed: square.getAttribute('aria-pressed') === 'true' })))"
    )


def check(page, text, gates, at=0):
    """Squares, colours, labels, sliders and sentence all tell these gates and what they make."""
    wanted = expected(text, gates)
    limit = next(size for size in (1, 2, 5, 10, 20, 40) if size >= max(map(abs, wanted["cell"])))
    drawn = squares(page)
    assert len(drawn) == len(ROWS)
    for row, name in zip(drawn, ROWS, strict=True):
        assert [number(square["name"].rsplit(" ", 1)[1]) for square in row] == pytest.approx(
            wanted[name], abs=0.006
        ), name
        full, most = (limit, 1) if name == "cell" else (1, 0.6 if name == "candidate" else 1)
        for square, value in zip(row, wanted[name], strict=True):
            share = round(100 * most * min(1, abs(value) / full) ** 0.8)
            assert f" {share}%" in square["colour"] or f" {share - 1}%" in square["colour"]
            assert ("blue" in square["colour"]) == (value < 0)
        assert [square["ringed"] for square in row] == [t == at for t in range(len(text))]
        assert [square["pressed"] for square in row] == [t == at for t in range(len(text))]
    assert "".join(square["text"] for square in drawn[0]).replace("␣", " ") == text
    labels = page.locator(".lab-strips .lab-strip-label").all_inner_texts()
    assert f"±{limit}" in labels[4]
    for label, name in zip(labels, ROWS, strict=True):
        assert number(label.rsplit(" ", 1)[1]) == pytest.approx(wanted[name][at], abs=0.006)
    for name in GATES:
        slider = page.get_by_role("slider", name=f"{name} gate")
        assert number(slider.get_attribute("aria-valuetext")) == pytest.approx(wanted[name][at])
    f, i, o = gates[at]
    c, h, g = (wanted[name][at] for name in ("cell", "hidden", "candidate"))
    said = page.locator(".lab-sum-text").inner_text()
    told = [number(word.strip(".,:")) for word in said.split() if word.strip(".,:−")[:1].isdigit()]
    before = wanted["cell"][at - 1] if at else 0
    numbers = [at + 1, f, before, i, g, c, o, h, wanted["left"][at], wanted["cell"][-1]]
    assert told == pytest.approx(numbers, abs=0.006)
    assert f"tanh({said.split(' = ')[2].split(',')[0]})" in said


def of_preset(name, text):
    return [PRESETS[name](t, len(text)) for t in range(len(text))]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_the_arithmetic_of_its_gates(open_figures, name):
    text = "re zX"
    page = open_figures(lambda: lab.gate(text))
    page.get_by_role("combobox", name="Gates").select_option(name)
    check(page, text, of_preset(name, text))


def test_the_scale_of_a_large_memory_is_said(open_figures):
    page = open_figures(lambda: lab.gate("i" * 40, preset="pile"))
    check(page, "i" * 40, of_preset("pile", "i" * 40))
    assert "the colour is full at ±" in page.locator(".lab-strips").inner_text()
    scale = page.locator(".lab-strip[role=img]").get_attribute("aria-label")
    assert scale.startswith("Blue is below 0") and scale.endswith("−1, −0.5, 0, 0.5, 1")


@pytest.mark.parametrize("row", range(len(ROWS)))
def test_a_square_of_any_row_chooses_its_letter(open_figures, row):
    page = open_figures(lambda: lab.gate("hello", preset="half"))
    strip = page.locator(".lab-strips .lab-strip").nth(row)
    strip.locator("button").nth(3).click()
    check(page, "hello", of_preset("half", "hello"), at=3)
    page.keyboard.press("ArrowLeft")
    check(page, "hello", of_preset("half", "hello"), at=2)
    assert page.evaluate("document.activeElement.textContent") == ("l" if row == 0 else "")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    check(page, "hello", of_preset("half", "hello"), at=4)
    assert strip.locator("[tabindex='0']").count() == 1


def test_a_pointer_on_its_way_chooses_nothing(open_figures):
    page = open_figures(lambda: lab.gate("hello"))
    page.locator(".lab-strips .lab-strip").nth(4).locator("button").nth(3).hover()
    check(page, "hello", of_preset("keep", "hello"), at=0)


def test_the_sentence_stands_there_once_and_is_told_later(open_figures):
    page = open_figures(lambda: lab.gate("hello"))
    page.get_by_role("combobox", name="Gates").select_option("fade")
    said = page.locator(".lab-sum-text").inner_text()
    assert f"{0.5**4:.3g} is left at the end" in said
    shown = page.locator(".lab p:not(.lab-unseen, .lab-voice)").all_inner_texts()
    assert "".join(shown).count("Letter 1, h: c =") == 1
    assert not page.locator(".lab > .lab-status").is_visible()
    says(page, said, ".lab-body .lab-unseen")
    assert announced(page, ".lab-sum-text") is None


def test_a_gate_closed_by_keyboard_clears_the_memory(open_figures):
    page = open_figures(lambda: lab.gate("hello"))
    page.locator(".lab-strip[role=toolbar] button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_role("slider", name="forget gate").focus()
    page.keyboard.press("Home")
    gates = [(1, float(t == 0), 1) if t < 2 else (0, 0, 1) for t in range(5)]
    check(page, "hello", gates, at=2)
    assert page.get_by_role("combobox", name="Gates").input_value() == "own"


def test_a_change_may_be_for_one_letter_only(open_figures):
    page = open_figures(lambda: lab.gate("hello", preset="pile"))
    page.get_by_label("Changes apply to").select_option("one")
    page.locator(".lab-strips .lab-strip").nth(1).locator("button").nth(1).click()
    page.get_by_role("slider", name="input gate").fill("0.35")
    gates = [(1, 0.35 if t == 1 else 1, 1) for t in range(5)]
    check(page, "hello", gates, at=1)


def own_gates(page):
    """Sets gates of 'hello' by hand, 0.5 0.35 1 from the second letter on; gives them."""
    page.locator(".lab-strips .lab-strip").first.locator("button").nth(1).click()
    page.get_by_role("slider", name="forget gate").fill("0.5")
    page.get_by_role("slider", name="input gate").fill("0.35")
    return [(1, 1, 1), *[(0.5, 0.35, 1)] * 4]


def test_letters_that_stay_keep_their_own_gates(open_figures):
    page = open_figures(lambda: lab.gate("hello"))
    gates = own_gates(page)
    field = page.get_by_label("Text to read")
    field.fill("hellos!")
    check(page, "hellos!", [*gates, gates[-1], gates[-1]], at=1)
    assert "keep the gates you set" in note(page)
    field.fill("ahellos!")
    gates = [gates[0], *gates, gates[-1], gates[-1]]
    check(page, "ahellos!", gates, at=1)
    field.fill("")
    assert "empty" in note(page)
    field.fill("aho!")
    check(page, "aho!", [*gates[:2], gates[1], gates[-1]], at=1)
    field.fill("xyz")
    assert "the gates you set are gone" in note(page)
    check(page, "xyz", of_preset("keep", "xyz"), at=1)
    page.get_by_role("combobox", name="Gates").select_option("half")
    assert not page.locator(".lab-note").first.is_visible()
    field.fill("xy")
    check(page, "xy", of_preset("half", "xy"), at=1)
    assert not page.locator(".lab-note").first.is_visible()


@pytest.mark.parametrize(
    ("before", "after", "gates"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("abc", "ac", [0, 2]),
        ("abc", "abxc", [0, 1, 1, 2]),
        ("abc", "xabc", [0, 0, 1, 2]),
        ("abc", "abcxy", [0, 1, 2, 2, 2]),
        ("aaa", "aa", [0, 1]),
        ("aa", "aaa", [0, 1, 1]),
        ("abc", "xyz", None),
        ("abc", "c", [2]),
        ("", "a", None),
    ],
)
def test_gates_carried_over_an_edit(call, before, after, gates):
    made = call(
        "return arithmetic.keepGates([...data.before], [...data.after],"
        " [...data.before].map((_, forget) => ({ forget })))?.map((gate) => gate.forget) ?? null",
        before=before,
        after=after,
    )
    assert made == gates


def test_new_letters_do_not_share_their_gates(open_figures):
    page = open_figures(lambda: lab.gate("hello"))
    gates = own_gates(page)
    page.get_by_label("Text to read").fill("hellooo")
    page.get_by_label("Changes apply to").select_option("one")
    page.locator(".lab-strips .lab-strip").first.locator("button").nth(6).click()
    page.get_by_role("slider", name="output gate").fill("0")
    check(page, "hellooo", [*gates, gates[-1], (0.5, 0.35, 0)], at=6)


def test_a_copied_link_opens_the_very_state(open_figures):
    page = open_figures(lambda: lab.gate("hello"))
    gates = own_gates(page)
    page.get_by_label("Changes apply to").select_option("one")
    page.locator(".lab-strips .lab-strip").first.locator("button").nth(3).click()
    page.get_by_role("slider", name="output gate").fill("0.05")
    gates[3] = (0.5, 0.35, 0.05)
    press(page, "Copy link")
    assert (
        "Copied" in page.locator(".lab-said").inner_text() or page.locator(".lab-said").inner_text()
    )
    check(page, "hello", gates, at=3)
    page = open_figures(lambda: lab.gate("hello"), address=page.evaluate("location.hash"))
    check(page, "hello", gates, at=3)
    assert page.get_by_role("combobox", name="Gates").input_value() == "own"
    assert page.get_by_label("Changes apply to").input_value() == "one"
    press(page, "Start over")
    check(page, "hello", of_preset("keep", "hello"))


@pytest.mark.parametrize("text", ["😀" * 40, "안녕 <b>&", "a=b#c%20"])
def test_any_text_goes_through_a_link(open_figures, text):
    page = open_figures(lambda: lab.gate("hello"))
    page.get_by_label("Text to read").fill(text)
    page.get_by_role("combobox", name="Gates").select_option("fade")
    press(page, "Copy link")
    page = open_figures(lambda: lab.gate("hello"), address=page.evaluate("location.hash"))
    check(page, text, of_preset("fade", text))
    assert page.locator(".lab b:not(.lab-value)").count() == 0


def test_links_that_no_state_fits_say_so(open_figures):
    good = [
        "text=ab&preset=half",
        "text=ab&preset=own&gates=1,0.5,0,0.25,1,1&at=2&scope=one",
        "at=5",
        "text=" + "x" * 40,
    ]
    bad = [f"text=a&preset=own&gates=1,{x},1" for x in NONSENSE]
    bad += [f"at={x}" for x in [*NONSENSE, "0", "6", "1.5", "41"]]
    bad += ["text=", "text=" + "x" * 41, "preset=other", "preset=toString", "scope=all"]
    bad += ["preset=own", "gates=1,1,1", "text=a&preset=fade&gates=1,1,1"]
    bad += ["text=ab&preset=own&gates=1,1,1", "text=a&preset=own&gates=1,1,1,1"]
    bad += ["text=ab&at=3", "gates=" + "1," * 20_000 + "1"]
    page = open_figures(lambda: lab.gate("hello"))
    told = follow_links(page, "gate", [*good, "preset=keep", *bad])
    assert [message for message in told[: len(good)] if "holds" not in message] == []
    refused = zip(bad, told[len(good) + 1 :], strict=True)
    assert [end for end, message in refused if "could not" not in message] == []
    check(page, "hello", of_preset("keep", "hello"))


def test_a_typed_text_is_read_and_an_empty_one_explained(open_figures):
    page = open_figures(lambda: lab.gate("hello"), "ko")
    field = page.get_by_label("읽을 글")
    field.fill("안녕")
    assert page.locator(".lab-strips button").count() == 2 * len(ROWS)
    field.fill("")
    assert "비어 있습니다" in note(page)
    field.fill("a" * 41)
    assert "41" in note(page)
    field.fill("<img src=x onerror=alert(1)><b>")
    assert page.locator(".lab :is(img, .lab-square b)").count() == 0
    assert page.locator(".lab-strips .lab-strip").first.locator("button").count() == 31


@pytest.mark.parametrize(("text", "preset"), [("", "keep"), ("a" * 41, "keep"), ("a", "open")])
def test_gate_refuses_what_it_cannot_show(text, preset):
    with pytest.raises(ValueError):
        lab.gate(text, preset=preset)


def test_the_picture_in_its_place_shows_what_is_left(monkeypatch):
    drawn = []
    monkeypatch.setattr(pictures, "lines", lambda *given: drawn.append(given))
    lab.gate("hello")._picture()
    ((x, runs, *_),) = drawn
    assert list(x) == [0, 1, 2, 3, 4]
    assert runs["gate open"] == [1, 1, 1, 1, 1]
    assert runs["half open"] == [1, 0.5, 0.25, 0.125, 0.0625]


def test_a_figure_taken_away_is_gone(call):
    gone(call, lab.gate("ab"), "el.querySelectorAll('.lab-square')[1].click();")
