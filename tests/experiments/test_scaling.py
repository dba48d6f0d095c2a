"""What is measured is a step of training; how long it takes, no test asks."""

import os
from types import SimpleNamespace

import pytest
import torch
from nonsense import NONSENSE, refused
from torch import nn

from charrnn.experiments import scaling
from charrnn.layers import CharModel, train_epoch

SETTINGS = {"kind": "gru", "hidden": 4, "batch": 3}


def test_a_step_is_forward_backward_and_update(monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(scaling, "_now", lambda letters: 10.0 ** next(clock))
    found = scaling.step_seconds("gru", 4, 3, repeats=1)
    # The second step is the one that counts: the clock stands at 10⁴, 10⁵, 10⁶, 10⁷.
    assert (found.forward, found.backward, found.update) == (9e4, 9e5, 9e6)
    assert found.total == pytest.approx(10**7 - 10**4)
    assert found.letters == 3 * 32
    assert scaling.step_seconds("gru", 4, 3, steps=5, repeats=1).letters == 15
    assert found.letters_a_second == pytest.approx(96 / found.total)


def test_the_step_is_that_of_train_epoch():
    rows = torch.randint(5, (3, 33))
    models = []
    for _ in range(2):
        torch.manual_seed(1)
        models.append(CharModel(5, 4, "lstm"))
    optimizers = [torch.optim.Adam(m.parameters(), lr=0.01) for m in models]
    scaling._one_step(models[0], optimizers[0], rows, False)
    train_epoch(models[1], optimizers[1], rows, 32, 1.0)
    for one, other in zip(models[0].parameters(), models[1].parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=0)


def test_threads_and_seed_are_put_back():
    torch.manual_seed(5)
    before, wanted = torch.get_num_threads(), torch.rand(1)
    torch.manual_seed(5)
    scaling.step_seconds(**SETTINGS, threads=2, repeats=1)
    assert torch.get_num_threads() == before
    assert torch.equal(torch.rand(1), wanted)


def test_no_step_is_begun_when_the_time_is_up(monkeypatch):
    steps = []
    original = scaling._one_step
    monkeypatch.setattr(scaling, "_one_step", lambda *all: steps.append(1) or original(*all))
    scaling.step_seconds(**SETTINGS, budget=0)
    assert len(steps) == 1
    scaling.step_seconds(**SETTINGS, repeats=3, budget=1000)
    assert len(steps) == 1 + 4  # the first counts only by itself


def test_mixed_precision_computes_in_bfloat16(monkeypatch):
    seen = []
    original = scaling.next_letter_loss
    monkeypatch.setattr(
        scaling, "next_letter_loss",
        lambda model, letters: (seen.append(torch.is_autocast_enabled("cpu")),
                                original(model, letters))[1],
    )  # fmt: skip
    scaling.step_seconds(**SETTINGS, mixed=True, repeats=1)
    scaling.step_seconds(**SETTINGS, repeats=1)
    assert seen == [True, True, False, False]


def test_the_attention_is_that_of_pytorch():
    torch.manual_seed(2)
    ours = scaling._attention(8)
    theirs = nn.MultiheadAttention(8, scaling.HEADS, batch_first=True)
    inside = dict(zip(ours.__code__.co_freevars, ours.__closure__, strict=True))
    into, out = inside["into"].cell_contents, inside["out"].cell_contents
    theirs.in_proj_weight.data, theirs.in_proj_bias.data = into.weight.data, into.bias.data
    theirs.out_proj.weight.data, theirs.out_proj.bias.data = out.weight.data, out.bias.data
    rows = torch.randn(2, 5, 8)
    later = torch.ones(5, 5, dtype=torch.bool).triu(1)
    wanted = theirs(rows, rows, rows, attn_mask=later, need_weights=False)[0]
    torch.testing.assert_close(ours(rows), wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("way", ["gru", "attention"])
def test_reading_takes_some_time(way):
    assert scaling.reading_seconds(way, 4, 16, 8) > 0


def test_products_are_counted(monkeypatch):
    clock = iter([0, 5, 10, 12, *range(20, 56)])  # the later ones take 1 second each
    monkeypatch.setattr(scaling, "perf_counter", lambda: next(clock))
    assert scaling.products_a_second(10) == 1000
    for bad in [*NONSENSE["whole"], 0]:
        refused("size", scaling.products_a_second, bad)


def test_the_cores_counted_are_those_of_this_process(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3, 5}, raising=False)
    assert scaling.cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")  # as on macOS and Windows
    assert scaling.cores() == 8
    monkeypatch.setattr(os, "cpu_count", lambda: None)  # where Python cannot tell
    assert scaling.cores() == 1


@pytest.mark.parametrize("name", ["hidden", "batch", "steps", "threads", "repeats"])
def test_whole_numbers_are_asked_for(name):
    for bad in [*NONSENSE["whole"], 0, -1, 10**9]:
        refused(name, scaling.step_seconds, **{**SETTINGS, name: bad})


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_here_is_refused(monkeypatch, device):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    told = refused("device", scaling.step_seconds, **SETTINGS, device=device)
    assert told == f"device must be one that this machine has, got '{device}'."


@pytest.mark.parametrize("device", ["cuda", "mps", "cpu"])
def test_the_clock_is_read_when_a_gpu_has_done_its_work(monkeypatch, device):
    done = []
    for name in ("cuda", "mps"):
        monkeypatch.setattr(
            getattr(torch, name), "synchronize", lambda name=name: done.append(name)
        )
    monkeypatch.setattr(scaling, "perf_counter", lambda: done.append("clock") or 1.5)
    letters = SimpleNamespace(device=torch.device(device))
    assert scaling._now(letters) == 1.5
    assert done == [device, "clock"][device == "cpu" :]


def test_other_nonsense_is_refused():
    for bad in NONSENSE["word"]:
        refused("kind", scaling.step_seconds, bad, 4, 3)
        refused("device", scaling.step_seconds, **SETTINGS, device=bad)
        refused("way", scaling.reading_seconds, bad, 4, 16)
    for bad in [*NONSENSE["real"], -1]:
        refused("budget", scaling.step_seconds, **SETTINGS, budget=bad)
    for bad in NONSENSE["flag"]:
        refused("mixed", scaling.step_seconds, **SETTINGS, mixed=bad)
    for bad in [*NONSENSE["whole"], 0, 3]:
        refused("length", scaling.reading_seconds, "gru", bad, 16)
    for bad in [*NONSENSE["whole"], 0, 6]:
        refused("width", scaling.reading_seconds, "gru", 4, 16, bad)
