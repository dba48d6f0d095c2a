"""The figure that trains in the page beside `charrnn.train`."""

import struct
import unicodedata

import pytest
import torch
from using import alone, gone, note, press, says, status

from charrnn import LETTERS, SENTENCE, PostCell, Vocabulary, generate, lab, train
from charrnn.lab.widget import numbers_of

LETTERS_OF_HTML = "<b>x</b>"
FIFTY = """
const step = find("One epoch"), told = [], losses = [], written = [];
for (let e = 0; e < 50; e++) {
  step.click();
  losses.push(values.result.loss);
  told.push(el.querySelector(".lab-status").textContent);
  written.push(el.querySelector(".lab-written").textContent);
}
const view = values.weights;
const weights = Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
return { told, losses, short: losses.map(lab.kit.formatNumber), weights, written,
         result: values.result };
"""


def small(**settings):
    return lambda: lab.training("hello", **{"hidden_size": 8, "epochs": 30, **settings})


def epoch(page):
    return int(status(page).split()[1].strip(",."))


@pytest.mark.parametrize(("language", "key"), [("ko", None), ("en", "Enter"), ("en", "Space")])
def test_training_the_sentence_of_the_post(open_figures, language, key):
    page = open_figures(lab.training, language)
    ready = {"ko": "아직 배우지 않았습니다. 0 에포크.", "en": "Nothing learned yet. Epoch 0."}
    assert status(page) == ready[language]
    empty = {"ko": "아직 학습하지 않았습니다", "en": "not trained yet"}[language]
    assert empty in page.locator(".lab-curve").text_content()
    press(page, {"ko": "학습", "en": "Train"}[language], key)
    says(page, "1000")
    assert page.locator(".lab-written").inner_text().strip() == SENTENCE
    said = status(page)
    if language == "ko":
        assert said.startswith("1000 에포크, 손실 ")
        assert said.endswith("같은 글자: 31자 가운데 31자. 끝 표시를 내고 멈추었습니다.")
    else:
        assert said.startswith("Epoch 1000, loss ")
        assert said.endswith("place: 31 of 31. It put out the end mark and stopped.")
    label = page.locator(".lab-curve").get_attribute("aria-label")
    assert "1000" in label
    assert page.locator(".lab-line").get_attribute("d").count("L") > 300
    assert page.locator(".lab-written .right").inner_text() == SENTENCE


@pytest.mark.parametrize(
    ("text", "hidden", "seed", "half_way"),
    [("hello", 9, 5, "helllllllllll"), (SENTENCE, 35, 0, None)],  # raw; argmax writes "hellllo"
)
def test_fifty_epochs_are_those_of_the_package(call, text, hidden, seed, half_way):
    figure = lab.training(text, hidden_size=hidden, seed=seed)
    cell, history = train(text, hidden_size=hidden, seed=seed, epochs=50, progress=False)
    found = alone(call, figure, FIFTY)
    assert found["losses"] == pytest.approx(history.losses, rel=2e-5)
    assert found["losses"][:10] == pytest.approx(history.losses[:10], rel=1e-6)
    for e, (line, loss) in enumerate(zip(found["told"], found["short"], strict=True)):
        assert line.startswith(f"Epoch {e + 1}, loss {loss}. Right letter in the right place: ")
        assert float(loss) == pytest.approx(history.losses[e], rel=6e-3)
    assert found["result"]["epoch"] == 50 and not found["result"]["diverged"]
    assert found["result"]["vocabulary"] == LETTERS
    ours = torch.nn.utils.parameters_to_vector(cell.parameters())
    assert torch.allclose(torch.tensor(found["weights"]), ours, atol=2e-4)
    made = generate(cell, length=len(text) + 8)
    assert found["written"][-1] == found["result"]["written"] == made.text
    right = sum(a == b for a, b in zip(made.text, text, strict=False))
    assert f"place: {right} of {len(text)}. " in found["told"][-1]
    assert found["told"][-1].endswith("stopped." if made.ended else "it was cut here.")
    if half_way:
        young, _ = train(text, hidden_size=hidden, seed=seed, epochs=20, progress=False)
        length = len(text) + 8
        assert found["written"][19] == generate(young, length=length).text == half_way
        assert generate(young, length=length, feed="argmax").text != half_way


def test_training_goes_on_by_as_many_epochs_again(open_figures):
    page = open_figures(small())
    press(page, "Train")
    says(page, "Epoch 30,")
    press(page, "Train on")
    says(page, "Epoch 60,")
    press(page, "One epoch")
    assert epoch(page) == 61
    press(page, "Train on")  # to the end of the axis, which is at 61
    says(page, "Epoch 91,")
    assert "91" in page.locator(".lab-axis").text_content()
    press(page, "Start over")
    assert status(page) == "Nothing learned yet. Epoch 0."
    assert page.get_by_role("button", name="Train", exact=True).is_enabled()
    assert page.locator(".lab-line").get_attribute("d") == ""
    press(page, "Train")
    says(page, "Epoch 30,")


def test_training_pauses_where_it_is(open_figures):
    """And does not freeze the page: a click is answered while it trains."""
    page = open_figures(lambda: lab.training(SENTENCE, epochs=100_000))
    press(page, "Train")
    page.wait_for_timeout(200)
    press(page, "Pause")
    paused = status(page)
    page.wait_for_timeout(150)
    assert status(page) == paused
    press(page, "One epoch")
    assert status(page).startswith(f"Epoch {int(paused.split()[1].strip(',')) + 1},")
    press(page, "Train on")
    page.wait_for_function(
        "text => document.querySelector('.lab-status').textContent !== text", arg=status(page)
    )
    assert page.get_by_role("button", name="Pause").is_visible()
    press(page, "Start over")
    assert status(page) == "Nothing learned yet. Epoch 0."


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
    page.wait_for_timeout(200)
    assert page.evaluate("frames_asked") == asked


def test_a_figure_taken_away_while_it_trains_is_gone(call):
    gone(call, lab.training("hello"), "el.querySelector('.lab-main').click();")


def test_training_with_reduced_motion_draws_seldom_and_ends_the_same(open_figures):
    page = open_figures(small(epochs=1000), reduced_motion="reduce")
    page.evaluate(
        "window.drawn = 0; new MutationObserver(() => drawn++).observe("
        "document.querySelector('.lab-line'), { attributes: true })"
    )
    press(page, "Train")
    says(page, "Epoch 1000")
    assert page.locator(".lab-written").inner_text().strip() == "hello"
    assert page.evaluate("drawn") < 8


def test_divergence_is_told(open_figures):
    page = open_figures(small(epochs=200))
    page.get_by_label("Learning rate").fill("1e30")
    press(page, "Train", "Enter")
    says(page, "diverged")
    for name in ("Train", "Train on", "One epoch"):
        button = page.get_by_role("button", name=name, exact=True)
        assert not button.count() or button.get_attribute("aria-disabled") == "true"
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"  # the keyboard's place
    page.get_by_label("Learning rate").fill("5")
    press(page, "Train")
    says(page, "Epoch 200")
    if "times what it began with" not in note(page):
        assert float(status(page).split("loss ")[1].split()[0].rstrip(".")) < 15


OUT_OF_RANGE = [
    ("Learning rate", "-1", "from 0.00001 to 1e30"),
    ("Learning rate", "0", "from 0.00001 to 1e30"),
    ("Learning rate", "", "from 0.00001 to 1e30"),
    ("Learning rate", "2e30", "from 0.00001 to 1e30"),
    ("Hidden units", "0", "a whole number from 1 to 128"),
    ("Hidden units", "2.5", "a whole number from 1 to 128"),
    ("Hidden units", "129", "a whole number from 1 to 128"),
    ("Seed", "-1", "a whole number from 0 to 4294967295"),
    ("Seed", "4294967296", "a whole number from 0 to 4294967295"),
]


def test_a_setting_out_of_range_is_named_with_its_range(open_figures):
    page = open_figures(small())
    press(page, "One epoch")
    for label, value, named in OUT_OF_RANGE:
        field = page.get_by_label(label)
        field.fill(value)
        assert note(page) == f"Out of range: {label} ({named})."
        assert "lab-problem" in page.locator(".lab-note").first.get_attribute("class")
        assert field.get_attribute("aria-invalid") == "true"
        for name in ("Train", "One epoch"):
            assert page.get_by_role("button", name=name, exact=True).is_disabled()
        assert status(page) == "" and page.locator(".lab-written").inner_text() == ""
        field.fill("3")
        assert not page.locator(".lab-note").first.is_visible()
        assert field.get_attribute("aria-invalid") == "false"
        assert page.get_by_role("button", name="Train", exact=True).is_enabled()
    page.get_by_label("Seed").fill("-1")
    page.get_by_label("Hidden units").fill("")
    assert "Hidden units (a whole number from 1 to 128), Seed (a whole" in note(page)


def test_korean_is_learned_with_letters_added(open_figures):
    page = open_figures(lambda: lab.training("hello", hidden_size=16), "ko")
    page.get_by_label("학습률").fill("-1")
    assert note(page) == "값이 범위를 벗어났습니다: 학습률 (0.00001에서 1e30까지)."
    page.get_by_label("학습률").fill("0.01")
    page.get_by_label("가르칠 문장").fill(unicodedata.normalize("NFD", "안녕 hello"))
    assert "안 녕" in note(page) and "V = 37" in note(page) and "합쳤습니다" in note(page)
    press(page, "학습")
    says(page, "1000")
    assert page.locator(".lab-written").inner_text().strip() == "안녕 hello"


def test_added_letters_stand_before_the_marks(call):
    use = "find('One epoch').click(); const d = values.result; return [d.vocabulary, d.loss];"
    figure = lab.training("hello", hidden_size=6)
    figure.text = "안녕"
    vocabulary, loss = alone(call, figure, use)
    wider = Vocabulary(LETTERS[:-2] + "안녕" + LETTERS[-2:])
    _, history = train("안녕", hidden_size=6, vocabulary=wider, epochs=1, progress=False)
    assert vocabulary == wider.letters
    assert loss == pytest.approx(history.losses[0], rel=1e-6)


def test_what_was_learned_is_written_as_text(open_figures):
    """The network itself writes a tag."""
    page = open_figures(lambda: lab.training("hello", hidden_size=16))
    page.get_by_label("Sentence").fill(LETTERS_OF_HTML)
    assert "< > /" in note(page)
    press(page, "Train")
    says(page, "Epoch 1000")
    assert page.locator(".lab-written").inner_text() == LETTERS_OF_HTML
    page.get_by_label("Sentence").fill("<img src=x onerror=alert(document.title)>&lt;<b>x</b>😀")
    press(page, "One epoch")
    assert page.locator(".lab :is(img, b, script)").count() == 0


def test_long_texts_leave_the_page_alive(open_figures):
    page = open_figures(lambda: lab.training("hello"))
    page.get_by_label("Sentence").fill("abcdefghij" * 1000)
    assert "1000 epochs need about 3 minutes" in note(page)
    press(page, "Train")
    says(page, "Within the first epoch")
    press(page, "Pause")
    assert "Epoch" in status(page)
    page.get_by_label("Sentence").fill("a" * 10_001)
    assert "has 10001 letters" in note(page) and "up to 10000" in note(page)
    page.get_by_label("Sentence").fill("".join(map(chr, range(0xAC00, 0xAC00 + 166))))
    assert "There are 166 unknown letters" in note(page) and "more than 200" in note(page)
    page.get_by_label("Sentence").fill("".join(map(chr, range(0xAC00, 0xAC00 + 165))))
    assert "V = 200" in note(page)
    page.get_by_label("Sentence").fill("ab" * 200)
    press(page, "One epoch")
    says(page, "of the first 300")


def test_empty_and_marks_are_explained(open_figures):
    page = open_figures(small())
    field = page.get_by_label("Sentence")
    field.fill("")
    assert "empty" in note(page)
    field.fill("room 101")
    assert note(page).endswith("cannot stand in a sentence: 1 0.")
    field.fill("hello")
    assert not page.locator(".lab-note").first.is_visible()


def test_a_link_trains_as_far_again(open_figures):
    page = open_figures(small())
    page.get_by_label("Sentence").fill("good day & 25% more?")
    page.get_by_label("Hidden units").fill("12")
    page.get_by_label("Learning rate").fill("0.02")
    page.get_by_label("Seed").fill("7")
    page.get_by_label("Speed").select_option("100")
    for _ in range(3):
        press(page, "One epoch")
    before = status(page), page.locator(".lab-body").inner_text()
    press(page, "Copy link")
    address = page.evaluate("location.hash")
    assert address.startswith("#lab=training&")
    page = open_figures(small(), address=address)
    says(page, "Epoch 3,")  # it is trained as far again
    page.get_by_role("button", name="Train on").wait_for()
    assert (status(page), page.locator(".lab-body").inner_text()) == before
    assert page.get_by_label("Sentence").input_value() == "good day & 25% more?"
    fields = [page.get_by_label(name).input_value() for name in
              ("Hidden units", "Learning rate", "Seed", "Speed")]  # fmt: skip
    assert fields == ["12", "0.02", "7", "100"]


FOLLOWS = """
find("One epoch").click();
const shown = () => [...el.querySelectorAll("textarea, input, select")].map((e) => e.value);
const before = el.querySelector(".lab-status").textContent;
set("hidden_size", 5);
set("learning_rate", 0.5);
set("seed", 9);
const settings = [shown(), el.querySelector(".lab-status").textContent];
set("text", "bye");
set("speed", 7);
return { before, settings, last: shown() };
"""


def test_python_sets_what_the_figure_shows(call):
    found = alone(call, lab.training("hello", hidden_size=8, epochs=30), FOLLOWS)
    assert found["before"].startswith("Epoch 1,")
    assert found["settings"] == [["hello", "5", "0.5", "9", "0"], "Nothing learned yet. Epoch 0."]
    assert found["last"] == ["bye", "5", "0.5", "9", "7"]


def test_python_reads_and_sets_what_the_figure_holds():
    figure = lab.training("hello", hidden_size=9, seed=4)
    assert figure.text == "hello" and figure.hidden_size == 9
    with pytest.raises(ValueError, match="train it first"):
        _ = figure.cell
    for length in (0, 4, 8, 35 * 4, 44 * 45 * 4 - 4, 44 * 45 * 4 + 4, 7):
        figure.weights = bytes(length)
        with pytest.raises(ValueError, match="no single network"):
            _ = figure.cell
    cell = PostCell(35, 9)
    figure.weights = numbers_of(cell)
    ours = zip(figure.cell.parameters(), cell.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in ours)
    assert struct.unpack("<f", figure.weights[:4])[0] == cell.input_to_hidden.weight[0, 0].item()


def test_python_takes_what_the_page_sends():
    """As a front end sends it: the bytes come as a view of a buffer."""
    figure = lab.training("hello", hidden_size=9)
    cell = PostCell(35, 9)
    figure.set_state(
        {"weights": memoryview(numbers_of(cell)), "result": {"epoch": 5}, "text": "bye"}
    )
    assert (figure.result["epoch"], figure.text) == (5, "bye")
    ours = zip(figure.cell.parameters(), cell.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in ours)
