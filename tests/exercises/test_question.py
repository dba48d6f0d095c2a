"""Questions: what `ask` takes and refuses, and how one is answered in the page."""

import base64
import json
import re

import pytest
import torch
from axe import findings

from charrnn import set_language
from charrnn.exercises import ask
from charrnn.exercises.question import closed, opened

SIX = {
    "number": lambda: ask(
        "How many rows has `rows`?", 33,
        replies={35: "35 is the vocabulary.", 29: "The marks count too."},
        hint="Count the letters.", why="30 letters and a mark at each end, less one.",
    ),
    "near": lambda: ask("How likely is `l`?", 1 / 3, tolerance=0.01),
    "shape": lambda: ask("What is the shape?", (33, "V"), replies={("V", 33): "Rows come first."}),
    "text": lambda: ask("Which letter is next?", " ", replies={"l": "That was the letter before."}),
    "choice": lambda: ask(
        "Which one grows?", "the `state`", choices=["the letter", "the `state`", "neither"],
        replies={"neither": "One of them does."},
    ),
    "order": lambda: ask("From small to large?", ["a", "b", "c"], choices=["b", "c", "a"],
                         replies={("c", "b", "a"): "The other way round."}),
}  # fmt: skip
every = pytest.mark.parametrize("name", SIX)


def said(page):
    return page.locator(".question-reply").inner_text()


def answer(page, text):
    page.locator(".question-line").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    return said(page)


# ---- what ask takes


@pytest.mark.parametrize(
    ("answer", "choices", "kind", "shown"),
    [
        (33, (), "number", "33"), (-2.0, (), "number", "−2"), (1 / 3, (), "number", "0.3333"),
        ((33, 35), (), "shape", "(33, 35)"), (torch.zeros(3).shape, (), "shape", "(3,)"),
        (("T", "V"), (), "shape", "(T, V)"), ("nice day", (), "text", "nice␣day"),
        ("a b", ("a b", "c"), "choice", "a b"), (["x", "y"], ("y", "x"), "order", "x → y"),
    ],
)  # fmt: skip
def test_how_it_is_answered_follows_from_the_answer(answer, choices, kind, shown):
    question = ask("What?", answer, choices=choices)
    assert question.kind == kind
    assert opened(question.sealed)["shown"] == shown


@pytest.mark.parametrize(
    ("answer", "tolerance", "shown"),
    [
        (1 / 3, 0.1, "0.3"), (1 / 3, 0.05, "0.3"), (1 / 3, 0.01, "0.33"), (1 / 3, 1, "0"),
        (2.936, 0.6, "3"), (0.9978, 0.06, "1.0"), (2**0.5, 0.02, "1.41"), (-0.4385, 0.006, "−0.44"),
        (1.1, 0.001, "1.1"), (0.0099999, 0.000005, "0.01"), (34.27, 3, "34"), (1800, 1, "1800"),
        (-0.01, 0.1, "0.0"), (-0.2, 1, "0"),
    ],
)  # fmt: skip
def test_the_answer_is_told_as_far_as_it_is_asked_for(answer, tolerance, shown):
    assert opened(ask("What?", answer, tolerance=tolerance).sealed)["shown"] == shown
    given = float(shown.replace("−", "-"))
    assert given == pytest.approx(answer, abs=tolerance)


def test_a_wrong_number_is_told_with_the_digits_that_count():
    question = ask("What percent?", 97.14, tolerance=0.2, replies={0.9714: "The share.", 5: "No."})
    assert [shown for _, _, shown in opened(question.sealed)["replies"]] == ["0.97", "5"]


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"answer": None}, TypeError, "answer must be"),
        ({"answer": True}, TypeError, "answer must be"),
        ({"answer": float("nan")}, ValueError, "answer"),
        ({"answer": 3, "choices": ["a"]}, TypeError, "answer must be"),
        ({"answer": "c", "choices": ["a", "b"]}, ValueError, "answer"),
        ({"answer": ["a"], "choices": ["a", "b"]}, ValueError, "each of the choices once"),
        ({"answer": "a", "choices": ["a", "a"]}, ValueError, "choices must differ"),
        ({"answer": 3, "tolerance": -1}, ValueError, "tolerance"),
        ({"answer": 3, "replies": {3: "no"}}, ValueError, "to wrong answers"),
        ({"answer": 3, "tolerance": 1, "replies": {3.5: "no"}}, ValueError, "to wrong answers"),
        ({"answer": 3, "replies": {"x": "no"}}, TypeError, "replies"),
        ({"answer": 3, "replies": {4: 5}}, TypeError, "replies"),
        ({"answer": "a", "choices": ["a", "b"], "replies": {"c": "no"}}, ValueError, "replies"),
        ({"answer": (3, 4), "replies": {5: "no"}}, TypeError, "replies"),
        ({"answer": 3, "hint": 4}, TypeError, "hint"),
        ({"answer": 3, "text": ""}, ValueError, "text must have"),
    ],
)
def test_what_no_reader_could_answer_is_refused_by_name(given, error, words):
    given = {"text": "What?", **given}
    with pytest.raises(error, match=words):
        ask(given.pop("text"), given.pop("answer"), **given)


def test_nothing_of_the_answer_is_in_plain_sight():
    question = SIX["number"]()
    state = json.dumps({name: getattr(question, name) for name in question.traits(sync=True)
                        if name not in ("_esm", "_css", "layout")}, default=str)  # fmt: skip
    assert "33" not in state.replace(question.sealed, "") and "vocabulary" not in state
    secret = json.loads(base64.b64decode(question.sealed))
    assert secret["answer"] == 33 and opened(closed(secret)) == secret


def test_a_broken_secret_is_refused_and_the_question_is_as_it_was():
    question = SIX["number"]()
    before = question.sealed
    with pytest.raises(ValueError, match="sealed holds no answer"):
        question.sealed = "…"
    assert question.sealed == before


@pytest.mark.parametrize(("language", "words"), [("ko", "답 보기"), ("en", "Show the answer")])
def test_without_scripts_the_question_stands_there_with_a_folded_answer(language, words):
    set_language(language)
    try:
        question = SIX["choice"]()
    finally:
        set_language("en")
    bundle = question._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert re.findall(r"<li>(.*?)</li>", data["text/html"]) == [
        "the letter", "the <code>state</code>", "neither",
    ]  # fmt: skip
    assert f"<summary>{words}</summary>" in data["text/html"]
    folded = data["text/html"].split("</summary>")[1]
    assert "<strong>the <code>state</code></strong>" in folded
    assert data["text/plain"] == "Which one grows?"


def test_a_text_is_never_markup():
    html = ask("Is 1 < 2 & `<b>`?", "<i>", why="<script>")._picture().markup
    assert "Is 1 &lt; 2 &amp; <code>&lt;b&gt;</code>?" in html
    assert "<i>" not in html and "<script>" not in html


# ---- in the page


def test_right_at_once(open_figures):
    page = open_figures(SIX["number"])
    assert answer(page, "33") == "✓ Right. 30 letters and a mark at each end, less one."
    assert not page.get_by_role("button", name="Hint").is_visible()
    assert not page.get_by_role("button", name="Show the answer").is_visible()


def test_wrong_then_a_hint_then_the_answer(open_figures):
    page = open_figures(SIX["number"])
    show = page.locator(".lab").get_by_role("button", name="Show the answer")
    assert not show.is_visible()
    assert answer(page, "7") == "✗ Not yet."
    assert answer(page, "35") == "✗ Not yet. 35 is the vocabulary."
    page.get_by_role("button", name="Hint").click()
    assert said(page) == "Count the letters."
    show.click()
    assert said(page) == "The answer is 33. 30 letters and a mark at each end, less one."
    assert not show.is_visible()


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("number", "", "Write an answer first."), ("number", "many", "cannot be read as a number"),
        ("shape", "rows", "cannot be read as a shape"), ("shape", "", "Write an answer first."),
        ("near", "1/3", "Right."), ("near", "0,33", "Right."), ("near", "0.3", "Not yet."),
        ("shape", "33 x v", "Right."), ("shape", "(V, 33)", "Rows come first."),
        ("text", "␣", "Right."), ("text", " ", "Right."), ("text", "'l'", "the letter before"),
        ("text", "<b>x</b>", "Not yet."),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_generously_and_nonsense_is_named(open_figures, name, typed, told):
    assert told in answer(open_figures(SIX[name]), typed)


def test_one_of_several_by_keyboard(open_figures):
    page = open_figures(SIX["choice"])
    page.get_by_role("button", name="Check").click()
    assert said(page) == "Pick one first."
    page.get_by_role("radio", name="neither").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert said(page) == "✗ Not yet. One of them does."
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert said(page) == "✓ Right."


def test_an_order_by_keyboard_keeps_the_keyboards_place(open_figures):
    page = open_figures(SIX["order"])
    order = ".question-order span"
    assert page.locator(order).all_inner_texts() == ["b", "c", "a"]
    page.get_by_role("button", name="Up: a").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # at the top it stays
    assert page.locator(order).all_inner_texts() == ["a", "b", "c"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Up: a"
    page.get_by_role("button", name="Check").click()
    assert said(page) == "✓ Right."
    for label in ("Down: a", "Down: a", "Down: b"):
        page.get_by_role("button", name=label).click()
    page.get_by_role("button", name="Check").click()
    assert said(page) == "✗ Not yet. The other way round."


def test_a_line_typed_with_an_input_method_is_not_checked_halfway(open_figures):
    page = open_figures(SIX["text"])
    page.locator(".question-line").fill("ㅎ")
    page.locator(".question-line").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert said(page) == ""
    page.locator(".question-line").press("Enter")
    assert said(page) == "✗ Not yet."


@every
@pytest.mark.parametrize(("width", "colours"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_before_and_after_an_answer(open_figures, name, width, colours):
    window = {"viewport": {"width": width, "height": 900}, "color_scheme": colours}
    page = open_figures(SIX[name], **window)
    assert findings(page) == []
    page.get_by_role("button", name="Check").click()
    assert said(page)
    assert findings(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)


@every
def test_without_scripts_and_on_paper_it_stands_there(open_figures, name):
    page = open_figures(SIX[name], alive=False, java_script_enabled=False)
    assert page.locator(".question-folded > p").is_visible()
    page.get_by_text("Show the answer").click()
    assert page.locator(".question-folded strong").is_visible()
    page = open_figures(SIX[name])
    page.emulate_media(media="print")
    assert page.locator(".question-folded > p").is_visible()
    assert not page.locator(".lab").is_visible()


@every
def test_little_moves_when_it_comes_alive(open_figures, name):
    heights = []
    for alive in (False, True):
        page = open_figures(SIX[name], alive=False)
        if alive:
            page.wait_for_selector(".living.alive")
        else:
            page.evaluate("document.querySelector('.living').classList.remove('alive')")
            page.evaluate("document.querySelector('.living-figure')?.remove()")
        heights.append(page.locator(".living").bounding_box()["height"])
    assert abs(heights[0] - heights[1]) < 20, heights


def test_several_on_a_page_keep_apart(open_figures):
    page = open_figures(lambda: [SIX["choice"](), SIX["choice"]()])
    assert findings(page) == []  # two landmarks of one name would be a finding
    first, second = page.locator(".lab").all()
    first.get_by_role("radio", name="neither").check()
    second.get_by_role("radio", name="the letter").check()
    assert first.get_by_role("radio", name="neither").is_checked()
    second.get_by_role("button", name="Check").click()
    assert first.locator(".question-reply").inner_text() == ""
