"""The figure of one memory cell, its gates set by hand."""

import pytest
from using import note, says, status

from charrnn import lab


def test_an_open_gate_keeps_and_a_half_open_one_loses(open_figures):
    page = open_figures(lambda: lab.gate("hello"))
    says(page, "1 is left at the end")
    page.get_by_role("combobox", name="Gates").select_option("fade")
    page.wait_for_timeout(2100)
    assert f"{0.5**4:.3g} is left at the end" in status(page)


def test_a_gate_closed_by_keyboard_clears_the_memory(open_figures):
    page = open_figures(lambda: lab.gate("hello"))
    page.locator(".lab-strip[role=toolbar] button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "Letter 3, l" in page.locator(".lab-sum-text").inner_text()
    page.get_by_role("slider", name="forget gate").focus()
    page.keyboard.press("Home")
    assert "c = 0 ×" in page.locator(".lab-sum-text").inner_text()
    assert "= 0, h" in page.locator(".lab-sum-text").inner_text()
    assert page.get_by_role("combobox", name="Gates").input_value() == "own"


def test_a_change_may_be_for_one_letter_only(open_figures):
    page = open_figures(lambda: lab.gate("hello", preset="pile"))
    page.get_by_label("Changes apply to").select_option("one")
    page.get_by_role("slider", name="input gate").fill("0")
    label = page.locator(".lab-strip[role=img]").nth(2).get_attribute("aria-label")
    assert label.endswith("0, 1, 1, 1, 1")


def test_gate_takes_a_typed_text_and_explains_an_empty_one(open_figures):
    page = open_figures(lambda: lab.gate("hello"), "ko")
    page.get_by_label("읽을 글").fill("안녕")
    assert page.locator(".lab-strip[role=toolbar] button").count() == 2
    page.get_by_label("읽을 글").fill("")
    assert "비어 있습니다" in note(page)
    page.get_by_label("읽을 글").fill("a" * 41)
    assert "41" in note(page)


@pytest.mark.parametrize(("text", "preset"), [("", "keep"), ("a" * 41, "keep"), ("a", "open")])
def test_gate_refuses_what_it_cannot_show(text, preset):
    with pytest.raises(ValueError, match="gate takes"):
        lab.gate(text, preset=preset)
