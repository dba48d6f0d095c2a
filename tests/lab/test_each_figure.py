"""What each living figure does, used by mouse and by keyboard, beside what `charrnn` computes."""

import html
import unicodedata

import pytest
import torch

from charrnn import LETTERS, SENTENCE, PostCell, Vocabulary, generate, lab, run, set_language, train
from charrnn.lab.figure import numbers_of
from charrnn.sampling import distribution

NAMES = {
    "ko": {"train": "학습", "pause": "잠깐 멈춤", "step": "한 에포크", "reset": "처음부터"},
    "en": {"train": "Train", "pause": "Pause", "step": "One epoch", "reset": "Start over"},
}


def status(page):
    return page.locator(".lab > .lab-status").inner_text()


def note(page):
    return page.locator(".lab-note").first.inner_text()


def says(page, text, where=".lab > .lab-status"):
    page.wait_for_function(
        "([where, text]) => document.querySelector(where).textContent.includes(text)",
        arg=[where, text],
    )


def press(page, name, key=None):
    button = page.get_by_role("button", name=name, exact=True)
    if key:
        button.focus()
        page.keyboard.press(key)
    else:
        button.click()


# ---- training


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("key", [None, "Enter", "Space"], ids=["mouse", "enter", "space"])
def test_training_the_sentence_of_the_post(open_figures, language, key):
    page = open_figures(lab.training, language)
    press(page, NAMES[language]["train"], key)
    says(page, "1000")
    assert page.locator(".lab-written").inner_text().strip() == SENTENCE
    label = page.locator(".lab-curve").get_attribute("aria-label")
    assert "1000" in label
    assert page.locator(".lab-line").get_attribute("d").count("L") > 300


def test_training_says_the_losses_of_the_package(open_figures):
    page = open_figures(lambda: lab.training("hello", hidden_size=9, seed=5))
    _, history = train("hello", hidden_size=9, seed=5, epochs=3, progress=False)
    for epoch in range(3):
        press(page, "One epoch")
        says(page, f"Epoch {epoch + 1}, loss {history.losses[epoch]:.3g}")


def test_training_does_not_freeze_the_page(open_figures):
    """While it trains, a click is answered soon: the longest task stays short."""
    page = open_figures(lambda: lab.training(SENTENCE, epochs=100_000))
    page.evaluate(
        "window.longest = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "e => longest = Math.max(longest, e.duration))).observe({type: 'longtask'})"
    )
    press(page, "Train")
    page.wait_for_timeout(1000)
    press(page, "Pause")
    assert page.get_by_role("button", name="Train on").is_visible()
    assert page.evaluate("longest") < 400  # one slice is 12 ms; the machine may be busy


def test_training_pauses_goes_on_and_starts_over(open_figures):
    page = open_figures(lambda: lab.training(SENTENCE, epochs=100_000))
    press(page, "Train")
    page.wait_for_timeout(200)
    press(page, "Pause")
    paused = status(page)
    page.wait_for_timeout(200)
    assert status(page) == paused
    press(page, "One epoch")
    before, after = (int(text.split()[1].strip(",")) for text in (paused, status(page)))
    assert after == before + 1
    press(page, "Start over")
    assert "Epoch 0" in status(page)


def test_training_stops_when_the_figure_is_gone(open_figures):
    page = open_figures(lambda: lab.training(SENTENCE, epochs=10**9))
    page.evaluate(
        "window.frames_asked = 0; const ask = requestAnimationFrame;"
        "window.requestAnimationFrame = (f) => { frames_asked++; return ask(f) }; 0"
    )
    press(page, "Train")
    page.wait_for_function("frames_asked > 3")
    page.evaluate("document.querySelector('.living-figure').remove()")
    page.wait_for_timeout(100)
    asked = page.evaluate("frames_asked")
    page.wait_for_timeout(300)
    assert page.evaluate("frames_asked") == asked


def test_training_at_a_walking_pace(open_figures):
    page = open_figures(lambda: lab.training(SENTENCE, speed=20))
    press(page, "Train")
    page.wait_for_timeout(1000)
    press(page, "Pause")
    epoch = int(status(page).split()[1].strip(","))
    assert 5 <= epoch <= 40


def test_training_with_reduced_motion_draws_seldom_and_ends_the_same(open_figures):
    page = open_figures(lab.training, reduced_motion="reduce")
    page.evaluate(
        "window.drawn = 0; new MutationObserver(() => drawn++).observe("
        "document.querySelector('.lab-line'), { attributes: true })"
    )
    press(page, "Train")
    says(page, "Epoch 1000")
    assert page.locator(".lab-written").inner_text().strip() == SENTENCE
    assert page.evaluate("drawn") < 8


def test_divergence_is_told(open_figures):
    page = open_figures(lambda: lab.training("hello", epochs=200))
    page.get_by_label("Learning rate").fill("1e30")
    press(page, "Train")
    says(page, "diverged")
    assert page.get_by_role("button", name="Train").is_disabled()
    page.get_by_label("Learning rate").fill("5")
    press(page, "Train")
    says(page, "Epoch 200")
    if "times what it began with" not in note(page):
        assert float(status(page).split("loss ")[1].split()[0].rstrip(".")) < 15


@pytest.mark.parametrize(
    ("label", "value"), [("Hidden units", "0"), ("Hidden units", "2.5"), ("Seed", "-1"),
                         ("Learning rate", ""), ("Hidden units", "999999")]
)  # fmt: skip
def test_a_setting_out_of_range_is_named(open_figures, label, value):
    page = open_figures(lambda: lab.training("hello"))
    page.get_by_label(label).fill(value)
    assert label in note(page)
    assert page.get_by_label(label).get_attribute("aria-invalid") == "true"
    assert page.get_by_role("button", name="Train").is_disabled()
    page.get_by_label(label).fill("3")
    assert page.get_by_role("button", name="Train").is_enabled()


def test_korean_is_learned_with_letters_added(open_figures):
    page = open_figures(lambda: lab.training("hello", hidden_size=16), "ko")
    page.get_by_label("가르칠 문장").fill("안녕 hello")
    assert "안 녕" in note(page) and "V = 37" in note(page)
    press(page, "학습")
    says(page, "1000")
    assert page.locator(".lab-written").inner_text().strip() == "안녕 hello"


def test_korean_typed_in_parts_is_joined(open_figures):
    page = open_figures(lambda: lab.training("hello"))
    page.get_by_label("Sentence").fill(unicodedata.normalize("NFD", "안녕"))
    assert "joined" in note(page) and "안 녕" in note(page)


def test_ten_thousand_letters_leave_the_page_alive(open_figures):
    page = open_figures(lambda: lab.training("hello"))
    page.get_by_label("Sentence").fill("abcdefghij" * 1000)
    press(page, "Train")
    page.wait_for_timeout(500)
    press(page, "Pause")
    assert "Epoch" in status(page)
    page.get_by_label("Sentence").fill("a" * 10_001)
    assert "10001" in note(page)


@pytest.mark.parametrize("figure", ["training", "one_hot", "cell"])
def test_empty_and_marks_are_explained(open_figures, figure):
    make = {
        "training": lambda: lab.training("hello"),
        "one_hot": lambda: lab.one_hot("hello"),
        "cell": lambda: lab.cell(PostCell(35, 4), "hello"),
    }[figure]
    page = open_figures(make)
    field = page.get_by_label("Sentence")
    field.fill("")
    assert "empty" in note(page)
    field.fill("room 101")
    assert "serve as marks" in note(page) and "0 " in note(page).replace(".", " ")
    field.fill("hello")
    assert not page.locator(".lab-note").first.is_visible()


@pytest.mark.parametrize("figure", ["training", "one_hot", "cell"])
def test_what_is_typed_is_text(open_figures, figure):
    known = Vocabulary(LETTERS[:-2] + "<>=()/&\"'" + LETTERS[-2:])
    make = {
        "training": lambda: lab.training("hello"),
        "one_hot": lambda: lab.one_hot("hello", vocabulary=known),
        "cell": lambda: lab.cell(PostCell(known.size, 4), "hello", vocabulary=known),
    }[figure]
    page = open_figures(make)
    page.get_by_label("Sentence").fill("<img src=x onerror=alert(document.title)>&lt;<b>x</b>😀")
    if figure == "training":
        press(page, "One epoch")
    assert page.locator(".lab :is(img, b)").count() == 0


# ---- one-hot


def matrix(page):
    rows = page.locator(".lab-matrix tbody tr").all()
    return [[int(text) for text in row.locator("td").all_inner_texts()] for row in rows]


def test_one_hot_rows_are_those_of_the_package(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    assert matrix(page) == Vocabulary().one_hot("hello").int().tolist()
    page.get_by_label("Sentence").press_sequentially(" you")
    assert matrix(page) == Vocabulary().one_hot("hello you").int().tolist()
    says(page, "Shape (11, 35), 11 ones and 374 zeros")


def test_an_unknown_letter_is_explained_and_can_be_added(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    page.get_by_label("Sentence").fill("안녕 Hello")
    assert "안 녕 H" in note(page)
    assert "small letters it has h" in note(page)
    assert "11,172" in note(page) and "11,207" in note(page)
    assert page.locator(".lab-matrix .unknown").count() == 3
    press(page, "Add the letters to the vocabulary")
    wider = Vocabulary(LETTERS[:-2] + "안녕H" + LETTERS[-2:])
    assert matrix(page) == wider.one_hot("안녕 Hello").int().tolist()
    press(page, "Back to the first vocabulary")
    assert page.locator(".lab-matrix .unknown").count() == 3


def test_an_emoji_is_one_letter(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    page.get_by_label("Sentence").fill("a😀b")
    assert page.locator(".lab-matrix tbody tr").count() == 5
    press(page, "Add the letters to the vocabulary")
    assert (
        matrix(page)
        == Vocabulary(LETTERS[:-2] + "😀" + LETTERS[-2:]).one_hot("a😀b").int().tolist()
    )


def test_a_long_text_is_shown_in_part(open_figures):
    page = open_figures(lambda: lab.one_hot("hello"))
    page.get_by_label("Sentence").fill("a" * 10_000)
    says(page, "(10002, 35)")
    assert page.locator(".lab-matrix tbody tr").count() < 60
    assert "9960 rows left out" in page.locator(".lab-matrix").inner_text()


# ---- the cell


@pytest.fixture
def a_cell():
    torch.manual_seed(3)
    return PostCell(35, 6)


def squares(page, strip):
    return page.locator(".lab-strip").nth(strip).locator(".lab-square")


@pytest.mark.parametrize("key", [None, "Enter"], ids=["mouse", "keyboard"])
def test_the_cell_steps_as_the_package_does(open_figures, a_cell, key):
    page = open_figures(lambda: lab.cell(a_cell, "hello"))
    rows = Vocabulary().one_hot("hello")[:-1]
    outputs, states = (part.detach() for part in run(a_cell, rows))
    for t in range(len(rows)):
        for strip, values in ((2, states[t + 1]), (3, outputs[t])):
            said = [s.get_attribute("aria-label") for s in squares(page, strip).all()]
            shown = [float(text.split(": ")[-1].replace("−", "-")) for text in said]
            assert shown == pytest.approx(values.tolist(), rel=6e-3, abs=1e-6)
        ringed = page.locator(".lab-strip").nth(3).locator(".ringed")
        assert ringed.inner_text() in (Vocabulary().letters[outputs[t].argmax()], "␣", "⊢", "⊣")
        if t + 1 < len(rows):
            press(page, "Next letter", key)
    assert page.get_by_role("button", name="Next letter").get_attribute("aria-disabled") == "true"
    press(page, "From the start", key)
    assert "Step 1: read start mark" in status(page)


def test_the_sum_behind_a_number_is_that_number(open_figures, a_cell):
    page = open_figures(lambda: lab.cell(a_cell, "hello"))
    for _ in range(3):
        press(page, "Next letter")
    rows = Vocabulary().one_hot("hel")[:-1]
    _, states = run(a_cell, rows)
    squares(page, 2).first.focus()
    for unit in range(6):
        if unit:
            page.keyboard.press("ArrowRight")
        table = page.locator(".lab-sum")
        assert f"New state {unit + 1}" in table.locator("caption").inner_text()
        cells = [float(t.replace("−", "-")) for t in table.locator("td").all_inner_texts()]
        *parts, total, squashed = cells
        assert sum(parts) == pytest.approx(total, abs=3e-3)
        assert squashed == pytest.approx(states[4][unit].item(), rel=6e-3, abs=1e-6)
    page.keyboard.press("Home")
    assert "New state 1" in page.locator(".lab-sum caption").inner_text()
    squares(page, 3).nth(7).hover()
    assert "Score of h" in page.locator(".lab-sum caption").inner_text()


def test_the_cell_plays_by_itself_and_pauses(open_figures, a_cell):
    page = open_figures(lambda: lab.cell(a_cell, "hello", speed=20))
    press(page, "Play")
    page.wait_for_function(
        "document.querySelector('.lab-letters').lastChild.getAttribute('aria-current') === 'step'"
    )
    assert page.get_by_role("button", name="Play").is_visible()


def test_a_cell_of_another_wiring_or_size_is_refused():
    from charrnn import NewStateCell

    with pytest.raises(TypeError, match="NewStateCell"):
        lab.cell(NewStateCell(35, 4))
    with pytest.raises(ValueError, match="36"):
        lab.cell(PostCell(36, 4))
    with pytest.raises(ValueError, match="same number"):
        lab.generation({0: PostCell(35, 4), 1: PostCell(35, 5)})


# ---- generation


@pytest.fixture(scope="module")
def cells():
    return {n: train(epochs=n, progress=False)[0] for n in (0, 20, 80)}


def panels(page):
    return [p.evaluate("e => e.firstChild.textContent") for p in page.locator(".lab-written").all()]


@pytest.mark.parametrize("feed", ["raw", "argmax"])
def test_generation_writes_what_the_package_writes(open_figures, cells, feed):
    page = open_figures(lambda: lab.generation(cells, feed=feed, speed=20))
    for _ in range(39):
        press(page, "Next letter")
    expected = [generate(cell, feed=feed, length=40).text for cell in cells.values()]
    assert panels(page) == [text or "(nothing yet)" for text in expected]


def test_scores_stand_beside_the_letter_that_was_chosen(open_figures, cells):
    page = open_figures(lambda: lab.generation(cells))
    steps = [generate(cell, length=1).steps[0] for cell in cells.values()]
    for panel, step in zip(page.locator(".lab-stage").all(), steps, strict=True):
        best = panel.locator(".lab-bars .chosen")
        assert float(best.locator(".lab-bar-value").inner_text()) == pytest.approx(
            step.output.max().item(), abs=2e-3
        )


def test_temperature_and_seed_change_samples_only(open_figures, cells):
    page = open_figures(lambda: lab.generation(cells))
    assert page.get_by_label("Temperature").is_disabled()
    assert "samples only" in note(page)
    page.get_by_label("Fed back").select_option("sample")
    assert page.get_by_label("Temperature").is_enabled()
    shares = [
        float(t)
        for t in page.locator(".lab-stage").nth(1).locator(".lab-bar-value").all_inner_texts()
    ]
    page.get_by_label("Temperature").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    assert page.get_by_label("Temperature").get_attribute("aria-valuetext") == "0.5"
    colder = [
        float(t)
        for t in page.locator(".lab-stage").nth(1).locator(".lab-bar-value").all_inner_texts()
    ]
    assert max(colder) > max(shares)
    first = set()
    for _ in range(6):
        press(page, "Draw again")
        for _ in range(8):
            press(page, "Next letter")
        first.add(tuple(panels(page)))
    assert len(first) > 1


# ---- hangul


def test_a_text_is_taken_apart(open_figures):
    page = open_figures(lambda: lab.hangul("한글 a"))
    cards = page.locator(".lab-card").all_inner_texts()
    assert len(cards) == 4
    assert "lead ㅎ 18" in cards[0] and "vowel ㅏ 0" in cards[0] and "tail ㄴ 4" in cards[0]
    assert "0xAC00 + (18 × 21 + 0) × 28 + 4 = 0xAC00 + 10588 = 0xD55C" in cards[0]
    assert "U+AE00, UTF-8 EA B8 80" in cards[1]
    assert "␣" in cards[2] and "Not Hangul" in cards[3]
    counts = page.locator(".lab-numbers").inner_text()
    assert "Letters: 4, of them syllables: 2" in counts
    assert "Jamo in all: 6" in counts and "UTF-8: 8" in counts
    forms = [row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()]
    for form, (length, size, codes) in zip(("NFC", "NFD"), forms, strict=True):
        text = unicodedata.normalize(form, "한글 a")
        assert (int(length), int(size)) == (len(text), len(text.encode()))
        assert codes == " ".join(f"{ord(x):04X}" for x in text)


@pytest.mark.parametrize(
    ("text", "said", "cards", "rows"),
    [
        ("", "empty", 0, 0),
        ("😀é\u200d", "", 3, 2),
        ("ㅋㅋ", "", 2, 2),
        (unicodedata.normalize("NFD", "한글"), "written in parts", 2, 2),
        ("한" + unicodedata.normalize("NFD", "글"), "written in parts", 2, 3),
        ("한" * 100_000, "", 30, 2),
        ("한" * 100_001, "100001 letters", 0, 0),
        ("<img src=x onerror=alert(1)><b>x</b>", "", 30, 2),
    ],
)
def test_any_text_is_taken_apart_or_refused_in_words(open_figures, text, said, cards, rows):
    page = open_figures(lambda: lab.hangul("가"))
    page.get_by_label("Text", exact=True).fill(text)
    note_ = page.locator(".lab-note").first
    assert said in note_.inner_text() if said else not note_.is_visible()
    assert page.locator(".lab-card:visible").count() == cards
    assert page.locator(".lab-forms tbody tr:visible").count() == rows
    assert page.locator(".lab :is(img, .lab-cards b b)").count() == 0


@pytest.mark.parametrize("key", [None, "Enter", "Space"], ids=["mouse", "enter", "space"])
def test_jamo_are_pressed_and_put_together(open_figures, key):
    page = open_figures(lambda: lab.hangul("가", jamo=""))
    for jamo in "ㅎㅏㄴㄱㅡㄹ":
        press(page, jamo, key)
    assert page.locator(".lab-written").inner_text() == "한글"
    assert "No jamo is left alone" in page.locator(".lab-note").last.inner_text()
    press(page, "Erase one", key)
    assert page.locator(".lab-written").inner_text() == "한그"
    press(page, "Erase all", key)
    assert page.locator(".lab-written").inner_text() == "(nothing yet)"
    assert not page.locator(".lab-note").last.is_visible()
    press(page, "The jamo of the text above", key)
    assert page.get_by_label("A row of jamo").input_value() == "ㄱㅏ"


def test_arrow_keys_lead_over_the_jamo(open_figures):
    page = open_figures(lambda: lab.hangul("가", jamo=""))
    page.get_by_role("button", name="ㄱ", exact=True).focus()
    for key in ("ArrowRight", "ArrowRight", "Enter", "Home", "Space", "End", "Enter", "ArrowRight"):
        page.keyboard.press(key)
    assert page.get_by_label("A row of jamo").input_value() == "ㄴㄱㅎ"
    assert page.locator(".lab-keys").first.locator("[tabindex='0']").all_inner_texts() == ["ㅎ"]


def test_jamo_that_do_not_fit_are_kept_and_pointed_out(open_figures):
    page = open_figures(lambda: lab.hangul("가", jamo="ㄳㅏㄱㅏㅏ한a"))
    assert page.locator(".lab-written").inner_text() == "ㄳㅏ가ㅏ한a"
    told = page.locator(".lab-note").last.inner_text()
    assert "Jamo left alone: 3" in told and "Syllables made: 2" in told
    assert "ㄳ (place 1): it is only ever a tail" in told
    assert "ㅏ (place 2): a second vowel" not in told
    assert "ㅏ (place 5): a second vowel in a row" in told
    assert page.locator(".lab-pieces .alone").all_inner_texts() == ["ㄳ", "ㅏ", "ㅏ"]
    assert "ㄱ ㅏ → 가" in page.locator(".lab-pieces").inner_text()
    page.get_by_label("A row of jamo").fill("ㅋ" * 5000)
    assert "And 4990 more" in page.locator(".lab-note").last.inner_text()


# ---- sampling

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


# ---- inside


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


# ---- links


def test_a_link_opens_the_same_state(open_figures, browser):
    page = open_figures(lambda: lab.training("hello", hidden_size=9))
    page.get_by_label("Sentence").fill("good day & 25% more?")
    page.get_by_label("Hidden units").fill("12")
    page.get_by_label("Seed").fill("7")
    press(page, "One epoch")
    loss = status(page)
    press(page, "Copy link")
    hash_ = page.evaluate("location.hash")
    assert hash_.startswith("#lab=training&")
    page = open_figures(lambda: lab.training("hello", hidden_size=9), address=hash_)
    assert page.get_by_label("Sentence").input_value() == "good day & 25% more?"
    assert page.get_by_label("Hidden units").input_value() == "12"
    press(page, "One epoch")
    assert status(page) == loss


def test_a_link_opens_the_figure_it_names_and_no_other(open_figures):
    page = open_figures(
        lambda: [lab.one_hot("hello"), lab.training("hello"), lab.training("hello")],
        address="#lab=training-2&text=bye",
    )
    texts = [field.input_value() for field in page.locator(".lab textarea").all()]
    assert texts == ["hello", "hello", "bye"]


def test_every_state_of_a_figure_goes_through_a_link(call):
    """Random states, there and back, by the modules alone."""
    texts = ["안녕 😀", "a&b=c#d%20", " ", "x" * 500, "<b>", "\n\t"]
    states = [{"text": t, "hidden": 3, "rate": 1e-5, "seed": 2**32 - 1, "speed": 20} for t in texts]
    back = call(
        "const { link, training } = lab;"
        "const back = (state) => link.fromHash(link.toHash('x', state), 'x', training.fields);"
        "return data.states.map(back)",
        states=states,
    )
    assert back == [{"state": state} for state in states]


# ---- from Python


def test_python_reads_and_sets_what_the_figure_holds():
    figure = lab.training("hello", hidden_size=9, seed=4)
    assert figure.text == "hello" and figure.settings["hidden"] == 9
    with pytest.raises(ValueError, match="train it first"):
        _ = figure.cell
    cell, _ = train("hello", hidden_size=9, epochs=5, progress=False)
    same = lab.cell(cell, "hello").cell
    assert all(torch.equal(a, b) for a, b in zip(same.parameters(), cell.parameters(), strict=True))


def test_python_takes_what_the_page_sends():
    """As a front end sends it: the bytes come as a view of a buffer."""
    figure = lab.training("hello", hidden_size=9)
    cell, _ = train("hello", hidden_size=9, epochs=5, progress=False)
    sent = memoryview(numbers_of(cell))
    figure.set_state({"weights": sent, "result": {"epoch": 5}, "text": "bye"})
    assert (figure.result["epoch"], figure.text) == (5, "bye")
    ours = zip(figure.cell.parameters(), cell.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in ours)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_notebook_without_widgets_shows_the_picture(language):
    set_language(language)
    try:
        shown, _ = lab.one_hot("hi")._repr_mimebundle_()
    finally:
        set_language("en")
    assert shown["text/html"].startswith("<svg")
    assert shown["text/plain"] in html.unescape(shown["text/html"])
    assert ("글자" in shown["text/plain"]) == (language == "ko")
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"]


# ---- spikes


@pytest.mark.parametrize(("language", "key"), [("ko", None), ("en", "Enter")])
def test_a_larger_epsilon_takes_the_spikes_away(open_figures, language, key):
    page = open_figures(lab.spikes, language)
    press(page, {"ko": "두 번 학습", "en": "Train both"}[language], key)
    says(page, "1000")
    post, yours = (page.locator(".lab-legend").nth(i).inner_text() for i in (1, 0))
    none, count = {"ko": ("0번", "번 튀어"), "en": ("0 spikes", " spikes")}[language]
    assert none in yours
    assert none not in post and count in post


def test_spikes_tell_the_losses_of_the_package(open_figures):
    page = open_figures(lambda: lab.spikes("hello", hidden_size=9, seed=5, epochs=20))
    page.get_by_label("Change").select_option("decay")
    assert page.get_by_label("Times, each epoch").input_value() == "0.997"
    press(page, "Train both")
    says(page, "Epoch 20")
    settings = {"hidden_size": 9, "seed": 5, "epochs": 20, "progress": False}
    for place, knobs in ((1, {}), (0, {"decay": 0.997})):
        _, history = train("hello", **settings, **knobs)
        text = page.locator(".lab-legend").nth(place).inner_text()
        assert f"lowest loss {min(history.losses):.3g}" in text


def test_own_settings_are_called_own_and_bad_ones_named(open_figures):
    page = open_figures(lambda: lab.spikes("hello", hidden_size=9, epochs=20))
    page.get_by_role("spinbutton", name="Epsilon").fill("0.5")
    assert page.get_by_label("Change").input_value() == "own"
    page.get_by_role("spinbutton", name="beta2").fill("1")
    assert "beta2" in note(page)
    assert page.get_by_role("button", name="Train both").is_disabled()
    page.get_by_label("Change").select_option("none")
    assert page.get_by_role("button", name="Train both").is_enabled()
    assert not page.locator(".lab-note").first.is_visible()


def test_a_link_opens_the_settings_of_adam(open_figures):
    page = open_figures(lab.spikes, address="#lab=spikes&clip=0.01&seed=3")
    assert page.get_by_label("Clip at").input_value() == "0.01"
    assert page.get_by_label("Seed").input_value() == "3"


# ---- softmax


def scores_figure():
    return lab.softmax({"l": 2.0, "p": 1.0, " ": 0.0, "d": -3.0}, "l")


def test_softmax_tells_what_torch_computes(open_figures):
    page = open_figures(scores_figure)
    scores = torch.tensor([2.0, 1.0, 0.0, -3.0])
    shown = page.locator(".lab-scores li:not([aria-hidden])")
    for i, share in enumerate(scores.softmax(0).tolist()):
        assert f"{share:.1%}" in shown.nth(i).inner_text()
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor(0)).item()
    says(page, f"loss {loss:.3g}")


def test_adding_to_every_score_changes_nothing_and_a_step_lowers_the_loss(open_figures):
    page = open_figures(scores_figure)
    says(page, "loss")
    before = status(page)
    press(page, "Add 1 to every score", "Enter")
    assert page.get_by_label("score of l").input_value() == "3"
    page.wait_for_timeout(2100)
    assert status(page) == before
    loss = float(before.split("loss ")[1].split(",")[0])
    press(page, "One step against the gradient")
    page.wait_for_timeout(2100)
    assert float(status(page).split("loss ")[1].split(",")[0]) < loss


def test_scores_move_by_keyboard_and_another_answer_is_chosen(open_figures):
    page = open_figures(scores_figure)
    page.get_by_label("score of d").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert page.get_by_label("score of d").input_value() == "-2"
    page.get_by_label("Right letter").select_option("3")
    says(page, "The right letter d")


@pytest.mark.parametrize(
    ("scores", "answer"),
    [
        ({"a": 1.0}, "a"),
        ({"a": 1.0, "b": 2.0}, "c"),
        ({"ab": 1.0, "c": 2.0}, "c"),
        ({"a": 9.0, "b": 0.0}, "a"),
        (dict.fromkeys("abcdefghi", 0.0), "a"),
    ],
)
def test_softmax_refuses_what_it_cannot_show(scores, answer):
    with pytest.raises(ValueError):
        lab.softmax(scores, answer)


def test_a_link_opens_scores(open_figures):
    page = open_figures(scores_figure, address="#lab=softmax&scores=0,0,0,5&answer=3")
    assert page.get_by_label("score of d").input_value() == "5"
    assert page.get_by_label("Right letter").input_value() == "3"


# ---- gate


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
