"""The language that is asked for, and a parser that speaks it: argparse itself speaks English."""

import argparse
import locale
import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NoReturn

from charrnn.command.tables import wrapped
from charrnn.translations import LANGUAGES, choose

WIDEST = 96  # columns of help
ASKED, WENT_WRONG, STOPPED = 2, 1, 130  # exit statuses


def asked_language(arguments: Sequence[str]) -> str:
    """The language of ``--language``, or else of the system; English where there is neither."""
    for at, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name == "--language":
            value = value or (arguments[at + 1] if at + 1 < len(arguments) else "")
            if value in LANGUAGES:
                return value
    system = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)),
        "",
    )
    with suppress(ValueError):  # a name that Python does not know
        system = system or locale.getlocale()[0] or ""
    return next((code for code in LANGUAGES if system.lower().startswith(code)), "en")


def complain(message: str, any_worker: bool = False) -> None:
    """Say what is wrong; of several workers only the first does, or any to whom it happens."""
    if any_worker or os.environ.get("RANK", "0") == "0":
        print(f"charrnn: {message}", file=sys.stderr)


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that speaks the language in force; argparse itself knows one."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
        self._positionals.title = choose("넣을 것", "arguments")
        self._optionals.title = choose("옵션", "options")
        self.add_argument(
            "-h", "--help", action="help",
            help=choose("이 도움말을 보여 줍니다.", "show this help"),
        )  # fmt: skip
        self.add_argument(
            "--language", choices=LANGUAGES,
            help=choose(
                "한국어(ko) 또는 영어(en). 정하지 않으면 시스템의 언어를 씁니다.",
                "Korean (ko) or English (en); the system's where it is not given",
            ),
        )  # fmt: skip

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in a sentence, and where help is; exit status 2."""
        told = message
        for pattern, korean, english in _argparse_messages():
            told = re.sub(pattern, choose(korean, english), told)
        help_is = choose(f"도움말: {self.prog} --help", f"Help: {self.prog} --help")
        complain(f"{told}\n{help_is}")
        sys.exit(ASKED)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        # As argparse does it: two columns stay free, and COLUMNS counts.
        width = min(WIDEST, shutil.get_terminal_size((WIDEST + 2, 24)).columns - 2)
        super().__init__(prog, max_help_position=28, width=width)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        told = choose("쓰는 법: ", "usage: ") if prefix is None else prefix
        super().add_usage(usage, actions, groups, told)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)


def _argparse_messages() -> list[tuple[str, str, str]]:
    """What argparse says by itself, as a pattern, with Korean and English in its place."""
    return [
        (r"^the following arguments are required: (.*)$", r"빠진 것이 있습니다: \1.",
         r"Something is missing: \1."),
        (r"^unrecognized arguments: (.*)$", r"모르는 옵션입니다: \1.", r"Unknown options: \1."),
        (r"^argument (\S+): expected one argument$", r"\1 뒤에 값이 있어야 합니다.",
         r"\1 needs a value after it."),
        (r"^argument ([^:]+): invalid choice: (.*) \(choose from (.*)\)$",
         r"\1: \2 값은 고를 수 없습니다. 고를 수 있는 값은 \3입니다.",
         r"\1 cannot be \2: choose from \3."),
        (r"^argument ([^:]+): ", r"\1: ", r"\1: "),
    ]  # fmt: skip


def number(kind: type, least: float, most: float) -> Callable[[str], Any]:
    """A check for argparse: a number from ``least`` to ``most``, ends included."""

    def check(text: str) -> Any:
        try:
            found = kind(text)
            fits = least <= found <= most
        except ValueError:
            fits = False
        if not fits:
            what = choose("정수", "a whole number") if kind is int else choose("수", "a number")
            shown = text if len(text) < 30 else text[:30] + "…"
            raise argparse.ArgumentTypeError(
                choose(
                    f"{least}에서 {most} 사이의 {what}여야 하는데 {shown!r}입니다.",
                    f"it must be {what} from {least} to {most}, not {shown!r}.",
                )
            )
        return found

    return check
