"""The figure in which networks write side by side, beside `charrnn.generate`."""

import pytest
import torch
from using import alone, announced, gone, note, press, says

from charrnn import LETTERS, PostCell, generate, lab, probabilities, train

NAMES = [*LETTERS[:-2].replace(" ", "␣"), "start mark", "end mark"]


@pytest.fixture(scope="module")
def cells():
    return {n: train(epochs=n, progress=False)[0] for n in (0, 20, 80)}


def panels(page):
    """What each network has written, why it ended, and its bars."""
    return page.evaluate(
        "[...document.querySelectorAll('.lab-stage')].map((stage) => ({"
        " title: stage.querySelector('.lab-stage-title').textContent,"
        " text: stage.querySelector('.lab-written').firstChild.textContent,"
        " end: stage.querySelector('.lab-end')?.textContent ?? '',"
        " label: stage.querySelector('.lab-bars').getAttribute('aria-label'),"
        " bars: [...stage.querySelectorAll('.lab-bars li')].map((li) => ["
        "  li.querySelector('.lab-bar-name').textContent,"
        "  li.querySelector('.lab-bar-value').textContent,"
        "  parseFloat(li.querySelector('.lab-bar').style.width), li.className === 'chosen']) }))"
    )


def check_bars(panel, values, letter):
    """The five highest, or four and the letter that was chosen."""
    order = sorted(range(35), key=lambda i: -values[i])[:5]
    if letter not in order:
        order[4] = letter
    assert [name for name, *_ in panel["bars"]] == [NAMES[i] for i in order]
    assert [chosen for *_, chosen in panel["bars"]] == [i == letter for i in order]
    for i, (_, text, width, _) in zip(order, panel["bars"], strict=True):
        assert float(text.replace("−", "-")) == pytest.approx(values[i], abs=2e-3)
        assert width == pytest.approx(100 * min(1, max(0, values[i])), abs=0.2)


def rank_of_the_written(panel):
    """Which bar is that of the letter written last; a mark is no part of the text."""
    ((rank, name),) = [(i, name) for i, (name, *_, chosen) in enumerate(panel["bars"]) if chosen]
    if panel["end"] == "end mark":
        assert name == "end mark"
    elif name != "start mark":
        assert LETTERS[NAMES.index(name)] == panel["text"][-1]
    return rank


@pytest.mark.parametrize("feed", ["raw", "argmax"])
def test_every_letter_is_the_one_the_package_writes(open_figures, cells, feed):
    page = open_figures(lambda: lab.generation(cells, feed=feed))
    made = [generate(cell, feed=feed, length=40) for cell in cells.values()]
    longest = max(len(one.steps) for one in made)
    for t in range(longest):
        shown = panels(page)
        for panel, one, n in zip(shown, made, cells, strict=True):
            assert panel["title"] == f"After {n} epochs"
            assert panel["label"] == "Scores for this letter, highest first"
            step = one.steps[min(t, len(one.steps) - 1)]
            check_bars(panel, step.output.tolist(), LETTERS.index(step.letter))
            assert panel["text"] == (one.text[: t + 1] or "(nothing yet)")
            over = t >= len(one.steps) - 1
            assert panel["end"] == (
                ""
                if not over
                else "end mark"
                if one.steps[-1].letter == "1"
                else "cut after 40 letters"
            )
        if t + 1 < longest:
            press(page, "Next letter")
    assert [panel["text"] for panel in panels(page)] == [
        one.text or "(nothing yet)" for one in made
    ]
    assert page.get_by_role("button", name="Next letter").get_attribute("aria-disabled") == "true"
    said = f"Letter {longest}. After 0 epochs: {panels(page)[0]['text']}; After 20 epochs: "
    says(page, said, ".lab-body .lab-unseen")
    assert announced(page, ".lab-stage") is None


@pytest.mark.parametrize("heat", [0.5, 2.0])
def test_samples_are_drawn_from_the_packages_probabilities(open_figures, cells, heat):
    page = open_figures(lambda: lab.generation(cells, feed="sample", temperature=heat))
    firsts = [generate(cell, length=1).steps[0].output for cell in cells.values()]
    for panel, output in zip(panels(page), firsts, strict=True):
        assert panel["label"] == "Probabilities of this letter, highest first"
        shares = probabilities(output, heat).tolist()
        letter = next(NAMES.index(name) for name, *_, chosen in panel["bars"] if chosen)
        assert shares[letter] > 0
        check_bars(panel, shares, letter)
    drawn, ranks = set(), []
    for _ in range(6):
        press(page, "Draw again", "Enter")
        for _ in range(6):
            press(page, "Next letter")
            ranks += [rank_of_the_written(panel) for panel in panels(page)]
        drawn.add(tuple(panel["text"] for panel in panels(page)))
    assert len(drawn) > 1
    assert set(ranks) >= {0, 1, 4}  # not always the likeliest
    assert page.get_by_label("Seed").input_value() == "6"
    last = panels(page)
    page.get_by_label("Seed").fill("5")
    page.get_by_label("Seed").fill("6")
    for _ in range(6):
        press(page, "Next letter")
    assert panels(page) == last  # the same seed, the same letters


REMARKS = {
    "en": {
        1: "At temperature 1 the scores are read as probabilities",
        0.9: "The lower the temperature, the more goes to the high scores.",
        1.1: "The higher the temperature, the more alike the probabilities.",
    },
    "ko": {
        1: "온도가 1이면 점수를 확률로 봅니다.",
        0.9: "온도가 낮을수록 높은 점수로 몰립니다.",
        1.1: "온도가 높을수록 확률이 서로 비슷해집니다.",
    },
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_remark_goes_with_the_temperature(open_figures, cells, language):
    page = open_figures(lambda: lab.generation(cells), language)
    heat, feed = page.locator("input[type=range]"), page.locator("select").first
    assert heat.is_disabled() and page.locator("input[type=number]").is_disabled()
    assert note(page).startswith(
        {"ko": "온도와 시드는 뽑기에만", "en": "Temperature and seed"}[language]
    )
    feed.select_option("sample")
    assert heat.is_enabled() and page.locator("input[type=number]").is_enabled()
    shares = lambda: [float(bar[1]) for bar in panels(page)[1]["bars"]]  # noqa: E731
    seen = {}
    for value, words in REMARKS[language].items():
        heat.fill(str(value))
        assert note(page).startswith(words)
        assert heat.get_attribute("aria-valuetext") == str(value)
        seen[value] = shares()
    assert seen[0.9][0] > seen[1][0] > seen[1.1][0]
    one = panels(page)[0]["title"]
    assert one == {"ko": "0 에포크 배운 신경망", "en": "After 0 epochs"}[language]


def test_another_temperature_keeps_the_letter_in_view_another_seed_does_not(open_figures, cells):
    page = open_figures(lambda: lab.generation(cells, feed="sample", temperature=0.2))
    for _ in range(3):
        press(page, "Next letter")
    before = page.get_by_role("button", name="Letter before")
    page.get_by_label("Temperature").press("ArrowLeft")
    assert before.get_attribute("aria-disabled") == "false"
    press(page, "Draw again")
    assert before.get_attribute("aria-disabled") == "true"


def test_a_seed_out_of_range_is_named_until_it_is_mended(open_figures, cells):
    page = open_figures(lambda: lab.generation(cells, feed="sample"))
    for bad in ("-1", "1.5", "", "4294967296"):
        page.get_by_label("Seed").fill(bad)
        assert note(page) == "Out of range: Seed of the draw (a whole number from 0 to 4294967295)."
        page.get_by_label("Temperature").press("ArrowRight")
        assert note(page).startswith("Out of range: Seed")
    press(page, "Copy link")
    assert "A link cannot hold this state" in page.locator(".lab > .lab-said").inner_text()
    page.get_by_label("Fed back").select_option("raw")
    assert note(page).startswith("Temperature and seed matter")
    page.get_by_label("Fed back").select_option("sample")
    page.get_by_label("Seed").fill("4")
    assert note(page).startswith("The higher")


def test_numbers_that_run_away_end_in_words(call):
    torch.manual_seed(0)  # with some weights the end mark comes before the numbers are too large
    cell = PostCell(35, 3)
    with torch.no_grad():
        for parameter in cell.parameters():
            parameter.mul_(1e20)
    use = (
        "for (let i = 0; i < 40; i++) find('Next letter').click();"
        "return [el.querySelector('.lab-end').textContent, el.textContent.includes('NaN')];"
    )
    ended, nan = alone(call, lab.generation({7: cell}), use)
    assert ended == "stopped: the numbers grew too large" and not nan


@pytest.mark.parametrize("feed", ["raw", "sample"])
def test_a_copied_link_opens_the_very_state(open_figures, cells, feed):
    page = open_figures(lambda: lab.generation(cells))
    page.get_by_label("Fed back").select_option("sample")
    page.get_by_label("Temperature").fill("0.3")
    page.get_by_label("Seed").fill("9")
    page.get_by_label("Fed back").select_option(feed)
    page.get_by_label("Speed").select_option("20")
    press(page, "Next letter")
    press(page, "Copy link")
    before = panels(page), page.locator(".lab-body").inner_text()
    address = page.evaluate("location.hash")
    page = open_figures(lambda: lab.generation(cells), address=address)
    assert (panels(page), page.locator(".lab-body").inner_text()) == before
    assert page.get_by_label("Seed").input_value() == "9"
    assert page.get_by_label("Temperature").get_attribute("aria-valuetext") == "0.3"
    assert page.get_by_label("Speed").input_value() == "20"
    assert (
        page.get_by_role("button", name="Letter before").get_attribute("aria-disabled") == "false"
    )


def test_a_figure_taken_away_is_gone(call, cells):
    use = "el.querySelector('.lab-main').click();"
    gone(call, lab.generation({0: cells[0], 20: cells[20]}), use)
