"""The figure of sampling beside `charrnn.sampling`."""

import pytest
import torch
from using import press

from charrnn import lab
from charrnn.sampling import distribution

LOGITS = [2.0, 0.5, 1.0, -3.0, 1.0]


def chances(page):
    """The bars: letter to value, or to what cut it off."""
    rows = page.locator(".lab-bars li").all()
    return {
        r.locator(".lab-bar-name").inner_text(): r.locator(".lab-bar-value").inner_text()
        for r in rows
    }


def expected(logits, letters, **settings):
    found = distribution(torch.tensor(logits), **settings).tolist()
    return {letter: p for letter, p in zip(letters, found, strict=True) if p}


def test_bars_are_what_the_package_draws_from(open_figures):
    page = open_figures(lambda: lab.sampling(LOGITS, "abcd "))
    names = list(chances(page))
    assert names == ["a", "c", "␣", "b", "d"]  # of equal ones the earlier first
    page.get_by_role("slider", name="Temperature").fill("0.5")
    page.get_by_role("slider", name="Top-k").fill("4")
    page.get_by_role("slider", name="Nucleus").fill("0.9")
    shown = chances(page)
    wanted = expected(LOGITS, "abcd␣", temperature=0.5, top_k=4, top_p=0.9)
    assert {k: float(v) for k, v in shown.items() if v[0] == "0"} == pytest.approx(wanted, abs=6e-4)
    assert shown["d"] == "top-k" and shown["b"] == "nucleus"
    kept = page.locator(".lab-numbers").inner_text()
    assert "left: 3" in kept and "top-k: 1" in kept and "nucleus: 1" in kept
    assert page.get_by_role("slider", name="Top-k").get_attribute("aria-valuetext") == "4"
    page.get_by_role("slider", name="Top-k").press("End")
    assert page.get_by_role("slider", name="Top-k").get_attribute("aria-valuetext") == "5, all stay"


@pytest.mark.parametrize("key", [None, "Enter"], ids=["mouse", "keyboard"])
def test_letters_are_drawn_and_counted(open_figures, key):
    page = open_figures(lambda: lab.sampling(LOGITS, "abcd ", seed=3))
    assert "Nothing" in page.locator(".lab-written").inner_text()
    press(page, "Draw a letter", key)
    assert page.locator(".lab-bars .chosen").count() == 1
    press(page, "Draw twenty letters", key)
    notes = page.locator(".lab-bar-note").all_inner_texts()
    assert sum(int(text[1:]) for text in notes if text) == 21
    text = page.locator(".lab-written").inner_text()
    assert text.startswith("Drawn so far, 21: ") and len(text.split(": ")[1].split()) == 21
    page.get_by_label("Seed").fill("4")
    assert page.locator(".lab-written").inner_text() != text
    page.get_by_label("Seed").fill("3")
    assert page.locator(".lab-written").inner_text() == text
    for _ in range(48):
        press(page, "Draw twenty letters", key)
    assert "Drawn so far, 981: …" in page.locator(".lab-written").inner_text()
    button = page.get_by_role("button", name="Draw twenty letters")
    assert button.get_attribute("aria-disabled") == "true"
    press(page, "Clear what was drawn", key)
    assert "Nothing" in page.locator(".lab-written").inner_text()


def test_a_letter_that_is_cut_off_is_never_drawn(open_figures):
    page = open_figures(
        lambda: lab.sampling([0.0] * 60, [chr(0xAC00 + i) for i in range(60)], top_k=2)
    )
    press(page, "Draw twenty letters")
    drawn = set(page.locator(".lab-written").inner_text().split(": ")[1].split())
    assert drawn == {"가", "각"}
    assert page.locator(".lab-bars li").count() == 41  # the others share one
    assert chances(page)["20 others"] == "top-k"


def test_a_link_opens_the_same_draws(open_figures):
    page = open_figures(lambda: lab.sampling(LOGITS, "abcd "))
    page.get_by_role("slider", name="Temperature").fill("2.5")
    page.get_by_role("slider", name="Top-k").fill("3")
    press(page, "Draw twenty letters")
    bars, text = chances(page), page.locator(".lab-written").inner_text()
    press(page, "Copy link")
    hash_ = page.evaluate("location.hash")
    page = open_figures(lambda: lab.sampling(LOGITS, "abcd "), address=hash_)
    assert (chances(page), page.locator(".lab-written").inner_text()) == (bars, text)


def test_logits_that_cannot_be_drawn_from_are_refused():
    for logits, letters in (([1.0], "ab"), ([], ""), ([float("nan"), 0], "ab")):
        with pytest.raises(ValueError):
            lab.sampling(logits, letters)
    for wrong in ({"top_k": 0}, {"temperature": 0}, {"top_p": 1.5}):
        with pytest.raises(ValueError):
            lab.sampling([1.0, 2.0], "ab", **wrong)
