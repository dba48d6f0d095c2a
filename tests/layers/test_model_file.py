"""A model in a file: all of it comes back, nothing else is opened, and nothing is lost."""

import json
import zlib

import pytest
import torch
from nonsense import NONSENSE, refused

from charrnn import CharModel, History, Vocabulary, layers
from charrnn.command import main
from charrnn.layers import model_file
from charrnn.layers.checkpoint import CheckpointError
from charrnn.layers.model_file import SavedModel, from_bytes, to_bytes
from charrnn.layers.sampling import generate
from charrnn.text.hangul import decode_from

ABC = Vocabulary("abㅏ␂␃")
HISTORY = History([2.5, 1.25], [3.0, 2.0])


def model(kind="gru"):
    torch.manual_seed(0)
    return CharModel(5, 3, kind)


def saved(**changes):
    return SavedModel(**{"model": model(), "vocabulary": ABC, "spelling": "jamo",
                         "history": HISTORY} | changes)  # fmt: skip


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_a_model_comes_back_as_it_was(tmp_path, kind):
    given = model(kind)
    model_file.save(tmp_path / "m", given, ABC, spelling="jamo", history=HISTORY)
    found = model_file.load(tmp_path / "m")
    assert (found.vocabulary, found.spelling) == (ABC, "jamo")
    assert (found.model.kind, found.model.hidden_size) == (kind, 3)
    assert found.history.losses == HISTORY.losses
    assert found.history.validation_losses == HISTORY.validation_losses
    for name, weights in given.state_dict().items():
        assert torch.equal(found.model.state_dict()[name], weights)


def test_saving_and_loading_draw_nothing(tmp_path):
    given, before = model(), torch.get_rng_state()
    model_file.save(tmp_path / "m", given, ABC)
    model_file.load(tmp_path / "m")
    layers.train(given, torch.arange(100) % 5, epochs=1, batch=4, path=tmp_path / "run")
    model_file.load(tmp_path / "run", ABC)
    assert torch.equal(torch.get_rng_state(), before)


def test_it_is_a_file_of_safetensors():
    """By the format's own description: the length, JSON, the numbers without a gap."""
    content = to_bytes(saved())
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    told = header.pop("__metadata__")
    assert all(isinstance(value, str) for value in told.values())
    end = 0
    for name, weights in model().state_dict().items():
        assert header[name]["dtype"] == "F32" and header[name]["shape"] == list(weights.shape)
        assert header[name]["data_offsets"] == [end, end + 4 * weights.numel()]
        end += 4 * weights.numel()
    assert len(content) == 8 + length + end and length % 8 == 0


def test_a_model_in_double_precision_is_kept_in_single():
    found = from_bytes(to_bytes(saved(model=model().double())))
    assert found.model.output.weight.dtype == torch.float32


@pytest.mark.parametrize("at", range(0, 700, 3))
def test_a_changed_byte_changes_no_number(at):
    content = bytearray(to_bytes(saved()))
    at %= len(content)
    content[at] ^= 1 + at % 255
    try:
        found = from_bytes(bytes(content))
    except CheckpointError:
        return
    for name, weights in model().state_dict().items():
        assert torch.equal(found.model.state_dict()[name], weights)


@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 100, -4, -1])
def test_a_file_cut_off_is_refused(tmp_path, length):
    (tmp_path / "m").write_bytes(to_bytes(saved())[:length])
    with pytest.raises(CheckpointError, match=r"no model of this book|is damaged"):
        model_file.load(tmp_path / "m")


def forged(change):
    content = to_bytes(saved())
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    change(header)
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + content[8 + length :]


def told(**values):
    return lambda header: header["__metadata__"].update(values)


def entry(**values):
    return lambda header: header["output.bias"].update(values)


@pytest.mark.parametrize(
    ("words", "change"),
    [("newer version", told(charrnn="2")), ("no model", told(charrnn="x")),
     ("no model", told(charrnn=float("inf"))),
     ("no model", lambda header: header.pop("__metadata__")),
     ("damaged", told(crc32="00000000")), ("something else", told(kind="transformer")),
     ("something else", told(letters="abcd␂␃")), ("something else", told(letters="aaㅏ␂␃")),
     ("something else", told(spelling="words")), ("something else", told(losses="[NaN]")),
     ("something else", told(losses='["a"]')), ("something else", told(losses="{")),
     ("something else", entry(dtype="F16")), ("something else", entry(shape=[4])),
     ("something else", entry(data_offsets=[10**6, 10**6 + 20])),
     ("something else", entry(data_offsets=[-20, 0])),
     ("something else", lambda header: header.pop("output.bias")),
     ("something else", lambda header: header["output.weight"].update(shape=[5, 10**9]))],
)  # fmt: skip
def test_a_forged_header_is_refused(words, change):
    with pytest.raises(CheckpointError, match=words):
        from_bytes(forged(change))


def test_nan_in_the_numbers_is_refused():
    content = bytearray(to_bytes(saved()))
    content[-4:] = b"\x00\x00\xc0\x7f"
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    header["__metadata__"]["crc32"] = f"{zlib.crc32(content[8 + length :]):08x}"
    text = json.dumps(header).encode()
    with pytest.raises(CheckpointError, match="nan or inf"):
        from_bytes(len(text).to_bytes(8, "little") + text + content[8 + length :])


def test_a_file_of_another_kind_is_refused_unread(tmp_path):
    for content in (b"", b"PK\x03\x04" + bytes(100), b"plain text " * 9, b"\xff" * 100):
        (tmp_path / "m").write_bytes(content)
        with pytest.raises(CheckpointError, match="no model of this book"):
            model_file.load(tmp_path / "m")
    with pytest.raises(CheckpointError, match="a folder"):
        model_file.load(tmp_path)
    with pytest.raises(FileNotFoundError):
        model_file.load(tmp_path / "not there")


def test_a_checkpoint_is_opened_with_its_letters(tmp_path):
    path, given = tmp_path / "run", model()
    history = layers.train(
        given, torch.arange(100) % 5, epochs=2, batch=4, steps=5, path=path, progress=False
    )
    with pytest.raises(CheckpointError, match="give the vocabulary too"):
        model_file.load(path)
    with pytest.raises(CheckpointError, match="5 letters, the vocabulary has 4"):
        model_file.load(path, Vocabulary("ab␂␃"))
    found = model_file.load(path, ABC)
    assert found.history.losses == history.losses
    assert torch.equal(found.model.output.weight, given.output.weight)


def test_a_model_of_the_command_line_brings_its_letters(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text("가는 말이 고와야 오는 말이 곱다.\n" * 20, "utf-8")
    settings = ["--hidden", "5", "--batch", "2", "--steps", "9", "--epochs", "2"]
    assert main(["train", "mine.txt", "--letters", "bytes", *settings]) == 0
    found = model_file.load(tmp_path / "mine.pt")
    assert found.spelling == "bytes" and found.history.epochs == 2
    assert model_file.load("mine.pt", found.vocabulary).vocabulary == found.vocabulary
    model_file.save("mine.safetensors", **vars(found))
    again = model_file.load("mine.safetensors")
    assert again.vocabulary == found.vocabulary
    assert torch.equal(again.model.output.weight, found.model.output.weight)


def test_letters_beside_a_file_that_holds_its_own_have_to_be_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text("abc\n" * 50)
    settings = ["--hidden", "5", "--batch", "2", "--steps", "9", "--epochs", "1"]
    assert main(["train", "mine.txt", *settings]) == 0
    known = model_file.load("mine.pt").vocabulary
    model_file.save("mine.safetensors", **vars(model_file.load("mine.pt")))
    others = [Vocabulary(known.letters[:-2][::-1] + known.letters[-2:]), ABC, Vocabulary("ab␂␃")]
    for path in ("mine.pt", "mine.safetensors"):
        assert model_file.load(path, Vocabulary(known.letters)).vocabulary == known
        for other in others:
            with pytest.raises(CheckpointError, match="leave the vocabulary out"):
                model_file.load(path, other)


def test_the_command_line_writes_with_a_model_of_the_page(tmp_path, capsys):
    model_file.save(tmp_path / "m.safetensors", model(), ABC, spelling="jamo")
    typed = ["write", str(tmp_path / "m.safetensors"), "--prompt", "ab", "--length", "30"]
    assert main([*typed, "--seed", "3"]) == 0
    wrote = capsys.readouterr().out
    assert wrote == decode_from("ab" + generate(model(), ABC, "ab", 30, seed=3), "jamo") + "\n"


def test_what_cannot_be_kept_leaves_the_old_file(tmp_path):
    path = tmp_path / "m"
    model_file.save(path, model(), ABC)
    before = path.read_bytes()
    diverged = model()
    with torch.no_grad():
        diverged.output.bias[0] = float("nan")
    with pytest.raises(ValueError, match="diverged"):
        model_file.save(path, diverged, ABC)
    with pytest.raises(ValueError, match="the vocabulary has 4"):
        model_file.save(path, model(), Vocabulary("ab␂␃"))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize(
    ("name", "kind", "call"),
    [("path", "string", lambda bad: model_file.save(bad, model(), ABC)),
     ("path", "string", model_file.load),
     ("model", "object", lambda bad: model_file.save("m", bad, ABC)),
     ("vocabulary", "object", lambda bad: model_file.save("m", model(), bad)),
     ("spelling", "word", lambda bad: model_file.save("m", model(), ABC, spelling=bad)),
     ("history", "object", lambda bad: model_file.save("m", model(), ABC, history=bad))],
)  # fmt: skip
def test_nonsense_is_refused_by_name(tmp_path, monkeypatch, name, kind, call):
    monkeypatch.chdir(tmp_path)
    for bad in NONSENSE[kind]:
        if bad is not None or name != "history":
            refused(name, call, bad)
    assert not list(tmp_path.iterdir())


def test_no_vocabulary_beside_a_file_is_refused_whatever_the_file(tmp_path):
    layers.train(model(), torch.arange(100) % 5, epochs=1, batch=4, path=tmp_path / "run")
    model_file.save(tmp_path / "m", model(), ABC)
    for path in (tmp_path / "run", tmp_path / "m"):
        for bad in NONSENSE["object"]:
            if bad is not None:
                refused("vocabulary", model_file.load, path, bad)
