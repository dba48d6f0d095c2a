"""`write` and `info`: what a model writes, and what its file tells."""

import secrets
import sys
from argparse import Namespace
from pathlib import Path

from charrnn.command import models, tables, telling
from charrnn.history import History
from charrnn.layers.sampling import generate
from charrnn.text.hangul import decode_from, encode_as
from charrnn.text.vocabulary import VocabularyError
from charrnn.translations import choose, word

SEEDS = 10**6  # of those that are drawn: short enough to type again
SHOWN_LETTERS = 60


def go_on(options: Namespace) -> int:
    """Print a prompt and what the model goes on with."""
    saved = models.to_look_at(options.model)
    prompt = options.prompt
    if prompt == "":
        raise ValueError(
            choose("--prompt가 비어 있습니다.", "--prompt is empty: give it a letter or more.")
        )
    if prompt is None:
        known = saved.vocabulary.letters
        prompt = "\n" if "\n" in known else known[0]
    try:
        spelled = encode_as(prompt, saved.spelling)
        saved.vocabulary.encode(spelled)
    except VocabularyError as error:
        unknown = sorted(set(spelled) - set(saved.vocabulary.letters[: saved.vocabulary.start]))
        raise ValueError(
            choose(
                f"--prompt에 이 모델이 모르는 글자가 있습니다: {_quote(unknown)}. "
                f"아는 글자: {_letters(saved)}",
                f"--prompt has letters that this model does not know: {_quote(unknown)}. "
                f"It knows {_letters(saved)}",
            )
        ) from error
    seed = secrets.randbelow(SEEDS) if options.seed is None else options.seed
    text = generate(
        saved.model, saved.vocabulary, spelled, options.length, temperature=options.temperature,
        top_k=options.top_k, top_p=options.top_p, seed=seed,
    )  # fmt: skip
    print(decode_from(spelled + text, saved.spelling).lstrip("\n"))
    if options.seed is None:
        sys.stdout.flush()
        print(
            choose(f"(--seed {seed}: 같은 글을 다시 씁니다)", f"(--seed {seed} writes it again)"),
            file=sys.stderr,
        )
    return 0


def info(options: Namespace) -> int:
    """Print what is in a model file."""
    saved = models.to_look_at(options.model)
    curves = saved.content["curves"]
    history = History(curves["training"], curves["validation"], saved.settings)
    print(
        telling.summary(Path(options.model), saved.settings, history, saved.content.get("middle"))
    )
    print(_row(word("letters"), _letters(saved)))
    if history.epochs:
        print()
        print(telling.epochs(history))
    return 0


def _row(name: str, value: str) -> str:
    return tables.named([(name, value)])


def _letters(saved: models.Saved) -> str:
    return _quote(list(saved.vocabulary.letters[: saved.vocabulary.start]))


def _quote(letters: list[str]) -> str:
    """Letters side by side, those that cannot be seen as Python writes them."""
    shown = "".join(x if x.isprintable() else repr(x)[1:-1] for x in letters[:SHOWN_LETTERS])
    return shown + ("…" if len(letters) > SHOWN_LETTERS else "")
