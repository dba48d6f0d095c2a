"""Two processes of gloo under torchrun: the same as one, killed, and taken up by another number."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import torch

from charrnn.command import models, workers
from charrnn.layers import checkpoint

pytestmark = pytest.mark.skipif(
    not torch.distributed.is_available() or shutil.which("ps") is None,
    reason="this PyTorch has no torch.distributed, or processes cannot be listed",
)
# 10 epochs of 5 segments: 50 steps.
FIFTY = ["--hidden", "6", "--batch", "4", "--steps", "8", "--held-out", "40", "--epochs", "10",
         "--learning-rate", "0.02"]  # fmt: skip
# 60 epochs of 20 segments: long enough to be interrupted.
MANY = [*FIFTY, "--steps", "2", "--epochs", "60", "--learning-rate", "0.002"]
TOGETHER = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]


def start(*arguments, together=(), **more):
    """Start a command, with `together` under torchrun."""
    command = [sys.executable, *together, "-m", "charrnn", *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True, **more,
    )  # fmt: skip


def finished(process, status=0):
    said, _ = process.communicate(timeout=300)
    assert process.returncode == status, said
    return said


def same_bits(one, other):
    one, other = checkpoint.read(one), checkpoint.read(other)
    assert one["curves"] == other["curves"]
    for part in one["model"]:
        assert torch.equal(one["model"][part], other["model"][part])


def close(one, other, epochs=10):
    """The same losses to 1e-5, and nearly the same weights."""
    one, other = checkpoint.read(one), checkpoint.read(other)
    for name, losses in one["curves"].items():
        assert losses == pytest.approx(other["curves"][name], abs=1e-5)
        assert len(losses) == epochs
    for part in one["model"]:
        torch.testing.assert_close(one["model"][part], other["model"][part], rtol=0, atol=1e-3)


def until(true, process, seconds=200):
    """Wait until something is true while the process still runs."""
    end = time.monotonic() + seconds
    while not true():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.01)


def under_way(path):
    """Whether a checkpoint stands there that is neither the first nor near the end."""
    return Path(path).exists() and len(checkpoint.read(path)["curves"]["training"]) >= 3


@pytest.fixture
def one(text, run):
    """What one process makes of it."""
    assert run("train", text, *FIFTY, "-o", "one.pt")[0] == 0
    return Path("one.pt")


def test_two_with_half_the_rows_each_are_one_with_all(text, one):
    said = finished(start("train", text, *FIFTY, "-o", "two.pt", together=TOGETHER))
    close(one, "two.pt")
    assert said.count("mine.txt (UTF-8)") == said.count("2 workers") == 1  # only one speaks
    assert len(re.findall(r"(?m)^ +10 +[\d.]+ +[\d.]+ ", said)) == 1


def children(pid):
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True)
    pairs = [map(int, line.split()) for line in listed.stdout.splitlines()]
    return sorted(child for child, parent in pairs if parent == pid)


def test_killed_or_stopped_and_resumed_it_ends_the_same(text):
    finished(start("train", text, *MANY, "-o", "undisturbed.pt", together=TOGETHER))

    # One is killed: torchrun starts both again.
    again = [*TOGETHER, "--max-restarts=1"]
    process = start("train", text, *MANY, "--save-every", "0", "-o", "hurt.pt", together=again)
    until(lambda: under_way("hurt.pt"), process)
    os.kill(children(process.pid)[1], signal.SIGKILL)
    said = finished(process)
    assert said.count("2 workers") == 2  # it was started twice
    same_bits("undisturbed.pt", "hurt.pt")

    # Ctrl+C reaches all, as a terminal sends it.
    process = start("train", text, *MANY, "--save-every", "0", "-o", "stopped.pt",
                    together=TOGETHER)  # fmt: skip
    until(lambda: under_way("stopped.pt"), process)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "resume stopped.pt" in said
    content = models.opened("stopped.pt").content
    assert 3 <= len(content["curves"]["training"]) < 60
    shutil.copy("stopped.pt", "alone.pt")
    finished(start("resume", "stopped.pt", together=TOGETHER))
    same_bits("undisturbed.pt", "stopped.pt")
    finished(start("resume", "alone.pt"))
    close("undisturbed.pt", "alone.pt", epochs=60)


# One GPU, as PyTorch sees it, on a machine that need not have any.
ONE_GPU = """
import sys
import torch
from charrnn.command import main

torch.cuda.is_available, torch.cuda.device_count = lambda: True, lambda: 1
sys.exit(main(sys.argv[3:]))  # after -m charrnn
"""


def test_more_workers_than_gpus_all_take_the_processor(text, tmp_path, one):
    script = tmp_path / "one_gpu.py"
    script.write_text(ONE_GPU)
    finished(start("train", text, *FIFTY, "-o", "two.pt", together=[*TOGETHER, script]))
    close(one, "two.pt")
    asked = [*FIFTY, "--device", "cuda", "-o", "three.pt"]
    said = finished(start("train", text, *asked, together=[*TOGETHER, script]), status=1)
    assert said.count("there is not a GPU for each of the 2 workers") == 1
    assert not Path("three.pt").exists()


@pytest.mark.parametrize(
    ("gpus", "common"),
    [
        ([1, 1, 1], {"cpu", "cuda"}),  # each alone on its host
        ([1, 1, 0], {"cpu"}),
        ([0, 1, 1], {"cpu"}),
    ],
)
def test_workers_on_different_hosts_have_what_all_of_them_have(monkeypatch, gpus, common):
    counts = threading.local()
    monkeypatch.setattr(torch.cuda, "is_available", lambda: counts.gpus > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: counts.gpus)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    store, found = torch.distributed.HashStore(), {}

    def come(rank):
        counts.gpus = gpus[rank]
        found[rank] = workers.common_devices(0, store, rank, 3)

    together([threading.Thread(target=come, args=[rank], daemon=True) for rank in range(3)])
    assert found == dict.fromkeys(range(3), common)


def together(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


@pytest.mark.parametrize("gpus", [0, 1, 2])
def test_no_two_workers_of_a_host_share_a_gpu(monkeypatch, gpus):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: gpus > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: gpus)
    assert ["cuda" in workers.own_devices(local) for local in range(3)] == [
        local < gpus for local in range(3)
    ]


def test_workers_started_again_do_not_read_what_the_dead_have_written():
    store = torch.distributed.HashStore()
    for start in range(3):
        answers = {}

        def come(rank, answers=answers, start=start):
            time.sleep(0.05 * rank * (start + 1))  # worker 0 is there first: it finds old words
            part = workers.unused(store, rank, 3)
            part.set(f"address {rank}", f"{start} {rank}")
            answers[rank] = [part.get(f"address {other}").decode() for other in range(3)]

        together([threading.Thread(target=come, args=[rank], daemon=True) for rank in range(3)])
        assert answers == {rank: [f"{start} {other}" for other in range(3)] for rank in range(3)}


def test_a_bad_input_is_told_once(text):
    said = finished(start("train", text, *FIFTY, "--batch", "3", together=TOGETHER), status=1)
    assert said.count("so give a multiple of 2") == 1


# What worker 1 comes upon in its eighth segment, while worker 0 goes on.
TROUBLE = """
import os, sys
from itertools import count
import torch
from charrnn.command import main, training

real, number = training.NextLetter.forward, count()

def forward(*read):
    loss, state = real(*read)
    if os.environ["RANK"] == "1" and next(number) == 7:
        {trouble}
    return loss, state

training.NextLetter.forward = forward
sys.exit(main(sys.argv[3:]))  # after -m charrnn
"""


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("loss = loss * float('nan')", "the loss is nan in epoch 1. Lower --learning-rate"),
        ("torch.empty(2**50)", "There is not enough memory"),
    ],
)
def test_trouble_of_one_worker_ends_all_with_a_sentence(text, tmp_path, trouble, sentence):
    script = tmp_path / "trouble.py"
    script.write_text(TROUBLE.format(trouble=trouble))
    said = finished(start("train", text, *FIFTY, together=[*TOGETHER, script]), status=1)
    assert said.count(sentence) == 1
    assert "RuntimeError" not in said  # as gloo raises where a worker is gone


def test_without_torch_distributed_one_process_still_trains(text, run, monkeypatch):
    torch.optim.Adam([torch.zeros(1)])  # the first optimizer imports what reads these names
    monkeypatch.setattr(torch.distributed, "is_available", lambda: False)
    for name in ("init_process_group", "all_reduce", "all_gather_object", "ReduceOp"):
        monkeypatch.delattr(torch.distributed, name)  # as in a build without it
    assert run("train", text, *FIFTY)[0] == 0
    monkeypatch.setenv("WORLD_SIZE", "2")
    status, _, told = run("train", text, *FIFTY)
    assert (status, "without torchrun" in told) == (2, True)
