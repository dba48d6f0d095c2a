"""What is told of a model and of its training: a file at a glance, its epochs, what to do next."""

import math
import sys
import time
from pathlib import Path
from typing import Any

from tqdm import tqdm

from charrnn.command import tables, training
from charrnn.command.letters import Letters
from charrnn.command.workers import Workers
from charrnn.history import History
from charrnn.layers import perplexity
from charrnn.layers.model import count_weights
from charrnn.text.corpus import MARKS
from charrnn.text.files import NAMES
from charrnn.translations import choose, word

MOST_LINES, MOST_LATER = 20, 10  # epochs that are shown while a model learns, and later
COLUMNS = (10, 12, 12, 14)
HUGE = 20.0  # nats: a perplexity of more says nothing
RISEN = math.log(1.02)  # nats: the perplexity is more than 2% higher


def summary(
    path: Path, settings: dict[str, Any], history: History, middle: dict[str, Any] | None = None
) -> str:
    """A model file at a glance; what the settings lack is left out."""
    vocab_size, hidden, kind = settings["vocab_size"], settings["hidden_size"], settings["kind"]
    weights, letters = count_weights(vocab_size, hidden, kind), vocab_size - len(MARKS)
    spelling = settings["spelling"]
    unit = word("letters" if spelling == "syllables" else spelling)
    done = choose(f"{history.epochs}에포크", f"{history.epochs} epochs")
    asked_for = settings.get("epochs", 0)
    if history.epochs < asked_for:
        done = choose(
            f"{asked_for}에포크 가운데 {history.epochs}에포크",
            f"{history.epochs} of {asked_for} epochs",
        )
    if middle is not None:
        done += choose(
            f", 그다음 에포크의 {middle['segment']}번째 토막까지",
            f" and {middle['segment']} segments of the next",
        )
    rows = [
        (choose("파일", "file"), f"{path} ({path.stat().st_size / 1e6:,.2f} MB)"),
        (
            choose("모델", "model"),
            choose(
                f"{kind.upper()}, 은닉 유닛 {hidden}개, 가중치 {weights:,}개, {unit} {letters}개",
                f"{kind.upper()}, {hidden} hidden units, {weights:,} weights, {letters} {unit}",
            ),
        ),
        (word("training"), done),
    ]
    if "text_file" in settings:
        rows.insert(1, (word("text"), settings["text_file"]))
    if history.losses:
        rows.append((word("perplexity"), _perplexity(history.losses[-1])))
    if history.validation_losses:
        tested = _perplexity(history.validation_losses[-1])
        if "held_out" in settings:
            held_out = f"{settings['held_out']:,}"
            tested += choose(f" ({held_out}글자)", f" ({held_out} letters)")
        rows.append((choose("떼어 둔 글의 혼란도", "perplexity, text held out"), tested))
    return tables.named(rows)


def _perplexity(loss: float) -> str:
    """The perplexity of a loss in nats, for a table."""
    return f"{perplexity(loss):,.2f}" if loss < HUGE else "> e^20"


def epochs(history: History) -> str:
    """The perplexities after some ten of the epochs, the last among them."""
    every = max(1, -(-history.epochs // MOST_LATER))
    told = [e for e in range(history.epochs) if (e + 1) % every == 0 or e + 1 == history.epochs]
    return "\n".join([_heads(), *(_row(history, epoch) for epoch in told)])


def _heads(*more: str) -> str:
    cells = (word("epoch"), word("perplexity"), choose("떼어 둔 글", "held out"), *more)
    return tables.row(cells, COLUMNS[: len(cells)])


def _row(history: History, epoch: int, *more: str) -> str:
    """A line of the table, for an epoch counted from 0."""
    held_out = history.validation_losses  # the page may have tested the last epochs alone
    at = epoch - history.epochs + len(held_out)
    tested = _perplexity(held_out[at]) if at >= 0 else ""
    cells = (str(epoch + 1), _perplexity(history.losses[epoch]), tested, *more)
    return tables.row(cells, COLUMNS[: len(cells)])


class Table:
    """The table that grows while a model learns, on worker 0."""

    def __init__(self, run: training.Run, letters: Letters, team: Workers) -> None:
        self.every = max(1, run.settings["epochs"] // MOST_LINES)
        self.read = (run.cut.width - 1) * run.cut.batch
        self.since, self.part = time.monotonic(), 1 - run.place.segment / run.cut.segments
        if not team.leads:
            return
        text = run.settings["text_file"]
        print(
            choose(
                f"{Path(text).name} ({NAMES[letters.encoding]}): {letters.count:,}글자, "
                f"서로 다른 글자 {letters.vocabulary.start:,}개",
                f"{Path(text).name} ({NAMES[letters.encoding]}): {letters.count:,} letters, "
                f"{letters.vocabulary.start:,} different ones",
            )
        )
        if team.count > 1:
            print(choose(f"프로세스 {team.count}개", f"{team.count} workers"))
        print(_heads(choose("초당 글자", "letters/s")), flush=True)

    def add(self, run: training.Run) -> None:
        """A line for the epoch that was just finished."""
        history, now = run.history, time.monotonic()
        speed = self.part * self.read / max(now - self.since, 1e-9)
        self.since, self.part = now, 1.0
        if history.epochs % self.every and history.epochs != run.settings["epochs"]:
            return
        tqdm.write(_row(history, history.epochs - 1, f"{speed:,.0f}"))
        sys.stdout.flush()


def finished_already(path: Path, epochs: int) -> str:
    """That nothing is left to learn, and how to learn on."""
    return choose(
        f"이미 {epochs}에포크를 마친 모델입니다. "
        f"더 학습시키려면: python -m charrnn resume {path} --epochs {2 * epochs}",
        f"This model has already learned for {epochs} epochs. "
        f"To train it on: python -m charrnn resume {path} --epochs {2 * epochs}",
    )


def next_steps(path: Path, settings: dict[str, Any], history: History) -> str:
    """What to do with the model, and where the text held out became harder, why."""
    told = []
    losses, held_out = history.losses, history.validation_losses
    best = min(range(len(held_out)), key=held_out.__getitem__) if held_out else 0
    if held_out and held_out[-1] - held_out[best] > RISEN:
        blind = math.log(settings["vocab_size"])  # the loss of who takes all letters as likely
        by_heart = losses[-1] < min(losses[best], blind)
        korean, english = (
            ("배운 글을 외우기 시작했다는 뜻입니다.",
             "The model has begun to learn its text by heart.")
            if by_heart else
            ("학습률이 너무 높은 듯합니다. --learning-rate를 낮추어 처음부터 다시 학습해 주십시오.",
             "The learning rate is probably too high: train again with a lower --learning-rate.")
        )  # fmt: skip
        told.append(
            choose(
                f"떼어 둔 글의 혼란도는 {best + 1}에포크에서 가장 낮았고, 그 뒤로는 높아졌습니다. "
                + korean,
                f"On the text held out, the perplexity was lowest after epoch {best + 1} and has "
                f"risen since. {english}",
            )
        )
    told.append(choose(f"써 보려면: python -m charrnn write {path}",
                       f"Let it write: python -m charrnn write {path}"))  # fmt: skip
    return "\n".join(told)
