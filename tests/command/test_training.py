"""Training on a mapped text: what `layers.train` computes, stopped and taken up anywhere."""

import math
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from small_run import SMALL

from charrnn import CharModel, layers
from charrnn.command import learn, letters, models, training
from charrnn.layers import checkpoint
from charrnn.runtime import seeded


def same(one, other):
    """Whether two files hold the same run, to the last bit."""
    one, other = checkpoint.read(one), checkpoint.read(other)
    assert one["curves"] == other["curves"]
    assert ("middle" in one) == ("middle" in other)
    for part in one["model"]:
        assert torch.equal(one["model"][part], other["model"][part])
    ours, theirs = one["optimizer"]["state"], other["optimizer"]["state"]
    for number in ours:
        for name in ours[number]:
            assert torch.equal(ours[number][name], theirs[number][name])
    return True


@given(st.data())
def test_pieces_of_the_map_are_the_segments_of_the_text(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("text")
    count = data.draw(st.integers(8, 300))
    (folder / "a.txt").write_text("".join("abcdefg"[i * i % 7] for i in range(count)))
    numbered = letters.number(folder / "a.txt", folder, "syllables")
    batch, steps = data.draw(st.integers(1, count // 4)), data.draw(st.integers(1, 40))
    held_out = data.draw(st.integers(0, count - 2 * batch))
    width = (count - held_out) // batch
    cut = training.Cut(batch, min(steps, width), held_out, width)
    whole = torch.tensor(numbered.mapped().tolist())
    wanted = layers.segments(layers.batchify(whole[: count - held_out], batch), steps)
    assert cut.segments == len(wanted)
    found = list(cut.pieces(numbered, slice(None)))
    assert all(torch.equal(a, b) for a, b in zip(found, wanted, strict=True))
    first = data.draw(st.integers(0, len(wanted) - 1))
    (later, *_), low = cut.pieces(numbered, slice(0, 1), first), wanted[first][:1]
    assert torch.equal(later, low)
    assert cut.unlearned(numbered).tolist() == whole[count - held_out :].tolist()


def test_the_map_is_opened_anew_so_that_what_was_read_is_given_back(text, tmp_path, monkeypatch):
    numbered = letters.number(text, tmp_path, "syllables")
    monkeypatch.setattr(training, "REMAP", 4)
    maps, real = [], letters.Letters.mapped
    monkeypatch.setattr(letters.Letters, "mapped", lambda s: maps.append(1) or real(s))
    cut = training.Cut(2, 8, 0, 102)
    wanted = layers.segments(layers.batchify(torch.tensor(real(numbered).tolist()), 2), 8)
    found = list(cut.pieces(numbered, slice(None), 2))
    assert all(torch.equal(a, b) for a, b in zip(found, wanted[2:], strict=True))
    assert len(maps) == 4  # from segments 2, 4, 8 and 12 on


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_one_worker_computes_what_layers_train_does(text, run, kind):
    status, said, _ = run("train", text, *SMALL, "--kind", kind, "--learning-rate", "0.02")
    assert status == 0
    saved = models.opened("mine.pt")
    whole = saved.vocabulary.encode(text.read_text("utf-8"), marks=False)
    with seeded(0):
        model = CharModel(saved.vocabulary.size, 6, kind)
    wanted = layers.train(model, whole[:-40], validation=whole[-40:], epochs=3, batch=4, steps=8,
                          learning_rate=0.02)  # fmt: skip
    assert saved.content["curves"]["training"] == wanted.losses
    assert saved.content["curves"]["validation"] == wanted.validation_losses
    for ours, theirs in zip(saved.model.parameters(), model.parameters(), strict=True):
        assert torch.equal(ours, theirs)
    assert f"{layers.perplexity(wanted.validation_losses[-1]):.2f}" in said


@contextmanager
def stopping(monkeypatch, after):
    """Let Ctrl+C come after so many segments."""
    real = training.train

    def train(*run, stop, **settings):
        left = iter(range(after))
        return real(*run, stop=lambda: next(left, None) is None or stop(), **settings)

    with monkeypatch.context() as patch:
        patch.setattr(learn.training, "train", train)
        yield


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("after", [0, 3, 5, 8])
def test_stopped_and_resumed_is_the_same_to_the_last_bit(text, run, monkeypatch, kind, after):
    small = [*SMALL, "--kind", kind]
    assert run("train", text, *small, "-o", "straight.pt")[0] == 0
    with stopping(monkeypatch, after):
        status, said, _ = run("train", text, *small)
    assert status == 130
    assert "resume mine.pt" in said
    assert run("info", "mine.pt")[0] == 0
    assert run("resume", "mine.pt")[0] == 0
    assert same("straight.pt", "mine.pt")


def test_the_same_command_goes_on_too_and_saving_changes_nothing(text, run, monkeypatch):
    assert run("train", text, *SMALL, "-o", "straight.pt")[0] == 0
    for after in (2, 4, 3):
        with stopping(monkeypatch, after):
            assert run("train", text, *SMALL, "--save-every", "0")[0] == 130
    assert run("train", text, *SMALL, "--save-every", "0")[0] == 0
    assert same("straight.pt", "mine.pt")


def test_more_epochs_are_as_if_asked_for_at_first(text, run):
    assert run("train", text, *SMALL, "-o", "straight.pt", "--epochs", "5")[0] == 0
    assert run("train", text, *SMALL)[0] == 0
    status, said, _ = run("train", text, *SMALL)
    assert (status, "already learned for 3 epochs" in said) == (0, True)
    assert run("resume", "mine.pt", "--epochs", "5")[0] == 0
    assert same("straight.pt", "mine.pt")


def test_the_text_may_move_with_the_model_or_be_named(text, run, tmp_path):
    assert run("train", text, *SMALL)[0] == 0
    there = tmp_path / "there"
    there.mkdir()
    text.rename(there / "mine.txt")
    Path("mine.pt").rename(there / "mine.pt")
    assert run("resume", there / "mine.pt", "--epochs", "4")[0] == 0
    (there / "mine.txt").rename(tmp_path / "other.txt")
    status, _, told = run("resume", there / "mine.pt", "--epochs", "5")
    assert (status, "--text" in told) == (2, True)
    assert run("resume", there / "mine.pt", "--epochs", "5", "--text", "other.txt")[0] == 0


def forge(settings=None, middle=None):
    """Save mine.pt again, some of its settings or of its middle exchanged."""
    saved = models.opened("mine.pt")
    model, adam = models.made(saved.settings)
    checkpoint.restore(saved.content, "mine.pt", model, adam, saved.settings)
    checkpoint.save("mine.pt", model, adam, saved.settings | (settings or {}),
                    saved.content["curves"],
                    None if middle is None else saved.content["middle"] | middle)  # fmt: skip


def test_the_losses_of_other_workers_count_as_their_mean(text, run, monkeypatch):
    assert run("train", text, *SMALL, "-o", "straight.pt")[0] == 0
    with stopping(monkeypatch, 3):
        assert run("train", text, *SMALL)[0] == 130
    (total,) = checkpoint.read("mine.pt")["middle"]["totals"].tolist()
    forge(middle={"totals": torch.tensor([total + 8, total - 8])})
    assert run("resume", "mine.pt")[0] == 0
    wanted = checkpoint.read("straight.pt")["curves"]["training"]
    assert checkpoint.read("mine.pt")["curves"]["training"] == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize(
    "wrong",
    [{"segment": 0}, {"segment": 5}, {"segment": True}, {"totals": torch.tensor([])},
     {"totals": torch.tensor([float("nan")])}, {"totals": None}, {"state": None},
     {"totals": torch.zeros(5)}, {"totals": torch.tensor(0.0)}, {"totals": torch.zeros(2, 2)},
     {"state": torch.zeros(1, 3, 6)}, {"state": torch.zeros(1, 4, 6).double()}],
)  # fmt: skip
def test_a_forged_middle_is_refused(text, run, monkeypatch, wrong):
    with stopping(monkeypatch, 2):
        assert run("train", text, *SMALL)[0] == 130
    forge(middle=wrong)
    status, _, told = run("resume", "mine.pt")
    assert status == 2
    assert "holds something else than a training run" in told


@pytest.mark.parametrize(
    "wrong",
    [{"batch": 0}, {"batch": "4"}, {"steps": 0}, {"seed": -1}, {"held_out": -1}, {"epochs": "3"},
     {"clip": None}, {"learning_rate": 0.0}, {"text_file": None}, {"batch": True}],
)  # fmt: skip
def test_forged_settings_are_refused(text, run, wrong):
    assert run("train", text, *SMALL)[0] == 0
    forge(settings=wrong)
    for command in (
        ["resume", "mine.pt"],
        ["info", "mine.pt"],
        ["write", "mine.pt"],
        ["train", text, *SMALL],
    ):
        status, _, told = run(command[0], *command[1:])
        assert (status, "holds something else than a training run" in told) == (2, True)


@pytest.mark.parametrize("after", [3, 4])  # in the middle of an epoch, and in its last segment
@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_divergence_is_told_and_leaves_what_was_saved(text, run, monkeypatch, after, loss):
    sound, real = iter(range(after)), training.NextLetter.forward

    def forward(*read):
        found, state = real(*read)
        return (found if next(sound, None) is not None else found * loss), state

    monkeypatch.setattr(training.NextLetter, "forward", forward)
    status, _, told = run("train", text, *SMALL)
    assert status == 1
    assert f"the loss is {loss} in epoch 0" in told
    assert "Lower --learning-rate" in told
    assert models.opened("mine.pt").content["curves"]["training"] == []


def test_of_two_runs_into_one_file_the_second_is_refused(text, run, monkeypatch):
    answers, real = [], training.train

    def train(*given, **settings):
        Path("link.pt").symlink_to("mine.pt")
        for command in (["train", text, *SMALL], ["train", text, *SMALL, "-o", "link.pt"],
                        ["resume", "mine.pt"]):  # fmt: skip
            answers.append(run(*command))
        return real(*given, **settings)

    Path("mine.pt.lock").touch()  # as a killed run leaves it
    monkeypatch.setattr(learn.training, "train", train)
    assert run("train", text, *SMALL)[0] == 0
    assert [status for status, _, _ in answers] == [2, 2, 2]
    assert all("Another run is training into" in told for _, _, told in answers)
    assert not list(Path().glob("*.lock"))
    monkeypatch.setattr(learn.training, "train", real)
    assert run("resume", "mine.pt", "--epochs", "4")[0] == 0


def test_nothing_held_out_leaves_no_second_perplexity(text, run):
    status, said, _ = run("train", text, *SMALL, "--held-out", "0")
    assert status == 0
    assert models.opened("mine.pt").content["curves"]["validation"] == []
    assert "perplexity, text held out" not in said
