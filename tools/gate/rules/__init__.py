"""The rules of the gate: each is a function of the book that yields what it finds."""

from collections.abc import Callable

from gate.model import Book, Findings
from gate.rules.agreement import agreement, alternative_text, readme
from gate.rules.display import claim, length, raw
from gate.rules.links import targets
from gate.rules.names import address, defined_once, version
from gate.rules.spoken import spoken
from gate.rules.structure import built, contents, pairing, read_together, readable
from gate.rules.symbols import symbols
from gate.rules.wording import korean_style, mixed, particle, terms, words

RULES: tuple[Callable[[Book], Findings], ...] = (
    readable,
    built,
    read_together,
    pairing,
    agreement,
    alternative_text,
    targets,
    contents,
    terms,
    korean_style,
    particle,
    mixed,
    words,
    raw,
    length,
    claim,
    spoken,
    defined_once,
    symbols,
    readme,
    address,
    version,
)
