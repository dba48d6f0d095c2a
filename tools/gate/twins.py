"""In what a text and its twin in another language must agree: Korean and English, as a rule.

Blocks, headings and images agree in their order; so does each paragraph, list item and table cell
with its twin in what can be compared without knowing either language.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from book.languages import LANGUAGES

from gate import numerals
from gate.prose import Prose, Text

# English says zeros and ones where Korean writes digits.
ZERO_OR_ONE = {"0": re.compile(r"\bzeros?\b", re.I), "1": re.compile(r"\bones?\b", re.I)}


# A language that is not here says numbers in digits, as far as the gate can tell.
IN_WORDS: dict[str, Callable[[str], set[int]]] = {"ko": numerals.korean, "en": numerals.english}
KOREAN_AND_ENGLISH = ("ko", "en")


class Difference(NamedTuple):
    ko_line: int  # within the cells, from 0
    en_line: int
    rule: str
    korean: str  # what only the Korean has
    english: str


def differences(
    ko: Prose, en: Prose, languages: tuple[str, str] = KOREAN_AND_ENGLISH
) -> Iterator[Difference]:
    """Where the two differ, by rule; `languages` are theirs, in this order."""
    yield from _compare(0, 0, "headings", [ko.headings], [en.headings])
    yield from _compare(0, 0, "images", *([[src for src, _ in p.images]] for p in (ko, en)))
    yield from _compare(0, 0, "code", [ko.blocks], [en.blocks])
    yield from _compare(0, 0, "formulas", [ko.formulas], [en.formulas])
    if ko.shape != en.shape:
        yield Difference(0, 0, "blocks", *_first_difference(ko.shape, en.shape))
    if len(ko.texts) == len(en.texts):
        for ours, theirs in zip(ko.texts, en.texts, strict=True):
            yield from _texts(ours, theirs, languages)
    else:
        yield from _texts(whole(ko), whole(en), languages)


def whole(parts: Prose) -> Text:
    """All texts of a cell as one, for cells that cannot be compared text by text."""
    columns = list(zip(*parts.texts, strict=True)) or [()] * len(Text._fields)
    _, _, words, own_words, spoken, links, bold = columns
    return Text(
        0,
        "cell",
        "\n".join(words),
        "\n".join(own_words),
        sum(spoken, ()),
        sum(links, ()),
        sum(bold),
    )


def _texts(ko: Text, en: Text, languages: tuple[str, str]) -> Iterator[Difference]:
    lines = ko.line, en.line
    links = [list(map(same_for_both, text.links)) for text in (ko, en)]
    yield from _compare(*lines, "links", *links)
    if sorted(links[0]) == sorted(links[1]) and links[0] != links[1]:
        yield Difference(*lines, "links", f"the order {links[0]}", str(links[1]))
    # Code and formulas in any number: one language may name again what the other has just named.
    for rule, is_formula in (("code", False), ("formulas", True)):
        sides = [{s for s in text.spoken if s.startswith("$") == is_formula} for text in (ko, en)]
        yield from _compare(*lines, rule, *sides)
    yield from _compare(*lines, "bold", ["bold"] * ko.bold, ["bold"] * en.bold)
    yield from numbers(ko, en, languages)


def numbers(
    ko: Text, en: Text, languages: tuple[str, str] = KOREAN_AND_ENGLISH
) -> Iterator[Difference]:
    """Numbers, in digits and in words, that one of two texts lacks."""
    words = [_in_words(text, code) for text, code in zip((ko, en), languages, strict=True)]
    yield from _compare(ko.line, en.line, "numbers", *_digits(ko, en, *words))
    if set(languages) <= set(IN_WORDS):
        ours, theirs = words
        sides = ours - theirs - _whole_numbers(en), theirs - ours - _whole_numbers(ko)
        yield from _compare(ko.line, en.line, "numerals", *sides)


def _in_words(text: Text, language: str) -> set[int]:
    words = numerals.in_digits(text.words)
    return IN_WORDS[language](words) if language in IN_WORDS else set()


def _digits(
    ko: Text, en: Text, ko_words: set[int], en_words: set[int]
) -> tuple[list[str], list[str]]:
    """The numbers in digits, each as often as it is said; 0 and 1 at most once."""
    a, b = ko.numbers(), en.numbers()
    for digit, word in ZERO_OR_ONE.items():
        there = digit in b or (digit in a and bool(word.search(en.words)))
        a[digit], b[digit] = int(digit in a), int(there)
    # 다섯 개, k = 5: what one says in words, the other may write in digits.
    for said, own, others in ((ko_words, a, b), (en_words, b, a)):
        for number in map(str, said):
            if number not in own:
                del others[number]
    return list(a.elements()), list(b.elements())


def _whole_numbers(text: Text) -> set[int]:
    return {int(number) for number in text.numbers() if number.isdecimal()}


def same_for_both(link: str) -> str:
    """A link to a page of the own language, as one string for both languages."""
    return re.sub(rf"(^\.\./|/chapters/)({'|'.join(LANGUAGES)})/", r"\1*/", link)


def _compare(
    ko_line: int, en_line: int, rule: str, a: Iterable[object], b: Iterable[object]
) -> Iterator[Difference]:
    """A difference if the two do not hold the same things equally often."""
    ours, theirs = Counter(map(str, a)), Counter(map(str, b))
    if ours != theirs:
        sides = ", ".join((ours - theirs).elements()), ", ".join((theirs - ours).elements())
        yield Difference(ko_line, en_line, rule, *(side or "none" for side in sides))


def _first_difference(a: list[str], b: list[str]) -> tuple[str, str]:
    """The block at which two lists of blocks part."""
    for ours, theirs in zip_longest(a, b, fillvalue="the end"):
        if ours != theirs:
            return ours.replace("_", " "), theirs.replace("_", " ")
    return "", ""
