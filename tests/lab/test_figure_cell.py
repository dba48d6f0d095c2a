"""The figure of the cell's numbers beside `charrnn.run`."""

import pytest
import torch
from using import announced, gone, note, press, says, status

from charrnn import LETTERS, NewStateCell, PostCell, Vocabulary, lab, run, train

NAMES = [*LETTERS[:-2].replace(" ", "␣"), "start mark", "end mark"]


@pytest.fixture(scope="module")
def cell():
    return train("hello", hidden_size=9, epochs=300, progress=False)[0]


def strips(page):
    """Of the four strips: what is said of each square and stands in it, which is ringed."""
    return page.evaluate(
        "[...document.querySelectorAll('.lab-strip')].map((strip) => ({"
        " label: strip.getAttribute('aria-label'),"
        " squares: [...strip.children].map((e) => e.getAttribute('aria-label')),"
        " texts: [...strip.children].map((e) => e.textContent),"
        " titles: [...strip.children].map((e) => e.title),"
        " colours: [...strip.children].map((e) => e.style.getPropertyValue('--colour')),"
        " ringed: [...strip.children].flatMap((e, i) => e.classList.contains('ringed') ? [i] : []),"
        " pressed: [...strip.children].flatMap((e, i) =>"
        "   e.getAttribute('aria-pressed') === 'true' ? [i] : []) }))"
    )


def number(text):
    return float(text.rsplit(": ", 1)[-1].replace("−", "-"))


def numbers(label):
    return [number(part) for part in label.split(": ", 1)[1].split(", ")]


def close(values):
    return pytest.approx([float(value) for value in values], rel=6e-3, abs=2e-6)


def colour(value, limit, most=1.0):
    share = most * min(1.0, abs(float(value)) / limit) ** 0.8
    return "blue" if value < 0 else "vermilion", 100 * share


def test_every_step_is_the_packages(open_figures, cell):
    page = open_figures(lambda: lab.cell(cell, "hello"))
    rows = Vocabulary().one_hot("hello")[:-1]
    outputs, states = (part.detach() for part in run(cell, rows))
    limits = states.abs().max().item(), outputs.abs().max().item()
    scale = page.locator(".lab-strips p").inner_text()
    assert number(scale.split("±")[1].split(" in")[0]) == pytest.approx(limits[0], rel=6e-3)
    assert number(scale.split("±")[2].split(" in")[0]) == pytest.approx(limits[1], rel=6e-3)
    for t in range(len(rows)):
        read, old, new, out = strips(page)
        assert numbers(read["label"]) == rows[t].tolist()
        assert numbers(old["label"]) == close(states[t])
        assert [number(text) for text in new["squares"]] == close(states[t + 1])
        assert [number(text) for text in out["squares"]] == close(outputs[t])
        assert new["titles"] == new["squares"] and out["titles"] == out["squares"]
        assert [text.rsplit(": ", 1)[0] for text in out["squares"]] == [
            f"Score of {n}" for n in NAMES
        ]
        assert [text.split(":")[0] for text in new["squares"]] == [
            f"New state {i}" for i in range(1, 10)
        ]
        assert out["texts"] == read["texts"] == [*LETTERS[:-2].replace(" ", "␣"), "⊢", "⊣"]
        best = int(outputs[t].argmax())
        assert out["ringed"] == [best]
        for strip, values, limit, most in (
            (new, states[t + 1], limits[0], 1.0),
            (out, outputs[t], limits[1], 0.6),
            (old, states[t], limits[0], 1.0),
        ):
            for painted, value in zip(strip["colours"], values.tolist(), strict=True):
                name, share = colour(value, limit, most)
                assert name in painted or share < 1
                assert float(painted.split(")")[1].split("%")[0]) == pytest.approx(share, abs=0.6)
        letter, following = ["start mark", *"hello"][t], NAMES[best]
        assert status(page).startswith(
            f"Step {t + 1}: read {letter}. The next letter with the highest score is {following} ("
        )
        current = "[...document.querySelectorAll('.lab-letters span')].map(e => e.ariaCurrent)"
        assert page.evaluate(current) == ["step" if i == t else None for i in range(len(rows))]
        if t + 1 < len(rows):
            press(page, "Next letter", None if t % 2 else "Enter")
    assert best == 34  # it has learned where the sentence ends
    assert page.get_by_role("button", name="Next letter").get_attribute("aria-disabled") == "true"
    press(page, "Letter before")
    assert "Step 5: read l" in status(page)
    press(page, "From the start")
    assert "Step 1: read start mark" in status(page)
    assert page.get_by_role("button", name="Letter before").get_attribute("aria-disabled") == "true"


def lines(page):
    return page.evaluate(
        "[...document.querySelectorAll('.lab-sum tr')].map((row) =>"
        " [row.querySelector('th').textContent, row.querySelector('td').textContent])"
    )


def check_sum(page, rows, total, squashed, linear, index, t, old):
    """The lines of the sum are the weights' and add up; the largest states come first."""
    table = [(words, number(value)) for words, value in lines(page)]
    if squashed is not None:
        assert table.pop() == ("after tanh", pytest.approx(squashed, rel=6e-3, abs=1e-6))
    assert table.pop() == ("sum", pytest.approx(total, rel=6e-3, abs=1e-6))
    assert sum(value for _, value in table) == pytest.approx(total, abs=2e-2)
    assert table[-1] == ("bias", pytest.approx(linear.bias[index].item(), rel=6e-3, abs=1e-6))
    weights = linear.weight[index].detach()
    letter = int(rows[t].argmax())
    name = ["start mark", *"hello"][t]
    assert table[0] == (
        f"weight of the letter {name}",
        pytest.approx(weights[letter].item(), rel=6e-3),
    )
    products = (weights[35:] * old).tolist()
    order = sorted(range(9), key=lambda k: -abs(products[k]))[:3]
    named = [k for k in order if products[k]]
    assert [words.split(":")[0] for words, _ in table[1:-2]] == [
        f"old state {k + 1}" for k in named
    ]
    for k, (words, value) in zip(named, table[1:-2], strict=True):
        assert value == pytest.approx(products[k], rel=6e-3, abs=1e-6)
        w, h = (number(part) for part in words.split(": ")[1].split(" × "))
        assert (w, h) == (
            pytest.approx(weights[35 + k].item(), rel=6e-3, abs=1e-6),
            pytest.approx(old[k].item(), rel=6e-3, abs=1e-6),
        )
    rest = sum(products) - sum(products[k] for k in named)
    assert table[-2] == (f"the other {9 - len(named)} old states", pytest.approx(rest, abs=2e-3))


def test_the_sum_behind_a_number_is_that_number(open_figures, cell):
    page = open_figures(lambda: lab.cell(cell, "hello"))
    rows = Vocabulary().one_hot("hello")[:-1]
    outputs, states = (part.detach() for part in run(cell, rows))
    caption = page.locator(".lab-sum caption")
    for t in (0, 3):
        if t:
            for _ in range(t):
                press(page, "Next letter")
        page.locator(".lab-strip").nth(2).locator(".lab-square").first.click()
        for unit in range(9):
            if unit:
                page.keyboard.press("ArrowRight")
            assert caption.inner_text() == f"The sum behind this number: New state {unit + 1}"
            value = states[t + 1][unit].item()
            total = torch.atanh(states[t + 1][unit].double()).item()
            check_sum(page, rows, total, value, cell.input_to_hidden, unit, t, states[t])
            assert [strip["pressed"] for strip in strips(page)] == [[], [], [unit], []]
        page.keyboard.press("ArrowRight")  # the last one: no further
        assert "New state 9" in caption.inner_text()
        page.keyboard.press("Home")
        assert "New state 1" in caption.inner_text()
        for at in (34, 7):
            page.locator(".lab-strip").nth(3).locator(".lab-square").nth(at).click()
            assert caption.inner_text() == f"The sum behind this number: Score of {NAMES[at]}"
            check_sum(
                page, rows, outputs[t][at].item(), None, cell.input_to_output, at, t, states[t]
            )
            assert [strip["pressed"] for strip in strips(page)] == [[], [], [], [at]]
    page.locator(".lab-strip").nth(2).locator(".lab-square").nth(4).hover()
    assert "Score of h" in caption.inner_text()  # a pointer that passes over chooses nothing


def test_arrows_lead_across_rows_and_stay_in_the_figure(open_figures, cell):
    page = open_figures(lambda: lab.cell(cell, "hello"), viewport={"width": 390, "height": 900})
    page.evaluate("window.heard = []; addEventListener('keydown', (e) => heard.push(e.key))")
    squares = page.locator(".lab-strip").nth(3).locator(".lab-square")
    squares.first.focus()
    place = "document.activeElement.getBoundingClientRect()"
    left, top = page.evaluate(f"[{place}.left, {place}.top + scrollY]")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(f"{place}.left") == pytest.approx(left)
    assert page.evaluate(f"{place}.top + scrollY") > top + 5
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert squares.first.evaluate("e => e === document.activeElement")
    page.keyboard.press("End")
    assert squares.last.evaluate("e => e === document.activeElement")
    assert page.evaluate("heard") == []


def test_the_cell_plays_by_itself_and_pauses(open_figures, cell):
    page = open_figures(lambda: lab.cell(cell, "hello", speed=20))
    assert page.get_by_label("Speed").input_value() == "20"
    press(page, "Play")
    says(page, "Step 6: read o")
    page.get_by_role("button", name="Play").wait_for()
    page.get_by_label("Speed").select_option("1")
    press(page, "Play")  # again from the start
    assert "Step 6" not in status(page)
    press(page, "Pause")
    page.wait_for_timeout(50)
    assert page.get_by_role("button", name="Play").is_visible()


def test_texts_that_cannot_be_read_are_explained(open_figures, cell):
    page = open_figures(lambda: lab.cell(cell, "hello"))
    field = page.get_by_label("Sentence")
    for text, said in (
        ("", "empty"),
        ("room 101", "cannot stand in a sentence: 1 0."),
        ("a" * 1001, "This figure takes up to 1000."),
        ("<b>Hé</b>", "Not in the vocabulary: < > H é /. In small letters it has h."),
    ):
        field.fill(text)
        assert said in note(page)
        assert not page.locator(".lab-strips").is_visible() and status(page) == ""
        assert not page.locator(".lab-sum").is_visible()
    assert page.locator(".lab b").count() == 0
    field.fill("hi")
    assert not page.locator(".lab-note").first.is_visible()
    assert page.locator(".lab-letters span").all_inner_texts() == ["start mark", "h", "i"]


@pytest.mark.parametrize("part", ["state", "output"])
def test_a_copied_link_opens_the_very_state(open_figures, cell, part):
    page = open_figures(lambda: lab.cell(cell, "hello"))
    page.get_by_label("Sentence").fill("hole")
    page.get_by_label("Speed").select_option("5")
    for _ in range(2):
        press(page, "Next letter")
    page.locator(".lab-strip").nth(2 if part == "state" else 3).locator("button").nth(6).click()
    press(page, "Copy link")
    before = strips(page), lines(page), status(page), page.locator(".lab-body").inner_text()
    page = open_figures(lambda: lab.cell(cell, "hello"), address=page.evaluate("location.hash"))
    assert before == (
        strips(page),
        lines(page),
        status(page),
        page.locator(".lab-body").inner_text(),
    )
    assert page.get_by_label("Speed").input_value() == "5"
    assert "Step 3: read o" in status(page)


def test_a_figure_in_korean(open_figures, cell):
    page = open_figures(lambda: lab.cell(cell, "hello"), "ko")
    assert status(page).startswith("1단계: 시작 표시 읽음. 점수가 가장 높은 다음 글자는 h (")
    page.get_by_role("button", name="다음 글자").click()
    assert page.locator(".lab-sum caption").inner_text() == "이 수를 만든 합: 새 상태 1번"
    assert lines(page)[0][0] == "h에 곱하는 가중치" and lines(page)[-1][0] == "tanh를 거친 값"
    says(page, "2단계: h 읽음", ".lab > .lab-voice")
    assert announced(page, ".lab > .lab-status") is None


def test_a_figure_taken_away_is_gone(call, cell):
    gone(call, lab.cell(cell, "hello"), "el.querySelector('.lab-main').click();")


def test_cells_that_the_figure_cannot_show_are_refused():
    with pytest.raises(TypeError, match="NewStateCell"):
        lab.cell(NewStateCell(35, 4))
    with pytest.raises(ValueError, match="36"):
        lab.cell(PostCell(36, 4))
    with pytest.raises(ValueError, match="same number"):
        lab.generation({0: PostCell(35, 4), 1: PostCell(35, 5)})
