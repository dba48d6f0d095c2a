"""The figure of one's own text: it learns in a worker, and its model goes to Python and back."""

from pathlib import Path

import numpy as np
import pytest
import torch
from using import press, says

from charrnn import CharModel, History, lab, layers, perplexity
from charrnn.layers import model_file, sampling
from charrnn.layers.model_file import SavedModel, to_bytes
from charrnn.text import corpus, hangul

NUMBERS = ".lab-numbers"
KOREAN = corpus.korean()[:3_000]
TOLD = ".lab-body > .lab-note:nth-of-type(1)"


def small(**settings):
    return lab.own_text(corpus.english()[:2_000], **{"hidden_size": 16} | settings)


def give(page, label, name, content):
    """Open a file through the button of this label."""
    with page.expect_file_chooser() as chosen:
        press(page, label)
    chosen.value.set_files({"name": name, "mimeType": "", "buffer": content})


def notes(page):
    return page.locator(".lab-note").all_inner_texts()


def tells(page, words):
    page.wait_for_function(
        "words => [...document.querySelectorAll('.lab-note')]"
        ".some(note => note.textContent.includes(words))",
        arg=words,
    )


def trained(page, epochs):
    """Train for so many epochs, and pause."""
    press(page, "Train")
    page.wait_for_function(
        "n => Number(/^Epoch (\\d+)/.exec(document.querySelector('.lab-numbers').textContent)?.[1])"
        " >= n",
        arg=epochs,
    )
    press(page, "Pause")
    page.wait_for_function(
        "!document.querySelector('.lab-numbers').textContent.includes('letters a second')"
    )


def saved(page):
    with page.expect_download() as found:
        press(page, "Save the model")
    return found.value.suggested_filename, Path(found.value.path())


def test_it_learns_in_a_worker_and_python_opens_the_model(open_figures):
    page = open_figures(small)
    trained(page, 12)
    assert len(page.workers) == 1
    assert "no worker" not in page.locator(NUMBERS).inner_text()
    name, path = saved(page)
    found = model_file.load(path)
    assert name == f"charrnn-gru-16-epoch-{found.history.epochs}.safetensors"
    text = corpus.english()[:2_000]
    _, held_out = corpus.split(found.vocabulary.encode(text, marks=False))
    assert found.vocabulary == corpus.alphabet(text)
    # The file holds the epoch that did best on the text set aside, with its very weights.
    exam = layers.evaluate(found.model, held_out)
    assert exam == pytest.approx(found.history.validation_losses[-1], rel=1e-5)
    assert exam == pytest.approx(min(found.history.validation_losses), rel=1e-5)
    assert f"lowest {perplexity(exam):.3g}"[:10] in page.locator(NUMBERS).inner_text()
    assert found.history.losses[-1] < found.history.losses[0] - 0.2
    assert len(sampling.generate(found.model, found.vocabulary, "the ", 50)) == 50


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_its_first_epoch_is_the_one_of_layers_train(open_figures, kind):
    """From the model of a file, which it opens: the same loss after an epoch of each."""
    text = hangul.to_jamo(KOREAN)
    vocabulary = corpus.alphabet(text)
    learn, held_out = corpus.split(vocabulary.encode(text, marks=False))
    torch.manual_seed(0)
    model = CharModel(vocabulary.size, 20, kind)
    page = open_figures(lambda: lab.own_text(KOREAN, model=SavedModel(model, vocabulary, "jamo")))
    trained(page, 1)
    _, path = saved(page)
    found = model_file.load(path)
    history = layers.train(model, learn, validation=held_out, epochs=1, progress=False)
    assert found.history.losses[0] == pytest.approx(history.losses[0], rel=1e-4)
    assert found.history.validation_losses[0] == pytest.approx(
        history.validation_losses[0], rel=1e-3
    )


def test_a_model_of_python_writes_what_its_temperature_says(open_figures):
    """Nearly 0: the likeliest letters, the same here and there."""
    vocabulary = corpus.alphabet(KOREAN)
    learn, _ = corpus.split(vocabulary.encode(KOREAN, marks=False))
    torch.manual_seed(1)
    model = CharModel(vocabulary.size, 24, "lstm")
    history = layers.train(model, learn, epochs=3, batch=4, steps=20, progress=False)
    page = open_figures(
        lambda: lab.own_text(
            KOREAN, temperature=0.05, model=SavedModel(model, vocabulary, "syllables", history)
        )
    )
    page.wait_for_function("document.querySelector('.lab-written').textContent.length > 100")
    page.get_by_label("Beginning").fill("가는 ")
    page.wait_for_function("document.querySelector('.lab-written').textContent.startsWith('가는 ')")
    theirs = page.locator(".lab-written").text_content()
    ours = sampling.generate(model, vocabulary, "가는 ", 400, temperature=0.05)
    assert theirs[3:40] == ours[:37]
    tells(page, "LSTM, 24 hidden units")
    assert page.get_by_label("Hidden units").is_disabled()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"]
)
def test_a_korean_file_is_read_in_its_encoding(open_figures, encoding):
    page = open_figures(small)
    text = "똠방각하 뷁 " + KOREAN  # syllables that EUC-KR lacks
    give(page, "Open a text file", "mine.txt", text.replace("\n", "\r\n").encode(encoding))
    shown = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16LE"}.get(encoding, encoding.upper())
    shown = shown.replace("-16-", "-16")
    tells(page, f"mine.txt, {shown}.")
    assert page.get_by_label("Text to learn").input_value() == text


NO_TEXTS = {
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "nothing at all": b"",
    "Latin-1": "déjà vu à Noël ".encode("latin-1") * 200,
    "Shift-JIS": "これは日本語の文です。".encode("shift-jis") * 200,
    "EUC-JP": "これは日本語の文です。".encode("euc-jp") * 200,
    "GB2312": "从前有一个人，他说这里没有别的语言。".encode("gb2312") * 200,
    "half a UTF-16": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("what", NO_TEXTS)
def test_what_is_no_text_is_told_and_nothing_is_lost(open_figures, what):
    page = open_figures(small)
    before = page.get_by_label("Text to learn").input_value()
    give(page, "Open a text file", "odd.bin", NO_TEXTS[what])
    tells(page, "No text can be read from odd.bin")
    assert page.get_by_label("Text to learn").input_value() == before


@pytest.mark.parametrize("what", ["a text", "a damaged one", "a newer one", "nothing"])
def test_a_bad_model_is_told_and_the_one_there_goes_on(open_figures, what):
    vocabulary = corpus.alphabet("abc")
    good = bytearray(to_bytes(SavedModel(CharModel(5, 3), vocabulary)))
    if what == "a damaged one":
        good[-2] ^= 1
    newer = bytes(good).replace(b'"charrnn": "1"', b'"charrnn": "9"')
    content = {"a text": b"once upon a time " * 100, "nothing": b"", "a newer one": newer}
    words = {"a damaged one": "is damaged", "a newer one": "newer edition"}
    page = open_figures(small)
    trained(page, 2)
    give(page, "Open a model", "m.safetensors", content.get(what, bytes(good)))
    tells(page, words.get(what, "is no model file"))
    assert page.locator(NUMBERS).inner_text().startswith("Epoch")
    assert saved(page)[0].startswith("charrnn-gru-16-")


def test_another_model_is_not_opened_over_one_that_is_not_saved(open_figures):
    page = open_figures(small)
    other = to_bytes(SavedModel(CharModel(5, 3), corpus.alphabet("abc")))
    trained(page, 1)
    give(page, "Open a model", "m.safetensors", other)
    tells(page, "Save the model that is here")
    assert saved(page)[0].startswith("charrnn-gru-16-")
    give(page, "Open a model", "m.safetensors", other)
    tells(page, "Opened the model in m.safetensors: RNN, 3 hidden units")
    assert page.locator(NUMBERS).inner_text().startswith("Nothing learned yet")


def test_a_model_of_python_without_an_exam_is_told_without_one(open_figures):
    vocabulary = corpus.alphabet(KOREAN)
    model = SavedModel(CharModel(vocabulary.size, 4), vocabulary, "syllables", History([2.0, 1.0]))
    page = open_figures(lambda: lab.own_text(KOREAN, model=model))
    says(page, "Epoch 2. Perplexity of the text learned 2.72.", NUMBERS)
    assert "NaN" not in page.locator(".lab").inner_html()


def test_what_it_writes_in_jamo_closes_the_syllable_of_the_beginning(open_figures):
    vocabulary = corpus.alphabet("ㄱㄴㅏ")
    model = CharModel(vocabulary.size, 2)
    with torch.no_grad():
        for weights in model.parameters():
            weights.zero_()
        model.output.bias[vocabulary.letters.index("ㄴ")] = 100  # it writes nothing else
    page = open_figures(lambda: lab.own_text(KOREAN, model=SavedModel(model, vocabulary, "jamo")))
    page.get_by_label("Beginning").fill("가")
    page.wait_for_function("document.querySelector('.lab-written').textContent.startsWith('간ㄴ')")


def test_python_changes_how_a_trained_model_writes_and_it_stays(call):
    """Another text is another matter: a model does not go on with it as if it were untrained."""
    seen = call(
        """
        const values = { language: "en", ...data };
        const listeners = [];
        const model = {
          get: (name) => values[name] ?? null,
          set(name, value) { values[name] = value; },
          save_changes() {},
          on: (event, call) => listeners.push([event, call]),
          off() {},
        };
        const python = (name, value) => {
          values[name] = value;
          for (const [event, call] of listeners) if (event === `change:${name}`) call();
        };
        const el = document.body.appendChild(document.createElement("div"));
        const end = lab.kit.show({ model, el }, "own_text", lab.figures.own_text);
        const numbers = () => el.querySelector(".lab-numbers").textContent;
        const until = async (done) => {
          while (!done()) await new Promise((go) => setTimeout(go, 20));
        };
        return (async () => {
          el.querySelector(".lab-main").click();
          await until(() => numbers().startsWith("Epoch"));
          el.querySelector(".lab-main").click();
          python("temperature", 0.5);
          const sampled = [numbers().slice(0, 5), el.querySelector(".lab-slider").value];
          python("text", "to be or not ".repeat(100));
          const other = [numbers(), el.querySelector(".lab-main").textContent];
          end();
          el.remove();
          return { sampled, other };
        })();""",
        text=corpus.english()[:2_000], kind="gru", hidden_size=4, spelling="syllables",
        learning_rate=0.01, seed=0, temperature=1,
    )  # fmt: skip
    assert seen["sampled"] == ["Epoch", "0.5"]
    assert seen["other"] == ["Nothing learned yet. Epoch 0.", "Train"]


@pytest.mark.parametrize("where", ["worker", "page"])
def test_an_error_of_the_session_is_told_and_another_begins(open_figures, where):
    """As where memory runs out: the first session fails as it begins."""
    page = open_figures(small, alive=False)
    page.add_init_script(
        """
        let bad = true;
        window.Worker = class extends Worker {
          postMessage(message) {
            super.postMessage(bad ? { do: "nothing known" } : message);
            bad = false;
          }
        };"""
        if where == "worker"
        else """
        console.error = () => {}; // it tells there what failed
        window.Worker = class { constructor() { throw new Error("none"); } };
        const { Memory } = WebAssembly;
        WebAssembly.Memory = class {
          constructor(size) {
            WebAssembly.Memory = Memory;
            throw new RangeError("no memory");
          }
        };"""
    )
    page.reload()
    page.wait_for_selector(".living.alive")
    press(page, "Train")
    tells(page, "Perhaps memory ran out")
    trained(page, 1)


def test_start_over_asks_before_a_model_is_thrown_away(open_figures):
    page = open_figures(small)
    trained(page, 1)
    press(page, "Start over")
    assert page.get_by_role("button", name="Train on", exact=True).is_visible()
    press(page, "Really start over? The model is not saved")
    says(page, "Nothing learned yet", NUMBERS)
    assert page.get_by_label("Hidden units").is_enabled()
    trained(page, 1)
    saved(page)
    press(page, "Start over")  # what is saved can go
    says(page, "Nothing learned yet", NUMBERS)


def test_leaving_the_page_asks_while_a_model_is_not_saved(open_figures):
    page = open_figures(small)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Hidden units").click()
    page.close(run_before_unload=True)  # nothing is there to lose
    page = open_figures(small)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    trained(page, 1)
    page.close(run_before_unload=True)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    saved(page)
    page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_it_learns_on_while_the_page_is_hidden(open_figures):
    page = open_figures(small)
    press(page, "Train")
    says(page, "Epoch ", NUMBERS)
    other = page.context.new_page()
    other.bring_to_front()
    page.evaluate("window.requestAnimationFrame = () => 0")  # as in a page that is not drawn
    before = page.locator(NUMBERS).text_content()
    page.wait_for_function(
        "before => document.querySelector('.lab-numbers').textContent !== before", arg=before,
        polling=100,
    )  # fmt: skip
    assert "Epoch" in before


def test_without_a_worker_it_learns_in_slices_and_says_so(open_figures):
    page = open_figures(small, alive=False)
    page.add_init_script("window.Worker = class { constructor() { throw new Error('none') } }")
    page.reload()
    page.wait_for_selector(".living.alive")
    trained(page, 1)
    assert "allows no worker" in page.locator(NUMBERS).inner_text()


def test_divergence_is_told(open_figures):
    page = open_figures(lambda: small(learning_rate=1e30))
    press(page, "Train")
    says(page, "training has diverged", NUMBERS)
    assert page.locator(".lab-main").get_attribute("aria-disabled") == "true"


DROP = """([selector, name, content]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(content)], name));
  const event = { dataTransfer: data, bubbles: true, cancelable: true };
  document.querySelector(selector).dispatchEvent(new DragEvent("drop", event));
}"""


def test_a_text_or_a_model_is_dropped(open_figures):
    page = open_figures(small)
    page.evaluate(DROP, [".lab-text", "mine.txt", list(KOREAN.encode("cp949"))])
    tells(page, "mine.txt, CP949.")
    assert page.get_by_label("Text to learn").input_value() == KOREAN
    given = SavedModel(CharModel(5, 3), corpus.alphabet("abc"))
    page.evaluate(DROP, [".lab-curve", "my.safetensors", list(to_bytes(given))])
    tells(page, "Opened the model in my.safetensors: RNN, 3 hidden units, 5 letters, 0 epochs.")
    tells(page, "cannot learn this text")  # it knows three letters


def test_a_long_text_that_is_typed_is_read_after_a_moment(open_figures):
    page = open_figures(small)
    train = page.get_by_role("button", name="Train", exact=True)
    page.get_by_label("Text to learn").fill("hello " * 10_000)
    tells(page, "It reads 60,000 letters, 5 different ones.")
    assert train.get_attribute("aria-disabled") == "false"
    page.get_by_label("Text to learn").fill("hello " * 60_000)
    tells(page, "The text has 360,000 letters.")
    assert train.get_attribute("aria-disabled") == "true"


def test_settings_come_from_a_link(open_figures):
    page = open_figures(small, address="#lab=own_text&kind=lstm&units=40&spelling=syllables&k=5")
    assert page.get_by_label("Hidden units").input_value() == "40"
    assert page.locator(".lab select").first.input_value() == "lstm"
    assert page.get_by_label("Read Hangul by").input_value() == "syllables"


def test_files_mean_the_same_on_both_sides(call):
    """A file of Python's read by the page, and one of the page's read by Python."""
    torch.manual_seed(0)
    vocabulary = corpus.alphabet("한글과 abc")
    for kind in ("rnn", "gru", "lstm"):
        model = CharModel(vocabulary.size, 4, kind)
        history = History([2.0, 1.0], [2.5, 1.5])
        content = to_bytes(SavedModel(model, vocabulary, "jamo", history))
        theirs = call(
            "const read = arithmetic.readModel(Uint8Array.from(data.content));"
            "const file = [...arithmetic.writeModel(read)];"
            "return { ...read, weights: [...read.weights], file }",
            content=list(content),
        )
        flat = torch.nn.utils.parameters_to_vector(model.parameters()).tolist()
        assert np.array_equal(theirs["weights"], flat)
        assert (theirs["letters"], theirs["kind"]) == (vocabulary.letters, kind)
        assert (theirs["losses"], theirs["heldOutLosses"]) == (
            history.losses,
            history.validation_losses,
        )
        back = model_file.from_bytes(bytes(theirs["file"]))
        assert torch.equal(back.model.output.weight, model.output.weight)
        assert back.history.validation_losses == history.validation_losses
