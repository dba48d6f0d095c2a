"""The command line as a user meets it: help, what it prints, and every bad input in a sentence."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from small_run import SMALL

from charrnn import History, Vocabulary, layers
from charrnn.command import (
    defaults,
    letters,
    main,
    models,
    options,
    parsing,
    settings,
    tables,
    telling,
)
from charrnn.layers import CharModel

HANGUL = re.compile("[가-힣]")


@pytest.fixture
def model(text, run):
    """A model of the small text, in mine.pt."""
    assert run("train", text, *SMALL)[0] == 0
    return Path("mine.pt")


def refused(answer):
    """The sentence of a refusal: one, on the error stream, and a status that is not 0."""
    status, said, told = answer
    assert status in (1, 2)
    assert said == ""
    first, *rest = told.strip().split("\n")
    assert first.startswith("charrnn: ")
    assert len(rest) <= 1 and (not rest or "--help" in rest[0])
    return first.removeprefix("charrnn: ")


# Help


@pytest.mark.parametrize("command", [(), ("train",), ("resume",), ("write",), ("info",)])
def test_help_comes_in_both_languages(run, command):
    english = run(*command, "--help", "--language", "en")
    korean = run(*command, "--language=ko", "--help")
    assert english[0] == korean[0] == 0
    assert not HANGUL.search(english[1].replace("옛날에", ""))
    # Every line that is more than names, commands and choices is Korean.
    bare = [line for line in korean[1].split("\n") if not HANGUL.search(line)]
    words = re.compile(
        r"^\s+(python -m|torchrun|(-\w, )?--?[a-z-]+[ ,]|\[|TEXT|COMMAND|MODEL|[\d.]+\)$|$)|^$"
    )
    assert [line for line in bare if not words.search(line)] == []
    named = set(re.findall(r"--[a-z-]+", english[1]))
    assert named == set(re.findall(r"--[a-z-]+", korean[1]))
    assert all(tables.width(line) <= 102 for line in korean[1].split("\n"))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_help_tells_what_is_taken_where_nothing_is_named(run, text, monkeypatch, language):
    monkeypatch.setenv("COLUMNS", "1000")
    own = {"SHARE_HELD_OUT": 3, "MOST_HELD_OUT": 4321, "LETTERS_READ": 1234,
           "MOST_EPOCHS_UNASKED": 9}  # fmt: skip
    for name, value in own.items():
        monkeypatch.setattr(defaults, name, value)
    said = " ".join(run("train", "--help", "--language", language)[1].split())
    assert [n for n in own.values() if not re.search(rf"(?<![\d,]){n:,}(?!,?\d)", said)] == []
    known = letters.number(text, text.parent, "syllables")
    asked = options.parser().parse_args(["train", str(text)])
    # Of 204 letters a third is held out, 68, and 1234 are 9.07 times the rest.
    found = settings.asked_for(asked, known, Path("mine.pt"))
    assert (found["held_out"], found["epochs"]) == (68, 9)
    monkeypatch.setattr(defaults, "MOST_HELD_OUT", 4)
    found = settings.asked_for(asked, known, Path("mine.pt"))
    assert (found["held_out"], found["epochs"]) == (4, 7)  # 1234 / 200 is 6.17


@pytest.mark.parametrize(
    ("system", "asked", "language"),
    [
        ({"LANG": "ko_KR.UTF-8"}, [], "ko"),
        ({"LANG": "en_GB.UTF-8"}, [], "en"),
        ({"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, [], "en"),
        ({"LANG": "de_DE.UTF-8"}, [], "en"),
        ({"LANG": "ko_KR.UTF-8"}, ["--language", "en"], "en"),
        ({"LANG": "en_GB.UTF-8"}, ["train", "--language=ko"], "ko"),
        ({"LANG": "ko_KR.UTF-8"}, ["--language"], "ko"),
    ],
)
def test_the_language_is_asked_for_or_the_systems(monkeypatch, system, asked, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in system.items():
        monkeypatch.setenv(name, value)
    assert parsing.asked_language(asked) == language


def test_a_locale_that_python_does_not_know_is_english(monkeypatch):
    def unknown():
        raise ValueError("unknown locale: x")

    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", unknown)
    assert parsing.asked_language([]) == "en"


def test_help_is_as_wide_as_the_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = run("train", "--help", "--language", "ko")[1].split("\n")
    assert 50 <= max(map(tables.width, lines)) <= 70


def test_the_language_of_the_caller_is_left_as_it_was(language, run):
    run("--help", "--language", "ko")
    assert layers and main and language == "en"
    from charrnn.translations import get_language

    assert get_language() == "en"


# Bad input


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("typed", "en", "ko"),
    [
        ([], "missing: COMMAND", "빠진 것이 있습니다"),
        (["fly"], "cannot be 'fly': choose from", "고를 수 없습니다"),
        (["train"], "missing: TEXT", "빠진 것이 있습니다"),
        (["train", "mine.txt", "--kind", "cnn"], "--kind cannot be 'cnn'", "고를 수 없습니다"),
        (["train", "mine.txt", "--fast"], "Unknown options: --fast", "모르는 옵션"),
        (["train", "mine.txt", "--epoch", "3"], "Unknown options", "모르는 옵션"),
        (["train", "mine.txt", "--epochs"], "--epochs needs a value", "값이 있어야"),
        (["train", "mine.txt", "--epochs", "0"], "whole number from 1 to", "정수여야"),
        (["train", "mine.txt", "--epochs", "1e3"], "not '1e3'", "'1e3'입니다"),
        (["train", "mine.txt", "--learning-rate", "nan"], "a number from", "수여야"),
        (["train", "mine.txt", "--learning-rate", "0"], "a number from", "수여야"),
        (["train", "mine.txt", "--device", "tpu"], "--device cannot be", "고를 수 없습니다"),
        (["train", "mine.txt", "--device", "mps"], "cannot be used on this", "쓸 수 없습니다"),
        (["train", "none.txt"], "no such file: none.txt", "파일이 없습니다: none.txt"),
        (["train", "folder"], "a folder, give a file", "폴더입니다"),
        (["train", "image.png"], "no text", "글이 아니거나"),
        (["train", "latin.txt"], "neither as UTF-8", "어느 것으로도"),
        (["train", "empty.txt"], "empty file", "비어 있습니다"),
        (["train", "tiny.txt"], "too short, 31 letters", "31글자로 너무 짧습니다"),
        (["train", "mine.txt", "--held-out", "300"], "too short", "너무 짧습니다"),
        (["train", "mine.txt", "--batch", "200"], "too short", "너무 짧습니다"),
        (["train", "mine.txt", "-o", "no/folder/a.pt"], "no folder", "no folder"),
        (["train", "mine.txt", "-o", "folder"], "is a folder", "is a folder"),
        (["train", "mine.txt", "-o", "latin.txt"], "not a checkpoint", "쓸 수 없습니다"),
        (["train", "mine.txt", *SMALL, "--hidden", "9"], "other settings (--hidden 6)",
         "--hidden 6"),
        (["train", "mine.txt", "--hidden", "100000"], "too large for 9 letters", "너무 큽니다"),
        (["train", "other.txt", "-o", "mine.pt"], "a model of another text", "다른 글을"),
        (["resume", "none.pt"], "no such file", "파일이 없습니다"),
        (["resume", "mine.txt"], "not a checkpoint", "모델 파일을 쓸 수 없습니다. "),
        (["resume", "mine.pt", "--text", "other.txt"], "not the text", "배우던 글이 아니거나"),
        (["resume", "layers.pt"], "does not say which letters", "적혀 있지 않습니다"),
        (["write", "none.pt"], "no such file", "파일이 없습니다"),
        (["write", "damaged.pt"], "damaged", "모델 파일을 쓸 수 없습니다"),
        (["write", "short.pt"], "damaged", "모델 파일을 쓸 수 없습니다"),
        (["write", "layers.pt"], "does not say which letters", "적혀 있지 않습니다"),
        (["write", "mine.pt", "-p", ""], "empty", "비어 있습니다"),
        (["write", "mine.pt", "-p", "ab한X"], "not know: X한. It knows \\n abcde",
         "모르는 글자가 있습니다: X한"),
        (["write", "mine.pt", "--length", "-3"], "whole number from 0", "정수여야"),
        (["write", "mine.pt", "--top-p", "2"], "a number from", "수여야"),
        (["info", "none.pt"], "no such file", "파일이 없습니다"),
        (["info", "damaged.pt"], "damaged", "damaged"),
        (["info", "folder"], "is a folder", "is a folder"),
    ],
)  # fmt: skip
def test_a_bad_input_is_told_in_a_sentence(model, run, language, typed, en, ko):
    Path("other.txt").write_text("ab " * 100)
    Path("folder").mkdir()
    Path("image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    Path("latin.txt").write_bytes(b"caf\xe9 " * 50)
    Path("empty.txt").write_bytes(b"")
    Path("tiny.txt").write_text("hello changhoon what a nice day")
    content = bytearray(model.read_bytes())
    Path("short.pt").write_bytes(content[:-100])
    content[-2000] ^= 4
    Path("damaged.pt").write_bytes(content)
    layers.train(CharModel(5, 3), _letters(), epochs=1, batch=2, path="layers.pt")
    before = {path: path.read_bytes() for path in Path().glob("*.*") if path.is_file()}
    message = refused(run(*typed, *(["--language", language] if typed else [])))
    if typed or language == "en":
        assert (en if language == "en" else ko) in message
    assert language == "ko" or not HANGUL.search(message.replace("X한", ""))
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize(
    ("language", "told"), [("en", "a pipe or a device"), ("ko", "파이프나 장치입니다")]
)
def test_a_text_that_is_no_regular_file_is_told(model, run, language, told):
    os.mkfifo("pipe")
    for command in (["train", "pipe"], ["resume", model, "--text", "pipe"]):
        assert told in refused(run(*command, "--language", language))
    message = refused(run("resume", model, "--text", "."))
    assert "a folder" in message
    assert "is not at none.txt" in refused(run("resume", model, "--text", "none.txt"))


def _letters():
    return torch.tensor([0, 1, 2, 3, 4] * 10)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True,
                    reason="root may write everywhere")  # fmt: skip
def test_a_folder_that_cannot_be_written_is_told(text, run, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    assert "may not be written to" in refused(run("train", text, *SMALL, "-o", closed / "a.pt"))


def test_a_full_disk_is_told(text, run, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "mine.pt")

    monkeypatch.setattr("charrnn.layers.atomic.write_whole", full)
    answer = run("train", text, *SMALL)
    assert answer[0] == 1  # it went wrong on the way: nothing was asked amiss
    assert "mine.pt (No space left on device)" in refused(answer)


@pytest.mark.parametrize(
    "fill",
    [
        lambda: torch.empty(2**50),  # what PyTorch says by itself
        lambda: np.empty(2**50),
        lambda: _raise(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")),
    ],
)
@pytest.mark.parametrize("command", [["resume", "mine.pt", "--epochs", "4"], ["write", "mine.pt"]])
def test_full_memory_is_told_and_what_to_lower(model, run, monkeypatch, command, fill):
    monkeypatch.setattr(CharModel, "forward", lambda *_: fill())
    monkeypatch.setenv("RANK", "1")  # it may be full for one worker alone
    status, _, told = run(*command)
    assert status == 1
    assert "lower --batch, --steps or --hidden" in told


def test_an_error_of_ours_is_no_full_memory(model, run, monkeypatch):
    monkeypatch.setattr(CharModel, "forward", lambda *_: _raise(RuntimeError("a bug")))
    with pytest.raises(RuntimeError, match="a bug"):
        run("write", model)


def _raise(error):
    raise error


# What is printed


def test_training_shows_a_line_for_each_epoch_and_what_to_do_next(text, run):
    status, said, _ = run("train", text, *SMALL)
    curves = models.opened("mine.pt").content["curves"]
    assert status == 0
    assert said.startswith("mine.txt (UTF-8): 204 letters, 7 different ones\n")
    for epoch in range(3):
        cells = [f"{layers.perplexity(curves[name][epoch]):.2f}" for name in curves]
        assert re.search(rf"(?m)^ +{epoch + 1} +{cells[0]} +{cells[1]} +[\d,]+$", said)
    assert "python -m charrnn write mine.pt" in said


BY_HEART, TOO_HIGH = "learn its text by heart", "train again with a lower --learning-rate"


@pytest.mark.parametrize(
    ("losses", "held_out", "told"),
    [
        ([2.0, 1.0, 0.5], [2.0, 1.5, 1.6], BY_HEART),
        ([2.0, 1.0, 0.5], [2.0, 1.5, 1.51], ""),  # up by 1%
        ([2.0, 1.0, 0.5], [2.0, 1.5, 1.4], ""),
        ([2.0, 1.0, 1.5], [2.0, 1.5, 1.6], TOO_HIGH),
        ([290.0, 280.0, 180.0], [200.0, 170.0, 190.0], TOO_HIGH),  # worse than knowing nothing
        ([9e4, 8e4, 7e4], [9e4, 1e4, 9e4], TOO_HIGH),
        ([2.0, 1.0, 0.5], [], ""),  # nothing was held out
    ],
)
def test_why_the_text_held_out_became_harder_is_told(losses, held_out, told):
    found = telling.next_steps(Path("mine.pt"), {"vocab_size": 9}, History(losses, held_out))
    *why, last = found.split("\n")
    assert last.endswith("write mine.pt")
    assert len(why) == bool(told)
    if told:
        assert "lowest after epoch 2" in why[0] and told in why[0]


def test_training_that_went_wild_ends_well(text, run):
    wild = [*SMALL, "--epochs", "4", "--learning-rate", "10000"]
    status, said, told = run("train", text, *wild)
    assert (status, told) == (0, "")
    assert "> e^20" in said and BY_HEART not in said


def test_a_long_training_shows_twenty_lines(text, run):
    _, said, _ = run("train", text, *SMALL, "--epochs", "40")
    lines = re.findall(r"(?m)^ +(\d+) +[\d.]+ +[\d.]+ +[\d,]+$", said)
    assert lines == [str(epoch) for epoch in range(2, 41, 2)]


def test_info_shows_what_the_file_holds(model, run):
    status, said, _ = run("info", model)
    assert status == 0
    weights = sum(weight.numel() for weight in models.opened(model).model.parameters())
    assert f"GRU, 6 hidden units, {weights} weights, 7 letters" in said
    assert "3 epochs" in said
    assert r"letters  \n abcde" in said


@pytest.mark.parametrize("tested", [[], [2.0, 1.5]])
def test_info_shows_what_the_page_has_saved(run, tested):
    known = Vocabulary("abc^$")
    layers.model_file.save("page.safetensors", CharModel(known.size, 4, "lstm"), known,
                           history=History([3.0, 2.5, 2.0], tested))  # fmt: skip
    status, said, _ = run("info", "page.safetensors")
    lines = [re.split("  +", line.strip()) for line in said.split("\n")]
    assert status == 0
    assert "text" not in [name for name, *_ in lines]  # the page does not tell which it was
    assert ["model", "LSTM, 4 hidden units, 201 weights, 3 letters"] in lines
    assert ["training", "3 epochs"] in lines
    assert ["perplexity", "7.39"] in lines
    assert (["perplexity, text held out", "4.48"] in lines) == bool(tested)
    assert ["letters", "abc"] in lines
    wanted = [["1", "20.09"], ["2", "12.18", "7.39"], ["3", "7.39", "4.48"]]
    assert lines[-4:-1] == [row[: 3 if tested else 2] for row in wanted]


@pytest.mark.parametrize("spelling", ["syllables", "jamo", "bytes"])
def test_a_korean_model_writes_korean(run, tmp_path, spelling):
    (tmp_path / "ko.txt").write_bytes("가나다라 강물이 흐른다.\r\n".encode("cp949") * 40)
    small = [*SMALL, "--letters", spelling]
    status, said, _ = run("train", "ko.txt", *small, "--language", "ko")
    assert status == 0
    assert said.startswith("ko.txt (CP949): ")
    saved = models.opened("ko.pt")
    assert (saved.spelling, "\r" in saved.vocabulary.letters) == (spelling, False)
    assert ("가" in saved.vocabulary.letters) == (spelling == "syllables")
    status, wrote, told = run("write", "ko.pt", "-p", "강물", "--length", "30", "--seed", "3")
    assert (status, told) == (0, "")
    assert wrote.startswith("강물")
    assert run("write", "ko.pt", "-p", "강물", "--length", "30", "--seed", "3")[1] == wrote


def test_writing_without_a_seed_says_which_it_took(model, run):
    _, wrote, told = run("write", model, "--length", "50")
    seed = re.search(r"--seed (\d+)", told)[1]
    assert run("write", model, "--length", "50", "--seed", seed)[1] == wrote


def test_writing_is_what_the_package_generates(model, run):
    saved = models.opened(model)
    wanted = layers.sampling.generate(saved.model, saved.vocabulary, "ab", 40, temperature=0.5,
                                      top_k=3, seed=5)  # fmt: skip
    wrote = run("write", model, "-p", "ab", "--length", "40", "--temperature", "0.5",
                "--top-k", "3", "--seed", "5")[1]  # fmt: skip
    assert wrote == "ab" + wanted + "\n"


def test_a_console_without_a_letter_shows_a_question_mark(model, monkeypatch):
    console = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", console)
    assert main(["info", "mine.pt", "--language", "ko"]) == 0
    console.flush()
    assert b"?" in console.buffer.getvalue()


def test_a_table_counts_korean_letters_twice():
    assert tables.width("가a漢") == 5
    assert tables.width("e\u0301") == 1
    assert tables.named([("글", "a"), ("abcd", "b")]) == "글    a\nabcd  b"
    assert tables.row(["가", "a"], [4, 3]) == "  가    a"
    assert tables.wrapped("가나 다라 마", 9) == ["가나 다라", "마"]


@pytest.mark.slow
@pytest.mark.parametrize("length", [20, 20_000])  # what Python holds back at the end, and more
def test_it_runs_as_a_module_and_lets_go_of_a_closed_pipe(model, length, monkeypatch):
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    command = f'"{sys.executable}" -m charrnn write mine.pt --length {length} --seed 1 | true'
    ended = subprocess.run(command, shell=True, capture_output=True, timeout=120, text=True)
    assert "Traceback" not in ended.stderr and "Exception" not in ended.stderr
