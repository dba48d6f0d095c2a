"""Checkpoints: the old file or the new one, whole; a refused file changes nothing."""

import copy
import hashlib
import io
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch

from charrnn import CharModel, layers
from charrnn.layers import atomic, checkpoint, training

LETTERS = torch.randint(7, (200,), generator=torch.Generator().manual_seed(0))
OTHER = torch.randint(7, (40,), generator=torch.Generator().manual_seed(1))


def fresh(seed=0, kind="gru"):
    torch.manual_seed(seed)
    return CharModel(7, 5, kind)


def same(one, other):
    return all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))


def fit(path, model=None, **settings):
    model = fresh() if model is None else model
    return layers.train(model, settings.pop("letters", LETTERS), path=path, progress=False,
                      **{"epochs": 2, "batch": 3, "steps": 9, **settings})  # fmt: skip


@pytest.fixture
def saved(tmp_path):
    path = tmp_path / "run.ckpt"
    fit(path, epochs=1)
    return path


def refusal(path, **settings):
    """The message of the refusal; model and file are as before."""
    model, before = fresh(seed=5), path.read_bytes()
    with pytest.raises(checkpoint.CheckpointError) as caught:
        fit(path, model, **settings)
    assert same(model, fresh(seed=5))
    assert path.read_bytes() == before
    return str(caught.value)


def forge(path, change):
    """Change what is in a file, with a sum that is right."""
    content = torch.load(io.BytesIO(path.read_bytes().partition(b"\n")[2]), weights_only=True)
    content = change(content) or content
    buffer = io.BytesIO()
    torch.save(content, buffer)
    body = buffer.getvalue()
    head = f"charrnn checkpoint 2 {hashlib.sha256(body).hexdigest()}\n".encode()
    path.write_bytes(head + body)


# What is written can be read


def test_numbers_of_numpy_among_the_settings_can_be_taken_up_again(tmp_path):
    path = tmp_path / "run.ckpt"
    numbers = dict(learning_rate=np.float64(0.005), clip=np.float32(1), batch=np.int64(3),
                   steps=np.int32(9), carry=np.True_)  # fmt: skip
    fit(path, epochs=1, **numbers)
    resumed, straight = fresh(seed=1), fresh()
    fit(path, resumed, epochs=2, **numbers)
    layers.train(straight, LETTERS, epochs=2, batch=3, steps=9, progress=False)
    assert same(resumed, straight)


def test_what_could_not_be_read_back_never_takes_the_old_place(saved, monkeypatch):
    before = saved.read_bytes()
    model = fresh()
    model.register_buffer("odd", torch.ones(1))
    state = model.state_dict()
    state["odd"] = np.float64(1)
    monkeypatch.setattr(model, "state_dict", lambda: state)
    with pytest.raises(checkpoint.CheckpointError, match="something else"):
        checkpoint.save(saved, model, torch.optim.Adam(model.parameters()), {},
                        {"training": [], "validation": []})  # fmt: skip
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


@pytest.mark.parametrize("kind", [torch.int32, torch.int64, torch.uint8])
def test_the_size_of_the_integers_is_no_other_text(kind):
    wanted = hashlib.sha256(b"".join(int(x).to_bytes(8, "little") for x in LETTERS)).hexdigest()
    assert checkpoint.fingerprint(LETTERS.to(kind)) == wanted[:16]
    assert checkpoint.fingerprint(LETTERS.repeat_interleave(2)[::2].to(kind)) == wanted[:16]
    assert checkpoint.fingerprint(LETTERS.flip(0).to(kind)) != wanted[:16]


# What is refused changes nothing


@pytest.mark.parametrize(
    ("settings", "named"),
    [({"kind": "rnn"}, "kind"), ({"carry": False}, "carry"), ({"batch": 4}, "batch"),
     ({"steps": 8}, "steps"), ({"clip": 2.0}, "clip"), ({"learning_rate": 0.1}, "learning_rate"),
     ({"letters": LETTERS.flip(0)}, "text"), ({"validation": OTHER}, "validation (none there"),
     ({"dtype": "float64"}, "dtype")],
)  # fmt: skip
def test_each_setting_that_differs_is_named(saved, settings, named):
    model = CharModel(7, 5, settings.pop("kind", "gru"))
    if settings.pop("dtype", None):
        model = model.double()
    before = copy.deepcopy(model.state_dict())
    with pytest.raises(checkpoint.CheckpointError) as caught:
        fit(saved, model, **settings)
    assert named in str(caught.value) and "other training" in str(caught.value)
    assert str(caught.value).count(" there, ") == 1
    assert all(torch.equal(before[key], value) for key, value in model.state_dict().items())


def put(*keys):
    """A change of one place in a file's content."""
    *way, last, value = keys

    def change(content):
        for key in way:
            content = content[key]
        content[last] = value

    return change


GROUP = ("optimizer", "param_groups", 0)
FORGED = [
    lambda content: [1, 2],
    lambda content: {**content, "more": 1},
    lambda content: content.pop("curves") and None,
    put("settings", None), put("settings", [1]), put("settings", {1: 2}),
    put("curves", None), put("curves", {"training": ["x"], "validation": []}),
    put("curves", {"foo": []}), put("curves", "training", [float("nan")]),
    put("curves", "training", [1, 2]), put("curves", "validation", [1.0]),
    put("curves", "training", (1.0,)), put("curves", "more", []),
    put("model", None), put("model", {}), put("model", "output.bias", torch.ones(3)),
    put("model", "output.bias", torch.ones(7).double()), put("model", "output.bias", [1.0] * 7),
    put("model", "more", torch.ones(3)),
    put("optimizer", None), put("optimizer", {}), put("optimizer", {"state": {}}),
    put("optimizer", "state", {}), put("optimizer", "state", 0, {}),
    put("optimizer", "state", 0, "exp_avg", torch.ones(2)),
    put("optimizer", "state", 0, "step", 3),
    put(*GROUP, "lr", 99.0), put(*GROUP, "betas", (0.5, 0.5)), put(*GROUP, "params", [0]),
    put(*GROUP, {}), put("optimizer", "param_groups", []),
    put(*GROUP, "lr", torch.tensor([1.0, 2.0])),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(FORGED)))
def test_a_forged_file_is_refused_before_anything_is_changed(saved, number):
    forge(saved, FORGED[number])
    model = fresh(seed=5)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    content = torch.load(io.BytesIO(saved.read_bytes().partition(b"\n")[2]), weights_only=True)
    settings = content["settings"] if isinstance(content, dict) else {}
    if not isinstance(settings, dict) or 1 in settings:
        settings = {"validation": None}
    before = copy.deepcopy(optimizer.state_dict())
    with pytest.raises(checkpoint.CheckpointError) as caught:
        checkpoint.load(saved, model, optimizer, settings)
    assert str(saved) in str(caught.value)
    assert same(model, fresh(seed=5))
    assert optimizer.state_dict() == before


def test_a_file_unchanged_by_forging_is_taken(saved):
    forge(saved, lambda content: None)
    model, straight = fresh(seed=5), fresh()
    fit(saved, model)
    layers.train(straight, LETTERS, epochs=2, batch=3, steps=9, progress=False)
    assert same(model, straight)


def test_curves_that_lack_the_validation_are_refused(tmp_path):
    path = tmp_path / "run.ckpt"
    fit(path, epochs=1, validation=OTHER)
    forge(path, put("curves", "validation", []))
    assert "validation" in refusal(path, validation=OTHER)


@pytest.mark.parametrize(("number", "told"), [(b"3", "newer"), (b"17", "newer"), (b"1", "older")])
def test_another_version_is_told_as_such(saved, number, told):
    saved.write_bytes(saved.read_bytes().replace(b"checkpoint 2", b"checkpoint " + number))
    message = refusal(saved)
    assert told in message and number.decode() in message


def test_a_foreign_file_of_any_length_is_not_read(saved):
    with open(saved, "wb") as file:  # a hole: it takes no room on the disk
        file.truncate(1 << 36)
    with pytest.raises(checkpoint.CheckpointError, match="not a checkpoint"):
        fit(saved)


@pytest.mark.parametrize("bad", ["", ".", "/dev/zero", "/dev/null", "nobody/home.ckpt", "a\x00b"])
def test_a_place_for_no_file_is_told_before_training(tmp_path, monkeypatch, bad):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(training, "train_epoch", lambda *_: pytest.fail("it has trained already"))
    with pytest.raises(checkpoint.CheckpointError, match="path"):
        fit(bad)


# Modes, links, leftovers


@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_a_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own(tmp_path, mask):
    path, old = tmp_path / "run.ckpt", os.umask(mask)
    try:
        fit(path, epochs=1)
        assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
        path.chmod(0o640)
        fit(path, epochs=2)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    finally:
        os.umask(old)


def test_a_link_stays_and_its_target_is_written(tmp_path):
    (tmp_path / "far").mkdir()
    link, target = tmp_path / "run.ckpt", tmp_path / "far" / "real.ckpt"
    link.symlink_to(target)
    fit(link, epochs=1)
    first = target.read_bytes()
    fit(link, epochs=2)
    assert link.is_symlink() and target.is_file() and target.read_bytes() != first
    assert list(target.parent.iterdir()) == [target]


def test_the_part_lies_beside_the_file_and_is_renamed(saved, monkeypatch):
    seen, flushed, real = [], [], os.fsync
    monkeypatch.setattr(atomic.os, "fsync", lambda fd: flushed.append(os.fstat(fd)) or real(fd))

    def check(part):
        assert flushed and stat.S_ISREG(flushed[0].st_mode)  # flushed before the rename
        assert saved.read_bytes() != b"new"
        seen.append((part.parent, part.stat().st_ino))

    atomic.write_whole(saved, [b"n", b"ew"], check)
    assert seen == [(saved.parent, saved.stat().st_ino)]  # the very file, not a copy
    assert stat.S_ISDIR(flushed[-1].st_mode)  # and the folder after it
    assert saved.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_step_that_fails_leaves_the_old_file_and_no_part(saved, monkeypatch, step):
    before = saved.read_bytes()
    monkeypatch.setattr(atomic.os, step, lambda *_: (_ for _ in ()).throw(OSError("no")))
    with pytest.raises(OSError, match="no"):
        fit(saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


def test_parts_of_dead_writers_go_and_those_of_live_ones_stay(saved):
    fcntl = pytest.importorskip("fcntl", reason="no locks on this system")
    dead = saved.with_name("run.ckpt.0123456789abcdef.part")
    live = saved.with_name("run.ckpt.fedcba9876543210.part")
    mine = [saved.with_name("run.ckpt.notes.part"), saved.with_name("other.0123456789abcdef.part")]
    for path in (dead, live, *mine):
        path.write_bytes(b"x")
    with open(live, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        fit(saved)
        assert {*saved.parent.iterdir()} == {saved, live, *mine}
    fit(saved, epochs=3)
    assert {*saved.parent.iterdir()} == {saved, *mine}


# Killed, crowded, full

TRAIN = """
import sys, torch
from charrnn import CharModel, layers
torch.manual_seed(0)
letters = torch.randint(7, (200,), generator=torch.Generator().manual_seed(0))
print("ready", flush=True)
layers.train(CharModel(7, 5, "gru"), letters, epochs=int(sys.argv[2]), batch=3, steps=9,
             path=sys.argv[1], progress=False)
"""


def start(path, epochs):
    return subprocess.Popen([sys.executable, "-c", TRAIN, str(path), str(epochs)],
                            stdout=subprocess.PIPE)  # fmt: skip


def epochs_in(path):
    content = torch.load(io.BytesIO(path.read_bytes().partition(b"\n")[2]), weights_only=True)
    return len(content["curves"]["training"])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path):
    path, draw = tmp_path / "run.ckpt", random.Random(0)
    for _ in range(3):
        process = start(path, 100_000)
        process.stdout.readline()
        while not path.exists():
            assert process.poll() is None  # it would never come
            time.sleep(0.01)
        time.sleep(draw.uniform(0.05, 0.5))
        process.kill()
        process.wait()
        process.stdout.close()
        checkpoint._read(path)
    done = epochs_in(path)
    resumed, straight = fresh(seed=9), fresh()
    curves = fit(path, resumed, epochs=done + 1)
    assert curves == layers.train(straight, LETTERS, epochs=done + 1, batch=3, steps=9,
                                progress=False)  # fmt: skip
    assert same(resumed, straight)
    assert list(tmp_path.iterdir()) == [path]  # the parts of the killed are gone


def test_of_two_writers_at_once_each_file_is_whole(tmp_path):
    path = tmp_path / "run.ckpt"
    writers = [start(path, 60) for _ in range(2)]
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            checkpoint._read(path)
        time.sleep(0.01)
    assert [writer.returncode for writer in writers] == [0, 0]
    for writer in writers:
        writer.stdout.close()
    assert epochs_in(path) == 60
    assert list(tmp_path.iterdir()) == [path]


FULL = """
mount -t tmpfs -o size=96k none "$1" && cp "$2" "$1/run.ckpt" &&
head -c 1000000 /dev/zero > "$1/filler"; "$3" - "$1/run.ckpt" <<'END'
import sys, torch
from pathlib import Path
from charrnn import CharModel, layers
path = Path(sys.argv[1])
before = path.read_bytes()
torch.manual_seed(0)
letters = torch.randint(7, (200,), generator=torch.Generator().manual_seed(0))
def fit():
    layers.train(CharModel(7, 5, "gru"), letters, epochs=2, batch=3, steps=9, path=path,
                 progress=False)
try:
    fit()
except OSError as error:
    there = sorted(x.name for x in path.parent.iterdir())
    print(error.errno == 28, path.read_bytes() == before, there)
(path.parent / "filler").unlink()
fit()
print(path.read_bytes() != before)
END
"""


def test_a_full_disk_leaves_the_old_file(saved, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    alone = ["unshare", "-m"]
    try:
        allowed = subprocess.run(
            [*alone, "mount", "-t", "tmpfs", "none", full], capture_output=True, timeout=60
        )
    except FileNotFoundError:
        pytest.skip("no unshare here to mount a small file system of one's own")
    if allowed.returncode:
        pytest.skip("a small file system can be mounted by root only")
    ran = subprocess.run([*alone, "bash", "-c", FULL, "full", full, saved, sys.executable],
                         capture_output=True, text=True, timeout=120)  # fmt: skip
    assert ran.stdout == "True True ['filler', 'run.ckpt']\nTrue\n", ran.stderr
    assert not list(full.iterdir())  # it was mounted for that process alone
    assert Path(saved).exists()
