"""The figure of sampling beside `charrnn.layers.sampling`."""

import pytest
import torch
from using import announced, follow_links, gone, note, press, says

from charrnn import lab, pictures
from charrnn.layers.sampling import distribution

LOGITS = [2.0, 0.5, 1.0, -3.0, 1.0]
MANY = [3 - 0.24 * (7 * i % 31) for i in range(31)]
LETTERS = "abcdefghijklmnopqrstuvwxyz ?!.\n"
NONSENSE = ["", "-", "x", "1e309", "-1e309", "NaN", "Infinity", "-1", "0x7", "1,5", " 1", "01"]


def few():
    return lab.sampling(LOGITS, "abcd ")


def many(**settings):
    return lambda: lab.sampling(MANY, LETTERS, **settings)


def rows(page):
    """The bars as the page has them, with widths in shares of their room."""
    return page.evaluate(
        "[...document.querySelectorAll('.lab-bars li')].map((li) => ({"
        " name: li.querySelector('.lab-bar-name').textContent,"
        " value: li.querySelector('.lab-bar-value').textContent,"
        " bar: parseFloat(li.querySelector('.lab-bar').style.width) / 100,"
        " before: parseFloat(li.querySelector('.lab-bar-before').style.left) / 100,"
        " out: li.classList.contains('out'), chosen: li.classList.contains('chosen'),"
        " times: Number(li.querySelector('.lab-bar-note').textContent.replace('×', '')) }))"
    )


def named(letter):
    return {" ": "␣", "\n": "⏎"}.get(letter, letter)


def check(page, logits, letters, *, temperature=1.0, top_k=None, top_p=None, shown=12):
    """Bars, lines, words and counts all tell what the package draws from with these settings."""
    given = torch.tensor(logits, dtype=torch.float64)
    plain = distribution(given, temperature).tolist()
    chances = distribution(given, temperature, top_k, top_p).tolist()
    order = sorted(range(len(logits)), key=lambda i: -logits[i])
    by_k = set(order[top_k:]) if top_k else set()
    cut = {i for i in order if not chances[i]}
    drawn = rows(page)
    if len(order) == shown + 1:
        shown += 1
    head, others = order[:shown], order[shown:]
    assert [row["name"] for row in drawn[: len(head)]] == [named(letters[i]) for i in head]
    assert "probability of 1." in page.locator(".lab-body > p", has_text="fills").inner_text()
    wanted = [([i], "k" if i in by_k else "p" if i in cut else "") for i in head]
    if others:
        why = {"k" if i in by_k else "p" if i in cut else "" for i in others}
        wanted.append((others, "" if "" in why else "both" if len(why) > 1 else why.pop()))
    assert len(drawn) == len(wanted)
    for row, (of, why) in zip(drawn, wanted, strict=True):
        before, after = sum(plain[i] for i in of), sum(chances[i] for i in of)
        value = before if why else after
        assert row["before"] == pytest.approx(before, abs=1e-4)
        assert row["bar"] == pytest.approx(value, abs=1e-4)
        assert row["out"] == bool(why)
        if why:
            said = {"k": "top-k", "p": "nucleus", "both": "cut off"}[why]
            assert row["value"] == said
        elif value < 0.0005:
            assert row["value"] == "<0.001"
        else:
            assert float(row["value"]) == pytest.approx(value, abs=6e-4)
    if others:
        count = len(others)
        assert drawn[-1]["name"] == ("1 other" if count == 1 else f"{count} others")
    left = len(order) - len(cut)
    kept = sum(plain[i] for i in order if i not in cut)
    line = page.locator(".lab-numbers").inner_text()
    assert f"Letters: {len(order)}; left: {left}; cut by top-k: {len(by_k)}; " in line
    assert f"by the nucleus: {len(cut - by_k)}. " in line
    assert float(line.split("had ")[1].split()[0]) == pytest.approx(kept, abs=6e-4)


def sliders(page):
    return [
        page.get_by_role("slider", name=name).get_attribute("aria-valuetext")
        for name in ("Temperature", "Top-k", "Nucleus")
    ]


def set_sliders(page, temperature, k, p):
    for name, value in (("Temperature", temperature), ("Top-k", k), ("Nucleus", p)):
        page.get_by_role("slider", name=name).fill(str(value))


def written(page):
    return page.locator(".lab-written").inner_text()


def test_bars_are_what_the_package_draws_from(open_figures):
    page = open_figures(few)
    check(page, LOGITS, "abcd ")
    set_sliders(page, 0.5, 4, 0.9)
    check(page, LOGITS, "abcd ", temperature=0.5, top_k=4, top_p=0.9)
    assert sliders(page) == ["0.50", "4", "0.90"]
    page.get_by_role("slider", name="Top-k").press("End")
    page.get_by_role("slider", name="Nucleus").press("End")
    assert sliders(page)[1:] == ["5, all stay", "1.00, all stay"]
    check(page, LOGITS, "abcd ", temperature=0.5)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"temperature": 0.05},
        {"temperature": 3, "top_p": 0.3},
        {"temperature": 0.333},
        {"top_k": 20, "top_p": 0.95},
        {"top_k": 1},
        {"top_p": 0.01},
    ],
)
def test_of_many_letters_the_likeliest_have_bars_and_the_others_share_one(open_figures, settings):
    page = open_figures(many(**settings))
    check(page, MANY, LETTERS, **settings)
    press(page, "Show all 31 letters")
    check(page, MANY, LETTERS, **settings, shown=100)
    press(page, "Show 12 letters only")
    check(page, MANY, LETTERS, **settings)
    assert sliders(page)[0] == {0.333: "0.333"}.get(settings.get("temperature"), sliders(page)[0])


@pytest.mark.parametrize("size", [12, 13, 14, 100, 101, 102, 300])
def test_how_many_bars_there_are(open_figures, size):
    letters = [chr(0xAC00 + 28 * i) for i in range(size)]
    logits = [i / 50 for i in range(size)]
    page = open_figures(lambda: lab.sampling(logits, letters))
    check(page, logits, letters)
    button = page.get_by_role("button", name="Show")
    assert button.is_visible() == (size > 13)
    if size > 13:
        button.click()
        check(page, logits, letters, shown=100)
        assert len(rows(page)) <= 101


def test_the_highest_bar_falls_as_the_temperature_rises(open_figures):
    page = open_figures(many())
    widths = []
    for temperature in (0.05, 0.5, 1, 2, 3):
        page.get_by_role("slider", name="Temperature").fill(str(temperature))
        widths.append(rows(page)[0]["bar"])
    assert widths == sorted(widths, reverse=True) and widths[0] > 4 * widths[-1]


def test_sliders_and_bars_stand_on_one_screen(open_figures):
    page = open_figures(many())
    slider = page.get_by_role("slider", name="Temperature").bounding_box()
    last = page.locator(".lab-bars li").last.bounding_box()
    assert last["y"] + last["height"] - slider["y"] < 850
    assert page.locator(".lab").bounding_box()["height"] < 900


@pytest.mark.parametrize("key", [None, "Enter"], ids=["mouse", "keyboard"])
def test_letters_are_drawn_and_counted(open_figures, key):
    page = open_figures(lambda: lab.sampling(LOGITS, "abcd ", seed=3))
    assert "Nothing" in written(page)
    press(page, "Draw a letter", key)
    (letter,) = written(page).split(": ")[1].split()
    assert [(r["name"], r["times"]) for r in rows(page) if r["chosen"]] == [(letter, 1)]
    press(page, "Draw twenty letters", key)
    text = written(page)
    made = text.split(": ")[1].split()
    assert text.startswith("Drawn so far, 21: ") and len(made) == 21 and made[0] == letter
    assert {r["name"]: r["times"] for r in rows(page)} == {x: made.count(x) for x in "abcd␣"}
    assert [r["name"] for r in rows(page) if r["chosen"]] == [made[-1]]
    often = max(set(made), key=made.count)
    says(page, f"21 drawn. Most often: {often} ×{made.count(often)}", ".lab-body .lab-unseen")
    page.get_by_label("Seed").fill("4")
    assert written(page) != text
    page.get_by_label("Seed").fill("3")
    assert written(page) == text
    press(page, "Clear what was drawn", key)
    assert "Nothing" in written(page)
    assert not any(r["times"] or r["chosen"] for r in rows(page))
    says(page, "Nothing", ".lab-body .lab-unseen")


def test_a_thousand_letters_are_the_most_and_it_says_so(open_figures):
    page = open_figures(few, address="#lab=sampling&drawn=970")
    assert written(page).startswith("Drawn so far, 970: … ")
    assert len(written(page).split("… ")[1].split()) == 40
    assert not page.get_by_text("Up to 1000 letters").is_visible()
    press(page, "Draw twenty letters")
    assert written(page).startswith("Drawn so far, 990: ")
    assert page.get_by_text("Up to 1000 letters can be drawn").is_visible()
    press(page, "Draw twenty letters", "Enter")
    assert written(page).startswith("Drawn so far, 990: ")
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == "Draw twenty letters"
    for _ in range(11):
        press(page, "Draw a letter", "Enter")
    assert written(page).startswith("Drawn so far, 1000: ")
    assert page.evaluate(focused) == "Draw a letter"


def test_letters_come_as_often_as_their_bars_say(open_figures):
    page = open_figures(few, address="#lab=sampling&drawn=1000&temperature=2&k=3")
    chances = distribution(torch.tensor(LOGITS), 2.0, 3).tolist()
    found = {row["name"]: row["times"] for row in rows(page)}
    for letter, p in zip("abcd␣", chances, strict=True):
        spread = 5 * (1000 * p * (1 - p)) ** 0.5
        assert abs(found[letter] - 1000 * p) <= spread


def test_a_letter_that_is_cut_off_is_never_drawn(open_figures):
    letters = [chr(0xAC00 + i) for i in range(60)]
    page = open_figures(lambda: lab.sampling([0.0] * 60, letters, top_k=2))
    press(page, "Draw twenty letters")
    assert set(written(page).split(": ")[1].split()) == {"가", "각"}
    check(page, [0.0] * 60, letters, top_k=2)


def test_a_seed_out_of_range_is_named_with_its_range(open_figures):
    page = open_figures(few)
    press(page, "Draw twenty letters")
    text = written(page)
    for bad in ("-1", "1.5", "4294967296", "1e300", ""):
        page.get_by_label("Seed").fill(bad)
        assert "a whole number from 0 to 4294967295" in note(page)
        assert written(page) == text
    page.get_by_label("Seed").fill("4294967295")
    assert not page.locator(".lab-note").is_visible()


def test_what_is_shown_is_told_later(open_figures):
    page = open_figures(few)
    set_sliders(page, 2, 3, 0.8)
    says(page, page.locator(".lab-numbers").inner_text(), ".lab-body .lab-unseen")
    assert announced(page, ".lab-numbers") is None
    assert announced(page, ".lab-written") is None
    assert not page.locator(".lab > .lab-status").is_visible()


def test_a_link_opens_the_same_draws(open_figures):
    page = open_figures(many())
    set_sliders(page, 2.5, 30, 0.95)
    press(page, "Draw twenty letters")
    press(page, "Show all 31 letters")
    page.get_by_label("Seed").fill("77")
    before, text, at = rows(page), written(page), sliders(page)
    press(page, "Copy link")
    page = open_figures(many(), address=page.evaluate("location.hash"))
    assert (rows(page), written(page), sliders(page)) == (before, text, at)
    assert page.get_by_label("Seed").input_value() == "77"


def test_links_that_no_state_fits_say_so(open_figures):
    ranges = {"temperature": ["0.04", "3.1"], "k": ["0", "6", "1.5"], "p": ["0", "1.01"],
              "seed": ["4294967296", "0.5"], "drawn": ["1001", "2.5"], "shown": ["x"]}  # fmt: skip
    bad = [f"{key}={x}" for key, more in ranges.items() for x in [*NONSENSE, *more]]
    good = ["temperature=0.05", "k=5", "p=0.01", "seed=4294967295", "temperature=0.123&k=1"]
    page = open_figures(few)
    told = follow_links(page, "sampling", [*good, "k=5", *bad])
    assert [message for message in told[: len(good)] if "holds" not in message] == []
    refused = zip(bad, told[len(good) + 1 :], strict=True)
    assert [end for end, message in refused if "could not" not in message] == []
    check(page, LOGITS, "abcd ")


def test_hostile_letters_are_text(open_figures):
    letters = ["<", "&", '"', ">"]  # a name of several letters is refused
    page = open_figures(lambda: lab.sampling([4.0, 3.0, 2.0, 1.0], letters))
    press(page, "Draw twenty letters")
    assert [row["name"] for row in rows(page)] == letters
    assert page.locator(".lab :is(img, b)").count() == 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_figure_speaks_its_language(open_figures, language):
    page = open_figures(many(top_k=3), language)
    said = page.locator(".lab").inner_text()
    assert ("나머지 19" in said) == (language == "ko")
    assert ("31글자 가운데 3글자가 남았습니다" in said) == (language == "ko")


def test_logits_that_cannot_be_drawn_from_are_refused():
    for logits, letters in (([1.0], "ab"), ([], ""), ([float("nan"), 0], "ab")):
        with pytest.raises(ValueError):
            lab.sampling(logits, letters)
    for wrong in ({"top_k": 0}, {"temperature": 0}, {"top_p": 1.5}):
        with pytest.raises(ValueError):
            lab.sampling([1.0, 2.0], "ab", **wrong)


def test_the_picture_in_its_place_tells_both_distributions(monkeypatch):
    drawn = []
    monkeypatch.setattr(pictures, "next_letter_probabilities", lambda *given: drawn.append(given))
    lab.sampling(LOGITS, "abcd ", temperature=0.5, top_k=2)._picture()
    ((letters, plain, left),) = drawn
    given = torch.tensor(LOGITS, dtype=torch.float64)
    assert "".join(letters) == "abcd "
    assert plain.tolist() == pytest.approx(given.softmax(0).tolist())
    assert left.tolist() == pytest.approx(distribution(given, 0.5, 2).tolist())


def test_a_figure_taken_away_is_gone(call):
    use = "for (let n = 0; n < 2; n++) el.querySelectorAll('.lab-button')[1].click();"
    gone(call, lab.sampling([1.0, 2.0], "ab"), use)
