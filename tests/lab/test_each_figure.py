"""What each living figure does, used by mouse and by keyboard, beside what `charrnn` computes."""

import html
import unicodedata

import pytest
import torch
from using import note, press, says, status

from charrnn import LETTERS, SENTENCE, PostCell, Vocabulary, generate, lab, run, set_language, train
from charrnn.lab.figure import numbers_of

NAMES = {
    "ko": {"train": "학습", "pause": "잠깐 멈춤", "step": "한 에포크", "reset": "처음부터"},
    "en": {"train": "Train", "pause": "Pause", "step": "One epoch", "reset": "Start over"},
}


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
    page = open_figures(lambda: lab.training(SENTENCE, epochs=10**6))
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
    squares(page, 3).nth(7).click()
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
    says(page, "Epoch 1,")  # it is trained as far again
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
    assert shown["text/html"].startswith('<div data-figure="one_hot"><svg')
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
    none, count = {"ko": ("0번", "번 튀어"), "en": ("spikes: 0,", "spikes: ")}[language]
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
