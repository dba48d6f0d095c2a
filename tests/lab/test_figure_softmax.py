"""The figure of scores and probabilities beside torch."""

import math

import pytest
import torch
from torch.nn import functional
from using import announced, follow_links, gone, press, says

from charrnn import lab, pictures

SCORES = {"l": 2.0, "p": 1.0, " ": 0.0, "d": -3.0}
NONSENSE = ["", "-", "x", "1e309", "-1e309", "NaN", "Infinity", "-9", "8.01", "500", "0x7", "1;2"]

SET_FROM_PYTHON = """
const values = { letters: "ab", language: "en", scores: [1, 2], answer: "a" };
const heard = [], kept = [];
const model = {
  get: (name) => values[name], save_changes() {}, off() {}, on: (event, f) => heard.push(f),
  set(name, value) {
    values[name] = value;
    if (name === "scores") kept.push([value, JSON.stringify(value)]);
  },
};
const el = document.createElement("div");
const end = lab.kit.show({ model, el }, "softmax", lab.figures.softmax);
const shown = () => [...el.querySelectorAll("input")].map((input) => input.valueAsNumber);
const found = data.all.map(([scores, answer]) => {
  Object.assign(values, { scores, answer });
  heard.forEach((f) => f());
  return [shown(), values.scores, values.answer];
});
const slider = el.querySelector("input");
slider.value = 3;
slider.dispatchEvent(new Event("input"));
end();
const same = kept.every(([value, text]) => JSON.stringify(value) === text);
return { found, last: [values.scores, values.answer], same };
"""


def scores_figure():
    return lab.softmax(SCORES, "l")


def seen(page):
    """All that the figure shows: sliders, numbers, bars, shares, slopes."""
    return page.evaluate(
        "[...document.querySelectorAll('.lab-scores li:not([aria-hidden])')].map((li) => ({"
        "  slider: li.querySelector('input').valueAsNumber,"
        "  spoken: li.querySelector('input').getAttribute('aria-valuetext'),"
        "  number: li.querySelector('.lab-value').textContent,"
        "  bar: parseFloat(li.querySelector('.lab-bar').style.width),"
        "  share: li.querySelectorAll('.lab-bar-value')[0].textContent,"
        "  slope: li.querySelectorAll('.lab-bar-value')[1].textContent,"
        "  chosen: li.classList.contains('chosen') }))"
    )


def number(text):
    return float(text.strip("<>%+").replace("−", "-"))


def check(page, scores, answer):
    """Sliders, numbers, bars and words all tell these scores and what torch makes of them."""
    wanted = torch.tensor(scores, dtype=torch.float64, requires_grad=True)
    loss = functional.cross_entropy(wanted, torch.tensor(answer))
    loss.backward()
    shares = wanted.softmax(0).tolist()
    rows = seen(page)
    assert len(rows) == len(scores)
    for i, row in enumerate(rows):
        assert row["slider"] == pytest.approx(scores[i], abs=1e-6)
        assert number(row["number"]) == pytest.approx(scores[i], abs=0.006)
        assert row["spoken"] == row["number"]
        assert row["bar"] == pytest.approx(100 * shares[i], abs=1e-3)
        assert number(row["share"]) == pytest.approx(100 * shares[i], abs=0.1)
        assert number(row["slope"]) == pytest.approx(wanted.grad[i].item(), abs=6e-4)
        assert row["slope"].startswith("+") == (round(wanted.grad[i].item(), 3) > 0)
        assert row["chosen"] == (i == answer)
    line = page.locator(".lab-numbers").inner_text()
    assert number(line.split("loss ")[1].split(",")[0]) == pytest.approx(loss.item(), rel=0.02)
    perplexity = number(line.rsplit(" ", 1)[1].rstrip("."))
    assert perplexity == pytest.approx(loss.exp().item(), rel=6e-3)
    assert "add up to 1." in line
    assert page.get_by_label("Right letter").input_value() == str(answer)


def test_softmax_tells_what_torch_computes(open_figures):
    page = open_figures(scores_figure)
    check(page, list(SCORES.values()), 0)
    page.get_by_label("Right letter").select_option("3")
    check(page, list(SCORES.values()), 3)
    line = page.locator(".lab-numbers").inner_text()
    assert line.startswith("The probabilities add up to 1. The right letter d has 0.4%: loss")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_heads_of_the_columns_are_whole_words(open_figures, width):
    page = open_figures(scores_figure, viewport={"width": width, "height": 900})
    lines = page.evaluate("""[...document.querySelectorAll(".lab-scores li[aria-hidden] span")]
      .filter((head) => head.textContent).map((head) => {
        const words = new Range();
        words.selectNodeContents(head);
        return [head.textContent, words.getClientRects().length];
      })""")
    assert lines == [["probability", 1], ["gradient", 1]]


def test_adding_to_every_score_changes_nothing_but_the_scores(open_figures):
    page = open_figures(scores_figure)
    before = page.locator(".lab-numbers").inner_text()
    press(page, "Add 1 to every score", "Enter")
    check(page, [3, 2, 1, -2], 0)
    assert page.locator(".lab-numbers").inner_text() == before


def test_adding_stops_where_a_slider_would_and_says_why(open_figures):
    page = open_figures(scores_figure)
    button = page.get_by_role("button", name="Add 1 to every score")
    assert not page.locator(".lab-note").is_visible()
    for _ in range(12):
        press(page, "Add 1 to every score", "Enter")
    check(page, [8, 7, 6, 3], 0)
    assert button.get_attribute("aria-disabled") == "true"
    assert button.evaluate("e => e === document.activeElement")
    assert "the score of l would pass 8" in page.locator(".lab-note").inner_text()
    page.get_by_label("score of l").press("ArrowLeft")
    check(page, [7.9, 7, 6, 3], 0)  # the others stand where they stood
    press(page, "Start over")
    check(page, list(SCORES.values()), 0)
    assert button.get_attribute("aria-disabled") == "false"
    assert not page.locator(".lab-note").is_visible()


def test_steps_follow_the_gradient(open_figures):
    page = open_figures(scores_figure)
    page.get_by_label("Right letter").select_option("2")
    scores = torch.tensor(list(SCORES.values()), dtype=torch.float64, requires_grad=True)
    for _ in range(4):
        loss = functional.cross_entropy(scores, torch.tensor(2))
        (slope,) = torch.autograd.grad(loss, scores)
        scores = (scores - slope).detach().requires_grad_()
        press(page, "One step against the gradient")
        check(page, scores.tolist(), 2)
        after = functional.cross_entropy(scores, torch.tensor(2))
        assert after < loss


@pytest.mark.parametrize(
    ("scores", "answer", "said"),
    [
        ([7.9, 7.9, 0, 0], 0, "one more would take the score of l out of the range"),
        ([-7.9, -7.9, -7.8, -7.9], 0, "would take the score of p out of the range"),
        ([8, -8, -8, -8], 0, "The gradient is as good as 0"),
    ],
)
def test_steps_end_with_a_sentence(open_figures, scores, answer, said):
    link = f"#lab=softmax&scores={','.join(map(str, scores))}&answer={answer}"
    page = open_figures(scores_figure, address=link)
    check(page, scores, answer)
    assert said in page.locator(".lab-note").inner_text()
    press(page, "One step against the gradient")
    check(page, scores, answer)


def test_the_loss_is_told_while_a_slider_is_dragged(open_figures):
    page = open_figures(scores_figure)
    slider = page.get_by_label("score of d")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 3, middle)
    page.mouse.down()
    for share in (0.2, 0.5, 0.9):
        page.mouse.move(box["x"] + share * box["width"], middle)
        page.wait_for_timeout(60)
        score = slider.evaluate("e => e.valueAsNumber")
        assert score == round(score, 1)
        check(page, [2, 1, 0, score], 0)
    page.mouse.up()
    assert score > 4


def test_scores_move_by_keyboard(open_figures):
    page = open_figures(scores_figure)
    page.get_by_label("score of d").focus()
    for key in ["ArrowRight"] * 10 + ["PageUp", "ArrowDown"]:
        page.keyboard.press(key)
    check(page, [2, 1, 0, -1.1], 0)
    page.keyboard.press("Home")
    check(page, [2, 1, 0, -8], 0)
    page.keyboard.press("End")
    check(page, [2, 1, 0, 8], 0)
    press(page, "One step against the gradient")
    page.get_by_label("score of l").press("ArrowRight")  # from 2.998 to the next whole step
    assert seen(page)[0]["slider"] == pytest.approx(3.1)


def test_shares_too_small_to_write_are_not_called_nothing(open_figures):
    page = open_figures(scores_figure, address="#lab=softmax&scores=8,-8,-8,-8&answer=1")
    check(page, [8, -8, -8, -8], 1)
    assert [row["share"] for row in seen(page)] == [">99.9%", "<0.1%", "<0.1%", "<0.1%"]


@pytest.mark.parametrize(
    ("scores", "answer"),
    [
        ({"a": 1.0}, "a"),
        ({"a": 1.0, "b": 2.0}, "c"),
        ({"ab": 1.0, "c": 2.0}, "c"),
        ({"a": 9.0, "b": 0.0}, "a"),
        ({"a": float("nan"), "b": 0.0}, "a"),
        (dict.fromkeys("abcdefghi", 0.0), "a"),
    ],
)
def test_softmax_refuses_what_it_cannot_show(scores, answer):
    with pytest.raises(ValueError):
        lab.softmax(scores, answer)


def test_the_picture_in_its_place_tells_the_probabilities(monkeypatch):
    drawn = []
    monkeypatch.setattr(
        pictures, "heat", lambda values, columns, *rest: drawn.append((values, columns))
    )
    scores_figure()._picture()
    ((values, columns),) = drawn
    assert columns == list(SCORES)
    powers = [math.exp(score) for score in SCORES.values()]
    assert values[0].tolist() == pytest.approx([power / sum(powers) for power in powers], rel=1e-5)


def test_a_copied_link_opens_the_very_state(open_figures):
    page = open_figures(scores_figure)
    page.get_by_label("Right letter").select_option("2")
    press(page, "One step against the gradient")
    press(page, "Copy link")
    assert "loss" in page.locator(".lab-numbers").inner_text()  # the message takes no place of it
    before, line = seen(page), page.locator(".lab-numbers").inner_text()
    page = open_figures(scores_figure, address=page.evaluate("location.hash"))
    assert seen(page) == before
    assert page.locator(".lab-numbers").inner_text() == line


def test_links_that_no_state_fits_say_so(open_figures):
    good = ["scores=0,0,0,5&answer=3", "answer=1", "scores=-8,8,0.25,-0.1"]
    bad = [f"answer={x}" for x in [*NONSENSE, "4", "7", "1.5", "-1"]]
    bad += [f"scores=1,{x},0,0" for x in NONSENSE]
    bad += [
        "scores=1,2",
        "scores=1,2,3,4,5",
        "scores=" + "1," * 5000 + "1",
        "scores=1,2,3,4&answer=4",
    ]
    page = open_figures(scores_figure)
    told = follow_links(page, "softmax", [*good, "scores=2,1,0,-3&answer=0", *bad])
    assert [message for message in told[: len(good)] if "holds" not in message] == []
    assert [
        b for b, m in zip(bad, told[len(good) + 1 :], strict=True) if "could not" not in m
    ] == []
    check(page, list(SCORES.values()), 0)


def test_what_python_sets_is_shown_or_set_back(call):
    """Lists that were handed to the model stay as they were: it compares with what it holds."""
    found = call(
        SET_FROM_PYTHON,
        all=[
            [[5, -5], "b"],
            [[50, -5], "b"],
            [[1], "a"],
            [[1, 2], "length"],
            [[], ""],
        ],
    )
    assert found["found"] == [[[5, -5], [5, -5], "b"]] * 5
    assert found["last"] == [[3, -5], "b"]
    assert found["same"]


def test_what_is_said_aloud_follows_later(open_figures):
    page = open_figures(scores_figure)
    page.get_by_label("score of l").fill("4")
    line = page.locator(".lab-numbers").inner_text()
    says(page, line, ".lab-body .lab-unseen")
    assert announced(page, ".lab-numbers") is None


def test_a_figure_taken_away_is_gone(call):
    gone(call, lab.softmax({"a": 1, "b": 2}, "a"), "el.querySelector('.lab-button').click();")
