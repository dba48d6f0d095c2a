"""Training: the post's numbers, the same run twice, clear ends, and a bar that can be hidden."""

import math
import os
import subprocess
import sys
import unicodedata

import numpy as np
import post
import pytest
import torch
import tqdm.notebook

from charrnn import (
    SENTENCE,
    DivergenceError,
    History,
    PostCell,
    Vocabulary,
    VocabularyError,
    generate,
    sequence_loss,
    train,
)


def quiet(*args, **kwargs):
    return train(*args, progress=False, **kwargs)


def weights(cell):
    return torch.cat([p.detach().flatten() for p in cell.parameters()])


# --- the post's own run ---------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, 1, 2026])
def test_the_same_weights_give_the_posts_losses(seed):
    net = post.network(seed)
    cell, history = quiet(epochs=50, seed=seed)
    np.testing.assert_allclose(history.losses, post.fit(net, epochs=50), rtol=0, atol=1e-6)
    assert post.say(net) == generate(cell, length=len(SENTENCE)).text


@pytest.mark.parametrize("seed", [0, 7])
def test_the_first_weights_are_the_posts(seed):
    cell, history = quiet(epochs=0, seed=seed)
    assert torch.equal(weights(cell), weights(post.network(seed)))
    assert history.losses == []


def test_losses_are_those_before_each_epochs_step():
    untrained, _ = quiet(epochs=0)
    after_two, history = quiet(epochs=2)
    data = post.rows()
    assert history.losses[0] == pytest.approx(sequence_loss(untrained, data).item(), rel=1e-6)
    third = quiet(epochs=3)[1].losses[2]
    assert third == pytest.approx(sequence_loss(after_two, data).item(), rel=1e-6)


def test_the_sum_over_steps_of_the_mean_over_letters():
    """A network that says nothing scores one 1 in 35 at each of 32 steps."""
    cell, _ = quiet(epochs=0)
    for p in cell.parameters():
        p.data.zero_()
    assert sequence_loss(cell, post.rows()).item() == pytest.approx(32 / 35)


@pytest.mark.parametrize("settings", [{"learning_rate": 0.003}, {"hidden_size": 5},
                                      {"epsilon": 1e-3}, {"text": "aab?"}])  # fmt: skip
def test_the_settings_do_what_they_say(settings):
    """Against torch's Adam on the readable loss, with the same settings."""
    settings = {"text": SENTENCE, "hidden_size": 35, "learning_rate": 0.01, **settings}
    cell, _ = quiet(epochs=0, **settings)
    adam = torch.optim.Adam(
        cell.parameters(), lr=settings["learning_rate"], eps=settings.get("epsilon", 1e-8)
    )
    expected = []
    for _ in range(20):
        adam.zero_grad()
        loss = sequence_loss(cell, post.rows(settings["text"]))
        loss.backward()
        adam.step()
        expected.append(loss.item())
    _, history = quiet(epochs=20, **settings)
    np.testing.assert_allclose(history.losses, expected, rtol=0, atol=1e-6)


# --- forty seeds ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def forty():
    return [quiet(seed=seed) for seed in range(40)]


def test_forty_seeds_say_the_sentence_back(forty):
    said = [generate(cell) for cell, _ in forty]
    assert [s.text for s in said] == [SENTENCE] * 40
    assert all(s.ended for s in said)
    assert all(len(s.steps) == 32 for s in said)


def test_forty_seeds_start_and_fall_as_the_post(forty):
    first = [history.losses[0] for _, history in forty]
    below = [history.first_below(1e-3) for _, history in forty]
    assert 1.1 < min(first) <= max(first) < 1.5
    assert max(below) < 150
    assert len(set(first)) == 40
    assert {history.epochs for _, history in forty} == {1000}


# --- the same run twice ---------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bits_whatever_was_drawn_before():
    torch.manual_seed(1)
    cell, history = quiet(epochs=200, seed=3)
    torch.rand(5)
    again, history_again = quiet(epochs=200, seed=3)
    assert history == history_again
    assert torch.equal(weights(cell), weights(again))
    assert quiet(epochs=1, seed=4)[1].losses != history.losses[:1]


def test_torchs_global_generator_and_threads_stay_as_they_were():
    torch.manual_seed(5)
    state, threads = torch.get_rng_state(), torch.get_num_threads()
    torch.set_num_threads(threads + 1)
    quiet(epochs=2)
    assert torch.get_num_threads() == threads + 1
    with pytest.raises(DivergenceError):
        quiet(learning_rate=1e30)
    assert torch.get_num_threads() == threads + 1
    torch.set_num_threads(threads)
    assert torch.equal(torch.get_rng_state(), state)


# --- ends -----------------------------------------------------------------------------------------


def test_stop_below_stops_at_the_first_epoch_under_it_and_keeps_its_weights():
    _, whole = quiet(epochs=200)
    cell, history = quiet(epochs=200, stop_below=1e-2)
    first = next(e for e, loss in enumerate(whole.losses) if loss < 1e-2)
    assert 0 < first < 199
    assert history.losses == whole.losses[: first + 1]
    assert history.first_below(1e-2) == first == history.epochs - 1
    assert sequence_loss(cell, post.rows()).item() == pytest.approx(history.losses[-1], rel=1e-4)


def test_a_loss_that_is_the_limit_itself_is_not_below_it():
    losses = quiet("ab", epochs=3)[1].losses
    assert losses[0] > losses[1] > losses[2]
    assert quiet("ab", epochs=3, stop_below=losses[1])[1].losses == losses
    assert quiet("ab", epochs=3, stop_below=losses[1] + 1e-9)[1].losses == losses[:2]


def test_stop_below_never_reached_runs_to_the_end():
    _, history = quiet(epochs=5, stop_below=1e-9)
    assert history.epochs == 5
    assert history.first_below(1e-9) is None


def test_first_below_is_strict_and_the_first():
    history = History([3.0, 1.0, 2.0, 0.5])
    assert [history.first_below(x) for x in (4, 3, 2, 1, 0.5)] == [0, 1, 1, 3, None]


@pytest.mark.parametrize("rate", [1e30, 1e19])
def test_divergence_says_when_and_what_to_lower_and_keeps_the_losses(rate):
    with pytest.raises(DivergenceError) as caught:
        quiet(learning_rate=rate)
    error = caught.value
    assert error.epoch == len(error.history.losses) >= 1
    assert all(map(math.isfinite, error.history.losses))
    message = str(error)
    assert f"epoch {error.epoch}" in message
    assert "Lower learning_rate" in message
    assert f"{rate}" in message
    assert error.history.settings["learning_rate"] == rate


@pytest.mark.parametrize("rate", [0, -0.01, math.nan, math.inf])
def test_a_learning_rate_that_cannot_be_is_refused(rate):
    with pytest.raises(ValueError, match=rf"learning_rate.*{rate}"):
        quiet(learning_rate=rate)


@pytest.mark.parametrize(
    "settings", [{"epochs": -1}, {"epsilon": -1e-9}, {"epsilon": math.nan}, {"hidden_size": 0}]
)
def test_settings_out_of_range_are_refused(settings):
    with pytest.raises(ValueError, match=str(next(iter(settings.values())))):
        quiet(**settings)


def test_a_text_outside_the_vocabulary_is_refused_before_any_epoch():
    with pytest.raises(VocabularyError, match="'W' at position 6"):
        quiet("hello World")
    with pytest.raises(TypeError):
        quiet(None)


def test_hangul_with_a_vocabulary_of_its_own():
    vocabulary = Vocabulary("가나다 01")
    text = "가 나다 가"
    cell, history = quiet(text, vocabulary=vocabulary, hidden_size=12, epochs=300)
    assert history.settings["text"] == text
    assert generate(cell, vocabulary=vocabulary).text == text


# --- the bar --------------------------------------------------------------------------------------

RUN = """
import sys
from charrnn import train
train(epochs=3)
print("then", file=sys.stderr, flush=True)
train(epochs=3, progress={progress})
"""


def bars(disable, progress):
    """What stands on stderr for a run as it comes, and for one with ``progress`` set."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TQDM_")}
    # A bar draws again after 0.1 s, and three epochs take less.
    environment["TQDM_MININTERVAL"] = "0"
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(progress=progress)],
        env={**environment, **({"TQDM_DISABLE": "1"} if disable else {})},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout == ""
    return done.stderr.split("then\n")


def test_the_bar_shows_by_default_and_is_hidden_without_progress():
    shown, hidden = bars(disable=False, progress=False)
    assert "epochs: 100%" in shown
    assert "3/3" in shown
    # The last thing drawn is blanks over the bar: later ones do not pile up under it.
    assert shown.splitlines()[-1].isspace()
    assert "loss=" in shown
    assert hidden == ""


def test_the_environment_can_hide_every_bar():
    assert bars(disable=True, progress=True) == ["", ""]


def test_the_environment_can_hide_the_notebooks_bar(monkeypatch, capsys):
    """The built page has no place for a widget that nothing moves any more."""
    monkeypatch.setattr("charrnn.scratch.training.trange", tqdm.notebook.trange)
    monkeypatch.setenv("TQDM_DISABLE", "0")
    train(epochs=3)
    assert "epochs" in "".join(capsys.readouterr())
    monkeypatch.setenv("TQDM_DISABLE", "1")
    train(epochs=3)
    assert "epochs" not in "".join(capsys.readouterr())


# --- the options of chapter 5 ---------------------------------------------------------------------


def by_torch(clip=None, decay=1.0, beta2=0.999, epochs=12):
    """The same training with torch's own parts: autograd, Adam, clipping and a scheduler."""
    torch.manual_seed(0)
    cell = PostCell()
    rows = Vocabulary().one_hot("hello")
    adam = torch.optim.Adam(cell.parameters(), lr=0.01, betas=(0.9, beta2))
    schedule = torch.optim.lr_scheduler.ExponentialLR(adam, decay)
    losses = []
    for _ in range(epochs):
        adam.zero_grad()
        loss = sequence_loss(cell, rows)
        loss.backward()
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(cell.parameters(), clip)
        adam.step()
        schedule.step()
        losses.append(loss.item())
    return losses


@pytest.mark.parametrize("options", [{"clip": 0.05}, {"decay": 0.8}, {"beta2": 0.9}])
def test_options_do_what_torchs_own_do(options):
    _, history = train("hello", epochs=12, progress=False, **options)
    assert history.losses == pytest.approx(by_torch(**options), rel=1e-4)
    assert history.losses != pytest.approx(by_torch(), rel=1e-2)


@pytest.mark.parametrize(
    "options", [{"clip": 0}, {"clip": -1.0}, {"decay": 0}, {"decay": 1.1}, {"beta2": 1.0}]
)
def test_options_out_of_range_are_refused(options):
    (name,) = options
    with pytest.raises(ValueError, match=f"^{name} must be a number"):
        train("a", epochs=1, progress=False, **options)


def test_watch_is_called_after_each_step():
    seen = []
    train("a", epochs=3, progress=False, watch=lambda epoch, cell, adam: seen.append(
        (epoch, float(adam.state[next(cell.parameters())]["step"]))))  # fmt: skip
    assert seen == [(0, 1), (1, 2), (2, 3)]


# --- what a reader must not see, and what each option does on its own -----------------------------


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rate", [1e9, 1e15, 1e19, 1e30])
def test_no_warning_of_numpy_reaches_the_reader_of_a_run_that_diverges(rate):
    try:
        _, history = quiet(learning_rate=rate, epochs=40, hidden_size=5)
    except DivergenceError:
        assert rate > 1e9
    else:
        assert max(history.losses) > 1e9


def test_the_history_holds_the_text_in_nfc_and_the_settings_as_given():
    vocabulary = Vocabulary("가나다 01")
    apart = unicodedata.normalize("NFD", "가나 다")
    assert apart != "가나 다"
    _, history = quiet(
        apart, vocabulary=vocabulary, epochs=1, hidden_size=3, learning_rate=0.02, seed=7
    )
    assert history.settings["text"] == "가나 다"
    kept = [history.settings[name] for name in ("hidden_size", "learning_rate", "seed")]
    assert kept == [3, 0.02, 7]


def test_all_options_together_do_what_torchs_own_do():
    """In the order that torch's own loop has: clip, step, then decay, each once an epoch."""
    cell, history = train(
        "hello", epochs=15, clip=0.05, decay=0.8, beta2=0.9, learning_rate=0.02, epsilon=1e-4,
        seed=3, hidden_size=6, progress=False,
    )  # fmt: skip
    torch.manual_seed(3)
    twin = PostCell(35, 6)
    adam = torch.optim.Adam(twin.parameters(), lr=0.02, betas=(0.9, 0.9), eps=1e-4)
    schedule = torch.optim.lr_scheduler.ExponentialLR(adam, 0.8)
    losses = []
    for _ in range(15):
        adam.zero_grad()
        loss = sequence_loss(twin, Vocabulary().one_hot("hello"))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(twin.parameters(), 0.05)
        adam.step()
        schedule.step()
        losses.append(loss.item())
    assert history.losses == pytest.approx(losses, rel=1e-5)
    torch.testing.assert_close(weights(cell), weights(twin), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(
    "options", [{}, {"clip": 0.05, "decay": 0.99, "beta2": 0.9, "epsilon": 1e-4}]
)
def test_no_bit_differs_between_the_steps_of_an_optimizer_and_those_that_nobody_watches(options):
    """Watched, each step is `torch.optim.Adam.step`."""
    cell, history = quiet(epochs=120, seed=1, **options)
    watched, seen = quiet(epochs=120, seed=1, watch=lambda *_: None, **options)
    assert history == seen
    assert torch.equal(weights(cell), weights(watched))


def test_tensors_that_watch_puts_in_the_place_of_others_are_trained():
    def halve(epoch, cell, adam):
        if epoch == 1:
            for p in cell.parameters():
                p.data, p.grad = p.data / 2, torch.zeros_like(p)
            losses.append(sequence_loss(cell, post.rows("ab")).item())
        elif epoch == 2:
            losses.append(sequence_loss(cell, post.rows("ab")).item())

    losses = []
    _, history = quiet("ab", epochs=4, watch=halve)
    assert history.losses[2:] == pytest.approx(losses, rel=1e-5)


def test_watch_sees_the_step_taken_and_the_rate_of_the_next():
    seen = []

    def look(epoch, cell, adam):
        loss = sequence_loss(cell, post.rows("ab")).item()
        seen.append((epoch, loss, adam.param_groups[0]["lr"]))

    _, history = quiet("ab", epochs=4, decay=0.5, watch=look, stop_below=None)
    assert [epoch for epoch, _, _ in seen] == [0, 1, 2, 3]
    assert [loss for _, loss, _ in seen[:-1]] == pytest.approx(history.losses[1:], rel=1e-4)
    assert [rate for _, _, rate in seen] == pytest.approx([0.005, 0.0025, 0.00125, 0.000625])


def test_where_training_stops_early_no_step_is_taken_and_nothing_watched():
    seen = []
    cell, history = quiet(
        "ab", epochs=9, stop_below=1e9, watch=lambda epoch, *_: seen.append(epoch)
    )
    assert (history.epochs, seen) == (1, [])
    assert torch.equal(weights(cell), weights(quiet("ab", epochs=0)[0]))


def test_the_loss_is_that_of_the_next_letter_step_by_step():
    torch.manual_seed(2)
    cell, rows = PostCell(35, 4).double(), post.rows("what?").double()
    h, total = torch.zeros(1, 4).double(), 0.0
    for t in range(len(rows) - 1):
        both = torch.cat((rows[t : t + 1], h), dim=1)
        out = both @ cell.input_to_output.weight.T + cell.input_to_output.bias
        total += ((out[0] - rows[t + 1]) ** 2).sum().item() / 35
        h = torch.tanh(both @ cell.input_to_hidden.weight.T + cell.input_to_hidden.bias)
    assert sequence_loss(cell, rows).item() == pytest.approx(total, rel=1e-12)
