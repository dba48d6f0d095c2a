"""`train` and `resume`: from a text to a model in a file."""

import errno
import os
import signal
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import torch

from charrnn.command import models, telling, training, workers
from charrnn.command.letters import Letters, number
from charrnn.command.parsing import STOPPED
from charrnn.command.settings import asked_for, check_same, relative
from charrnn.command.workers import Workers
from charrnn.history import History
from charrnn.layers import atomic, checkpoint
from charrnn.runtime import seeded
from charrnn.text.files import TextError
from charrnn.text.hangul import Spelling
from charrnn.translations import choose


def train(options: Namespace) -> int:
    """Train a model on a text, or go on where the same command was interrupted."""
    path = models.output(options)
    with _together(options) as team, _alone(path, team):
        letters = _numbered(Path(options.text), path, options.spelling, team)
        settings = asked_for(options, letters, path)
        _cut(settings, letters, team)  # whether the text is long enough
        content = _read_if_there(path, team)
        if content is not None:
            check_same(path, content["settings"], settings)
            if options.epochs is None:
                settings["epochs"] = content["settings"]["epochs"]
        return _learn(options, settings, letters, path, content, team)


def resume(options: Namespace) -> int:
    """Go on with training that was stopped, or train longer than was asked for."""
    path = Path(options.model)
    with _together(options) as team, _alone(path, team):
        content = team.same(team.only(team.leads, lambda: models.opened(path).content))
        settings = dict(content["settings"])
        text = Path(options.text or path.parent / settings["text_file"])
        if not text.exists():
            raise TextError(
                choose(
                    f"이 모델이 배우던 글이 {text}에 없습니다. "
                    "글이 어디 있는지 --text로 알려 주십시오.",
                    f"The text that this model was learning is not at {text}: "
                    "say with --text where it is.",
                )
            )
        letters = _numbered(text, path, settings["spelling"], team)
        if letters.fingerprint != settings.get("text"):
            raise TextError(
                choose(
                    f"{text}는 이 모델이 배우던 글이 아니거나, 그 뒤로 바뀌었습니다. 새 글이라면 "
                    "python -m charrnn train으로 학습시켜 주십시오.",
                    f"{text} is not the text that this model was learning, or it has changed "
                    "since: for a new text use python -m charrnn train.",
                )
            )
        settings |= {"text_file": relative(text, path), "threads": options.threads}
        if options.epochs is not None:
            settings["epochs"] = options.epochs
        return _learn(options, settings, letters, path, content, team)


def _learn(
    options: Namespace, settings: dict[str, Any], letters: Letters, path: Path,
    content: dict[str, Any] | None, team: Workers,
) -> int:  # fmt: skip
    """Train with these settings, from the beginning or from what a checkpoint holds."""
    cut = _cut(settings, letters, team)
    with seeded(settings["seed"]):
        model, optimizer = models.made(settings)
    run = training.Run(model, optimizer, settings, cut, History(), training.Place())
    model.to(team.device)
    if content is not None:
        run.restore(content, path, team)
    epochs = settings["epochs"]
    if run.history.epochs >= epochs:
        if team.leads:
            print(telling.summary(path, run.settings, run.history))
            print(telling.finished_already(path, run.history.epochs))
        return 0
    table = telling.Table(run, letters, team)
    with _interruptible() as stopped:
        done = training.train(
            run, letters, team, epochs=epochs, path=path, save_every=options.save_every,
            stop=lambda: stopped[0], told=table.add, progress=True,
        )  # fmt: skip
    if not team.leads:
        return 0 if done else STOPPED
    if not done:
        print(
            choose(
                f"멈추었습니다. {path}에 저장했습니다. "
                f"이어서 하려면: python -m charrnn resume {path}",
                f"Stopped, and saved in {path}. To go on: python -m charrnn resume {path}",
            )
        )
        return STOPPED
    print()
    print(telling.summary(path, run.settings, run.history))
    print(telling.next_steps(path, run.settings, run.history))
    return 0


def _cut(settings: dict[str, Any], letters: Letters, team: Workers) -> training.Cut:
    """How the text is laid out; refused where it is too short for that."""
    batch, held_out = settings["batch"], settings["held_out"]
    team.rows(batch)  # whether it can be shared out
    width = (letters.count - held_out) // batch
    if width < 2 or held_out == 1:
        shortest = 2 * batch + max(held_out, 2)
        raise TextError(
            choose(
                f"글이 {letters.count:,}글자로 너무 짧습니다. --batch {batch}에 떼어 두는 글이 "
                f"{held_out:,}글자이면 {shortest:,}글자는 있어야 합니다.",
                f"The text is too short, {letters.count:,} letters: with --batch {batch} and "
                f"{held_out:,} letters held out it needs {shortest:,} or more.",
            )
        )
    return training.Cut(batch, min(settings["steps"], width), held_out, width)


def _numbered(text: Path, path: Path, spelling: Spelling, team: Workers) -> Letters:
    """The text as numbers, in a file beside the model; one worker of each host makes it."""

    def make() -> Letters:
        if text.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder", str(text))
        if not text.exists():
            raise FileNotFoundError(errno.ENOENT, "no file", str(text))
        if not text.is_file():
            raise TextError(
                choose(
                    f"{text}: 파이프나 장치입니다. 글은 두 번 읽으므로 먼저 파일로 저장해 "
                    "주십시오.",
                    f"{text} is a pipe or a device: a text is read twice, so save it in a file "
                    "first.",
                )
            )
        checkpoint.check_folder(path)
        return number(text, path.parent, spelling, progress=team.leads)

    here = team.only(team.local == 0, make)
    letters: Letters = here or number(text, path.parent, spelling)
    if len(set(team.gather(letters.fingerprint))) > 1:
        raise TextError(
            choose(
                f"{text} 파일이 컴퓨터마다 다릅니다. 모두 같은 파일을 두십시오.",
                f"{text} is not the same file on every host: put the same one on all.",
            )
        )
    return letters


def _read_if_there(path: Path, team: Workers) -> dict[str, Any] | None:
    def read() -> dict[str, Any] | None:
        return models.opened(path).content if checkpoint.place(path).exists() else None

    content: dict[str, Any] | None = team.same(team.only(team.leads, read))
    return content


@contextmanager
def _together(options: Namespace) -> Iterator[Workers]:
    """The workers, each with as many threads as was asked for."""
    before = torch.get_num_threads()
    torch.set_num_threads(options.threads)
    try:
        with workers.started(options.device) as team:
            yield team
    finally:
        torch.set_num_threads(before)


@contextmanager
def _alone(path: Path, team: Workers) -> Iterator[None]:
    """Refuse to train into a file that another run is training into."""

    def hold() -> None:
        try:
            held.enter_context(atomic.alone(checkpoint.place(path)))
        except BlockingIOError as error:
            raise models.ModelError(
                choose(
                    f"지금 다른 학습이 {path}에 저장하고 있습니다. 끝나기를 기다리거나 "
                    "--output으로 다른 이름을 정해 학습시켜 주십시오.",
                    f"Another run is training into {path}: wait until it has ended, or train into "
                    "another file with --output.",
                )
            ) from error

    with ExitStack() as held:
        team.only(team.leads, hold)
        yield


@contextmanager
def _interruptible() -> Iterator[list[bool]]:
    """A flag that Ctrl+C sets, so that training ends at a segment's end; twice ends it at once.

    Under torchrun Ctrl+C may reach a worker twice, so there the second counts for nothing. SIGTERM
    does the same for a process by itself; torchrun needs it to end workers that hang.
    """
    stopped, alone = [False], "RANK" not in os.environ

    def ask(number: int, frame: Any) -> None:
        if stopped[0] and alone:
            raise KeyboardInterrupt
        stopped[0] = True

    names = [signal.SIGINT, signal.SIGTERM] if alone else [signal.SIGINT]
    before = {name: signal.signal(name, ask) for name in names}
    try:
        yield stopped
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
