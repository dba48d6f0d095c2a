"""Long text: cutting, truncated backpropagation, carried state, resuming, cost."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from charrnn import layers
from charrnn.experiments import bptt_cost
from charrnn.layers import checkpoint, training
from charrnn.layers.model import CharModel
from charrnn.scratch.training import DivergenceError


def fresh(vocab_size=7, hidden_size=5, kind="gru", seed=0):
    torch.manual_seed(seed)
    return CharModel(vocab_size, hidden_size, kind)


def some_letters(count=200, vocab_size=7, seed=0):
    return torch.randint(vocab_size, (count,), generator=torch.Generator().manual_seed(seed))


def same(one, other):
    return all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))


# Cutting


@given(st.integers(1, 9), st.integers(2, 400))
def test_streams_are_the_text_in_order(batch, count):
    letters = torch.arange(count)
    if count // batch < 2:
        with pytest.raises(ValueError, match="pieces"):
            layers.batchify(letters, batch)
        return
    rows = layers.batchify(letters, batch)
    assert rows.shape == (batch, count // batch)
    assert rows.flatten().tolist() == list(range(rows.numel()))


@given(st.integers(2, 60), st.integers(1, 70))
def test_stretches_ask_each_next_letter_once(width, steps):
    rows = torch.arange(2 * width).view(2, width)
    pieces = layers.segments(rows, steps)
    assert torch.equal(torch.cat([piece[:, :-1] for piece in pieces], dim=1), rows[:, :-1])
    assert torch.equal(torch.cat([piece[:, 1:] for piece in pieces], dim=1), rows[:, 1:])


# Training


def by_hand(model, rows, steps, lr, clip):
    """Truncated BPTT of one row on a plain loop over letters, with the cell of PyTorch."""
    cell = torch.nn.GRUCell(model.vocab_size, model.hidden_size)
    for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
        getattr(cell, name).data = getattr(model.recurrent, f"{name}_l0").detach().clone()
    output = torch.nn.Linear(model.hidden_size, model.vocab_size)
    output.load_state_dict(model.output.state_dict())
    parameters = [*cell.parameters(), *output.parameters()]
    adam = torch.optim.Adam(parameters, lr=lr)
    h, total = torch.zeros(len(rows), model.hidden_size), 0.0
    for at in range(0, rows.shape[1] - 1, steps):
        count, loss = 0, 0.0
        h = h.detach()
        for t in range(at, min(at + steps, rows.shape[1] - 1)):
            x = torch.nn.functional.one_hot(rows[:, t], model.vocab_size).float()
            h = cell(x, h)
            loss = loss + torch.nn.functional.cross_entropy(output(h), rows[:, t + 1])
            count += 1
        adam.zero_grad()
        (loss / count).backward()
        torch.nn.utils.clip_grad_norm_(parameters, clip)
        adam.step()
        total += loss.item()
    return total / (rows.shape[1] - 1)


@pytest.mark.parametrize(("batch", "steps"), [(1, 7), (3, 16), (4, 1)])
def test_an_epoch_agrees_with_a_loop_over_letters(batch, steps):
    letters = some_letters(120)
    wanted = by_hand(fresh(), layers.batchify(letters, batch), steps, 0.01, 1.0)
    curves = layers.train(fresh(), letters, epochs=1, batch=batch, steps=steps, learning_rate=0.01)
    assert curves.losses[0] == pytest.approx(wanted, rel=1e-4)


def test_without_carry_each_stretch_starts_from_zeros():
    model, letters = fresh(), some_letters(33)
    rows = layers.batchify(letters, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    apart = [
        torch.nn.functional.cross_entropy(model(piece[:, :-1])[0][0], piece[0, 1:]).item()
        for piece in layers.segments(rows, 8)
    ]
    got = layers.train_epoch(model, optimizer, rows, 8, 1.0, carry=False)
    assert got == pytest.approx(sum(apart) / 4, rel=1e-5)
    assert layers.train_epoch(model, optimizer, rows, 8, 1.0) != pytest.approx(got, rel=1e-6)


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_evaluate_is_the_loss_of_the_whole_text_however_it_is_cut(kind):
    model, letters = fresh(kind=kind), some_letters(100)
    whole = torch.nn.functional.cross_entropy(model(letters[None, :-1])[0][0], letters[1:]).item()
    for steps in (1, 7, 99, 500):
        assert layers.evaluate(model, letters, steps) == pytest.approx(whole, rel=1e-5)


def test_fit_learns_a_text_that_repeats():
    letters = torch.arange(6).repeat(50)
    curves = layers.train(fresh(hidden_size=16), letters, validation=letters[:60], epochs=15,
                        batch=4, steps=10, learning_rate=0.02)  # fmt: skip
    assert curves.losses[0] > 1 > 0.3 > curves.losses[-1]
    assert curves.validation_losses[-1] < 0.3
    assert len(curves.validation_losses) == len(curves.losses) == 15


@pytest.mark.parametrize(
    "wrong",
    [{"epochs": -1}, {"steps": 0}, {"learning_rate": 0}, {"learning_rate": math.inf}, {"clip": 0},
     {"batch": 0}, {"batch": 150}],
)  # fmt: skip
def test_fit_refuses_settings_out_of_range(wrong):
    with pytest.raises(ValueError):
        layers.train(fresh(), some_letters(), **wrong)


def test_fit_tells_of_divergence():
    model = fresh()
    model.output.weight.data.fill_(math.nan)
    with pytest.raises(DivergenceError, match="learning_rate"):
        layers.train(model, some_letters(), epochs=1)


# Checkpoints


def interrupted(monkeypatch, after):
    """Make the n-th epoch from now fail as Ctrl-C does, in its middle."""
    real, count = layers.train_epoch, []

    def learn_once(model, *rest, **more):
        count.append(1)
        if len(count) > after:
            model.output.weight.data += 1  # half an epoch has already changed the weights
            raise KeyboardInterrupt
        return real(model, *rest, **more)

    monkeypatch.setattr(training, "train_epoch", learn_once)


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_resumed_is_the_same_to_the_last_bit(tmp_path, monkeypatch, kind):
    letters, path = some_letters(), tmp_path / "run.ckpt"
    settings = {"epochs": 4, "batch": 3, "steps": 9, "validation": some_letters(40, seed=1)}
    straight = fresh(kind=kind)
    wanted = layers.train(straight, letters, **settings)
    with monkeypatch.context() as patch:
        interrupted(patch, after=2)
        with pytest.raises(KeyboardInterrupt):
            layers.train(fresh(kind=kind), letters, path=path, **settings)
    resumed = fresh(kind=kind, seed=9)  # other first weights: all must come from the file
    got = layers.train(resumed, letters, path=path, **settings)
    assert same(resumed, straight)
    assert got == wanted


def test_a_finished_run_is_only_read(tmp_path):
    path = tmp_path / "run.ckpt"
    first, again = fresh(), fresh(seed=1)
    layers.train(first, some_letters(), epochs=2, path=path)
    before = path.read_bytes()
    curves = layers.train(again, some_letters(), epochs=2, path=path)
    assert same(first, again)
    assert len(curves.losses) == 2
    assert path.read_bytes() == before


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "run.ckpt"
    layers.train(fresh(), some_letters(), epochs=1, path=path)
    return path


def refused(path, **settings):
    """The message of the refusal; the model is left as it was."""
    model = fresh()
    with pytest.raises(checkpoint.CheckpointError) as error:
        layers.train(
            model, settings.pop("letters", some_letters()), epochs=2, path=path, **settings
        )
    assert same(model, fresh())
    return str(error.value)


def test_every_damaged_byte_is_noticed(saved):
    content = saved.read_bytes()
    for at in {*range(0, len(content), 997), len(content) - 1}:
        damaged = bytearray(content)
        damaged[at] ^= 4
        saved.write_bytes(damaged)
        assert str(saved) in refused(saved)


@pytest.mark.parametrize("kept", [0, 10, 60, 500, -1])
def test_a_file_cut_short_is_noticed(saved, kept):
    saved.write_bytes(saved.read_bytes()[:kept])
    assert str(saved) in refused(saved)


def test_foreign_files_are_refused(saved):
    saved.write_text("나는 체크포인트가 아닙니다.", encoding="utf-8")
    assert "not a checkpoint" in refused(saved)
    torch.save(fresh().state_dict(), saved)
    assert "not a checkpoint" in refused(saved)


def test_nothing_in_a_file_is_executed(saved, tmp_path):
    import hashlib
    import io

    ran = tmp_path / "ran"

    class Trap:
        def __reduce__(self):
            return (exec, (f"open({str(ran)!r}, 'w').close()",))

    buffer = io.BytesIO()
    torch.save({"settings": {}, "curves": {}, "model": Trap(), "optimizer": {}}, buffer)
    body = buffer.getvalue()
    torch.load(io.BytesIO(body), weights_only=False)
    assert ran.exists()  # the trap works where it is not guarded against
    ran.unlink()
    digest = hashlib.sha256(body).hexdigest().encode()
    saved.write_bytes(checkpoint.FORMAT + b"2 " + digest + b"\n" + body)
    assert "something else" in refused(saved)
    assert not ran.exists()


def test_other_settings_are_named(saved):
    message = refused(saved, learning_rate=0.5)
    assert "learning_rate (0.005 there, 0.5 here)" in message
    assert "text" in refused(saved, letters=some_letters(seed=5))


def test_a_save_that_fails_leaves_the_old_file(saved, monkeypatch):
    before = saved.read_bytes()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(checkpoint.os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        layers.train(fresh(), some_letters(), epochs=2, path=saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


# Cost


def test_kept_memory_stays_in_stretches_and_grows_without():
    model = fresh(30, 40)
    short, long = some_letters(400, 30), some_letters(4000, 30)
    assert bptt_cost.saved_tensor_bytes(model, short, 32) == bptt_cost.saved_tensor_bytes(
        model, long, 32
    )
    whole = bptt_cost.saved_tensor_bytes(model, long) / bptt_cost.saved_tensor_bytes(model, short)
    assert 7 < whole < 11
    # At least the states and the one-hot rows of each step are kept, 4 bytes a number.
    assert bptt_cost.saved_tensor_bytes(model, long) > 4 * 4000 * (40 + 30)


def test_seconds_are_seconds():
    assert 0 < bptt_cost.seconds_per_epoch(fresh(), some_letters(100), 10) < 60


# What each setting does


def plain_fit(model, letters, validation, epochs, batch, steps, rate, clip, carry):
    """Training restated on PyTorch alone: no function of the package but the model's forward."""
    width = len(letters) // batch
    rows = letters[: width * batch].reshape(batch, width)
    adam = torch.optim.Adam(model.parameters(), lr=rate)
    losses, others = [], []
    for _ in range(epochs):
        state, total = None, 0.0
        for at in range(0, width - 1, steps):
            read, said = rows[:, at : at + steps][:, : width - 1 - at], rows[:, at + 1 :][:, :steps]
            logits, state = model(read, state)
            loss = torch.nn.CrossEntropyLoss()(logits.reshape(-1, 7), said.reshape(-1))
            model.zero_grad()
            loss.backward()
            norm = math.sqrt(sum(float((p.grad**2).sum()) for p in model.parameters()))
            for p in model.parameters():
                p.grad *= min(1.0, clip / (norm + 1e-6))
            adam.step()
            parts = state if isinstance(state, tuple) else (state,)
            parts = tuple(part.detach() for part in parts)
            state = (parts if isinstance(state, tuple) else parts[0]) if carry else None
            total += loss.item() * read.shape[1]
        losses.append(total / (width - 1))
        with torch.no_grad():
            logits = model(validation[None, :-1])[0][0]
            others.append(torch.nn.CrossEntropyLoss()(logits, validation[1:]).item())
    return losses, others


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("carry", [True, False])
@pytest.mark.parametrize("clip", [0.05, 100.0])
def test_fit_is_the_plain_loop(kind, carry, clip):
    letters, other = some_letters(150), some_letters(40, seed=1)
    plain, ours = fresh(kind=kind).double(), fresh(kind=kind).double()
    losses, others = plain_fit(plain, letters, other, 3, 4, 8, 0.02, clip, carry)
    curves = layers.train(ours, letters, validation=other, epochs=3, batch=4, steps=8,
                        learning_rate=0.02, clip=clip, carry=carry, progress=False)  # fmt: skip
    assert curves.losses == pytest.approx(losses, rel=1e-9)
    assert curves.validation_losses == pytest.approx(others, rel=1e-9)
    for a, b in zip(plain.parameters(), ours.parameters(), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-7, atol=1e-9)


def test_a_bad_loss_ends_training_with_the_losses_before(monkeypatch):
    values = iter([2.0, 1.5, math.nan])
    monkeypatch.setattr(training, "train_epoch", lambda *_: next(values))
    with pytest.raises(DivergenceError) as caught:
        layers.train(fresh(), some_letters(), epochs=5, progress=False)
    assert caught.value.epoch == 2
    assert caught.value.history.losses == [2.0, 1.5]


def test_the_defaults_are_those_of_the_chapters():
    straight = layers.train(fresh(), some_letters(400), epochs=1, progress=False)
    told = layers.train(fresh(), some_letters(400), epochs=1, batch=16, steps=64,
                      learning_rate=0.005, clip=1.0, carry=True, progress=False)  # fmt: skip
    assert straight == told


def test_kept_bytes_and_evaluate_do_not_change_the_model():
    model, before = fresh(), fresh()
    bptt_cost.saved_tensor_bytes(model, some_letters(50), 8)
    layers.evaluate(model, some_letters(50))
    assert same(model, before)
    assert all(p.grad is None for p in model.parameters())
