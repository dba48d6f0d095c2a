"""The figure that tints a text by one hidden unit."""

import pytest
import torch
from using import press, says

from charrnn import lab


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
    page = open_figures(make, address="#lab=inside&unit=999&letter=999")
    assert read_value(page)[:3] == (5, "o", "unit 5")


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
