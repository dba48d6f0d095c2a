"""The figure that tints a text by one hidden unit."""

import pytest
import torch
from using import announced, follow_links, gone, press, says

from charrnn import lab, pictures, set_language


def values_of(text, size=5):
    torch.manual_seed(1)
    return torch.rand(len(text), size) * 2 - 1


def read_value(page):
    """Place, letter, unit and value as the figure says them."""
    place, letter, rest = page.locator(".lab-reading").inner_text().split(", ", 2)
    unit, value = rest.rsplit(": ", 1)
    return int(place.split()[1]), letter, unit, float(value.replace("−", "-"))


def test_a_letter_is_read_by_pointer_tap_and_keys(open_figures):
    text = "to be\nor not"
    values = values_of(text)
    page = open_figures(lambda: lab.inside(text, values), has_touch=True)
    assert read_value(page) == (1, "t", "unit 1", pytest.approx(values[0, 0].item(), abs=6e-4))
    page.locator(".lab-tint").nth(4).hover()
    assert read_value(page) == (5, "e", "unit 1", pytest.approx(values[4, 0].item(), abs=6e-4))
    page.locator(".lab-tint").nth(2).tap()
    assert read_value(page) == (3, "␣", "unit 1", pytest.approx(values[2, 0].item(), abs=6e-4))
    page.locator(".lab-tinted").focus()
    for key in (
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
    ):
        page.keyboard.press(key)
    assert read_value(page) == (6, "⏎", "unit 3", pytest.approx(values[5, 2].item(), abs=6e-4))
    page.keyboard.press("End")
    assert read_value(page)[:2] == (12, "t")
    page.get_by_role("slider", name="Hidden unit").press("End")
    page.get_by_role("slider", name="Letter").press("Home")
    assert read_value(page) == (1, "t", "unit 5", pytest.approx(values[0, 4].item(), abs=6e-4))
    says(page, "unit 5", ".lab-body .lab-unseen")


def test_every_letter_has_a_tint_and_its_sign_also_a_line(open_figures):
    text = "hello"
    values = torch.tensor([[1.0], [-1], [0], [0.5], [-0.25]])
    page = open_figures(lambda: lab.inside(text, values))
    seen = page.evaluate(
        "[...document.querySelectorAll('.lab-tint')].map(e => ['--above', '--below', '--colour']"
        ".map(name => e.style.getPropertyValue(name)))"
    )
    assert [line[:2] for line in seen] == [
        ["4.0px", "0px"], ["0px", "4.0px"], ["0px", "0px"], ["2.0px", "0px"], ["0px", "1.0px"],
    ]  # fmt: skip
    assert "vermilion) 60%" in seen[0][2] and "blue) 60%" in seen[1][2] and " 0%" in seen[2][2]
    told = page.locator(".lab-stage").inner_text()
    assert "Highest: h (number 1) 1.000, l (number 4) 0.500, l (number 3) 0" in told
    assert "Lowest: e (number 2) −1.000, o (number 5) −0.250" in told
    assert "mean of unit 1 is 0.050" in told


def test_units_go_by_the_names_they_are_given(open_figures):
    figure = lambda: lab.inside("hello", values_of("hello", 2), ["forget gate", "<b>x</b>"], unit=1)  # noqa: E731
    page = open_figures(figure, "ko")
    assert "<b>x</b>: " in page.locator(".lab-reading").inner_text()
    page.get_by_role("slider", name="은닉 유닛").press("Home")
    assert "망각 게이트: " in page.locator(".lab-reading").inner_text()
    assert page.locator(".lab b").count() == 0


def test_a_long_text_wraps_and_scrolls_to_the_letter(open_figures):
    text = "lorem ipsum " * 250 + "w" * 300
    values = values_of(text, 8)
    page = open_figures(lambda: lab.inside(text, values), viewport={"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(".lab-tinted")
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert box.evaluate("e => e.scrollHeight > e.clientHeight")
    page.get_by_role("slider", name="Letter").press("End")
    assert read_value(page)[0] == len(text)
    inside_box = (
        "e => { const c = e.lastChild.getBoundingClientRect(), b = e.getBoundingClientRect();"
    )
    assert box.evaluate(inside_box + "return c.bottom <= b.bottom && c.top >= b.top }")


def test_a_link_opens_the_same_unit_and_letter(open_figures):
    make = lambda: lab.inside("hello", values_of("hello"))  # noqa: E731
    page = open_figures(make)
    page.get_by_role("slider", name="Hidden unit").fill("3")
    page.locator(".lab-tint").nth(4).click()
    seen = read_value(page)
    press(page, "Copy link")
    page = open_figures(make, address=page.evaluate("location.hash"))
    assert read_value(page) == seen and seen[0] == 5


def test_links_that_no_state_fits_say_so(open_figures):
    page = open_figures(lambda: lab.inside("hello", values_of("hello")))
    odd = ["", "-", "x", "1e309", "NaN", "-1", "0x1", "1.5", "01", "5", "999", "1000001"]
    bad = [f"{key}={x}" for key in ("unit", "letter") for x in odd]
    told = follow_links(page, "inside", ["unit=4&letter=4", "unit=0&letter=0", *bad])
    assert [message for message in told[:2] if "holds" not in message] == []
    refused = zip(bad, told[2:], strict=True)
    assert [end for end, message in refused if "could not" not in message] == []
    assert read_value(page)[:3] == (1, "h", "unit 1")


def test_values_that_do_not_fit_are_refused():
    for text, values, more in (
        ("ab", torch.zeros(3, 2), {}),
        ("ab", torch.zeros(2), {}),
        ("", torch.zeros(0, 2), {}),
        ("ab", torch.full((2, 2), 1.5), {}),
        ("ab", torch.full((2, 2), torch.nan), {}),
        ("ab", torch.zeros(2, 2), {"unit": 2}),
        ("ab", torch.zeros(2, 2), {"names": ["one"]}),
        ("a" * 10_001, torch.zeros(10_001, 1), {}),
    ):
        with pytest.raises(ValueError):
            lab.inside(text, values, **more)


def painted(page):
    """The letters in the box, and the sign and share of each one's tint."""
    return page.evaluate(
        "[...document.querySelectorAll('.lab-tint')].map((e) => {"
        " const colour = e.style.getPropertyValue('--colour');"
        " const share = Number(colour.match(/([0-9]+)%/)[1]);"
        " return [e.textContent, colour.includes('blue') ? -share : share] })"
    )


def tints(values):
    """What `signedColour` makes of values, at most 60 %."""
    return [round(60 * min(1, abs(v)) ** 0.8) * (-1 if v < 0 else 1) for v in values]


def test_a_long_text_is_drawn_in_slices_and_in_the_end_whole(open_figures):
    text = ("to be or not to be " * 527)[:10_000]
    values = values_of(text, 3)
    page = open_figures(lambda: lab.inside(text, values))
    seen = page.evaluate(
        "last => new Promise((done) => { const slices = [], start = performance.now();"
        " const box = document.querySelector('.lab-tinted');"
        " new MutationObserver((list) => slices.push(list.length)).observe("
        "  box, { attributes: true, attributeFilter: ['style'], subtree: true });"
        " const slider = document.querySelector('.lab input'); slider.value = 2;"
        " slider.dispatchEvent(new Event('input'));"
        " const at_once = document.querySelector('.lab-reading').textContent;"
        " const whole = () => box.children.length === 10_000"
        "  && box.lastChild.style.getPropertyValue('--colour').includes(last);"
        " const wait = () => whole() || performance.now() > start + 20_000"
        "  ? done({ slices, at_once }) : requestAnimationFrame(wait); wait() })",
        f" {abs(tints([values[-1, 1].item()])[0])}%",
    )
    assert "unit 2: " in seen["at_once"]
    assert len(seen["slices"]) > 1  # the page had its turn between them
    drawn = painted(page)
    assert "".join(letter for letter, _ in drawn) == text
    for (_, share), wanted in zip(drawn, tints(values[:, 1].tolist()), strict=True):
        assert abs(share - wanted) <= 1


def test_a_unit_chosen_while_another_is_drawn_wins(open_figures):
    text = "ab" * 5000
    values = values_of(text, 4)
    page = open_figures(lambda: lab.inside(text, values), address="#lab=inside&letter=9999")
    page.evaluate(
        "const slider = document.querySelector('.lab input');"
        "for (const n of [2, 3, 4, 3]) {"
        " slider.value = n; slider.dispatchEvent(new Event('input')) }"
    )
    page.wait_for_function(
        "() => document.querySelectorAll('.lab-tint').length === 10000", timeout=20_000
    )
    wanted = tints(values[:, 2].tolist())
    page.wait_for_timeout(500)
    page.wait_for_function(
        "wanted => document.querySelector('.lab-tinted').lastChild.style"
        ".getPropertyValue('--colour').includes(` ${wanted}%`)",
        arg=abs(wanted[-1]),
    )
    shares = [share for _, share in painted(page)]
    assert max(abs(a - b) for a, b in zip(shares, wanted, strict=True)) <= 1
    assert page.locator(".lab-tint.chosen").get_attribute("data-letter") == "9999"
    box = page.locator(".lab-tinted")
    assert box.evaluate(
        "e => { const c = e.lastChild.getBoundingClientRect(), b = e.getBoundingClientRect();"
        " return c.bottom <= b.bottom && c.top >= b.top }"
    )


def test_units_are_called_units(open_figures):
    figure = lambda: lab.inside("hello", values_of("hello", 3), ["155", "7", "memory"])  # noqa: E731
    for language, word, label in (("en", "unit", "Hidden unit"), ("ko", "유닛", "은닉 유닛")):
        page = open_figures(figure, language)
        assert f"{word} 155: " in page.locator(".lab-reading").inner_text()
        assert f"{word} 155" in page.locator(".lab-stage").inner_text()
        slider = page.get_by_role("slider", name=label)
        assert slider.get_attribute("aria-valuetext") == f"{word} 155"
        slider.press("End")
        assert "memory: " in page.locator(".lab-reading").inner_text()


@pytest.mark.parametrize(("language", "called"), [("en", "hidden unit 2"), ("ko", "은닉 유닛 2")])
def test_the_picture_in_its_place_names_its_unit(language, called, monkeypatch):
    drawn = []
    values = values_of("hello", 3)
    set_language(language)
    try:
        alt = lab.inside("hello", values, ["1", "2", "memory"], unit=1)._picture().alt
        monkeypatch.setattr(pictures, "activations_on_text", lambda *given: drawn.append(given))
        lab.inside("hello", values, unit=1)._picture()
        lab.inside("hello", values, ["1", "2", "memory"], unit=1)._picture()
        lab.inside("hello", values, ["1", "2", "memory"], unit=2)._picture()
    finally:
        set_language("en")
    assert called in alt and alt.count(called.split()[0]) == 1
    assert [name for *_, name in drawn] == ["2", "2", "memory"]
    for (text, column, _), unit in zip(drawn, (1, 1, 2), strict=True):
        assert text == "hello" and column.tolist() == values[:, unit].tolist()


def test_what_is_read_is_told_later_and_once(open_figures):
    page = open_figures(lambda: lab.inside("hello", values_of("hello")))
    page.locator(".lab-tinted").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    reading = page.locator(".lab-reading").inner_text()
    says(page, reading, ".lab-body .lab-unseen")
    assert announced(page, ".lab-reading") is None
    assert not page.locator(".lab > .lab-status").is_visible()
    assert page.evaluate("document.activeElement.className").startswith("lab-written")


def test_values_that_came_apart_from_the_text_are_explained(open_figures):
    page = open_figures(
        lambda: [lab.inside("hello", values_of("hello")), broken_figure()], language="en"
    )
    second = page.locator(".lab").nth(1)
    assert "Letters: 4. Values: 25." in second.locator(".lab-note").inner_text()
    assert not second.locator(".lab-stage").is_visible()
    for slider in second.get_by_role("slider").all():
        assert slider.is_disabled()


def broken_figure():
    figure = lab.inside("hello", values_of("hello"))
    figure.text = "hell"
    return figure


def test_hostile_letters_are_text(open_figures):
    text = "<b>x</b>&lt;<img src=x>"
    page = open_figures(lambda: lab.inside(text, values_of(text), ["<b>u</b>"] * 5))
    assert "".join(letter for letter, _ in painted(page)) == text
    assert page.locator(".lab :is(img, b)").count() == 0


def test_a_figure_taken_away_is_gone(call):
    use = (
        "el.querySelector('input').dispatchEvent(new Event('input'));"
        "el.querySelectorAll('input')[1].dispatchEvent(new Event('input'));"
    )
    gone(call, lab.inside("ab" * 3000, torch.full((6000, 1), 0.5)), use)
