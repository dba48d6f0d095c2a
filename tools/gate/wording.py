"""What is wrong with a text of the package or the site that exists in both languages."""

import re
from collections.abc import Iterable, Iterator

from book.strings import Pair
from book.terms import Term

from gate import korean, particles, twins, usage
from gate.prose import CODE, Prose, Text

HANGUL = re.compile(r"[가-힣]")
FILLED_IN = re.compile(r"\{([^{}]*)\}")  # {n}: what is put there when the text is shown
# Code that these texts name; they are plain, so nothing but quotes around a word marks it. Commands
# and options are what a user types: `python -m charrnn train --letters bytes`.
CODE_WORDS = re.compile(
    r"`[^`]+`|(?<!\w)--?[a-z][a-z-]*(?: [a-z]+)?|\btorch(?:run|\.distributed)"
    r"|\bpython -m charrnn(?: [a-z]+)?|\b(?:pip install charrnn|train)(?![A-Za-z])"
)
FORMULA = re.compile(r"\$[^$]*\$")


def faults(pair: Pair, terms: list[Term]) -> Iterator[str]:
    """What is wrong with one pair."""
    if pair.ko is None or pair.en is None:
        yield f"{pair.key} is not there in {'Korean' if pair.ko is None else 'English'}"
        return
    ko, en = _text(pair.ko), _text(pair.en)
    ours, theirs = Prose([ko], [], [], [], [], [], []), Prose([en], [], [], [], [], [], [])
    if korean_only := HANGUL.findall(en.words):
        yield f"{pair.en}: Korean in English: {''.join(korean_only)}"
    if not HANGUL.search(ko.words) and set(korean.LATIN.findall(ko.words)) - korean.NAMES:
        yield f"{pair.ko}: the Korean text is English"
    if set(FILLED_IN.findall(pair.ko)) != set(FILLED_IN.findall(pair.en)):
        yield f"{pair.ko} and {pair.en} fill in other {{values}}"
    for found in twins.numbers(ko, en):
        if found.korean != "1":  # 1초에, a second
            yield f"{found.rule}: Korean has {found.korean}, English {found.english}: {pair.ko}"
    messages = [*korean.faults(ours), *korean.latin(ours, theirs)]
    yield from (f"{message}: {pair.ko}" for _, message in messages)
    yield from (f"{message}: {pair.ko}" for message in particles.faults(ko, frozenset()))
    yield from (f"{message}: {pair.ko}" for message in usage.lacking(terms, ko.words, en.words))
    yield from (f"{message}: {pair.ko}" for message in usage.avoided(terms, ko.words))


def alike(pairs: Iterable[Pair]) -> Iterator[tuple[Pair, str]]:
    """Pairs of one file that are the same in Korean though the English tells them apart."""
    said: dict[str, Pair] = {}
    for pair in pairs:
        if pair.ko is None or pair.en is None:
            continue
        first = said.setdefault(pair.ko, pair)
        if _words(pair.en) != _words(first.en or ""):
            yield pair, f"{pair.ko}: said for {first.en!r} and for {pair.en!r}"


def _words(english: str) -> list[str]:
    """In any order, one or many: chosen letter, letters chosen."""
    return sorted(word.lower().rstrip("s") for word in english.split())


def _text(said: str) -> Text:
    words = said
    for pattern in (FILLED_IN, FORMULA, CODE_WORDS):
        words = pattern.sub(CODE, words)
    # How a value is read is known only when it is there.
    return Text(0, "paragraph", words, words, ("",) * words.count(CODE))
