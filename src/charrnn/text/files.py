"""Text files of any size: in which encoding they are, and their letters a piece at a time.

No more than a piece is in memory at once, however long the file.
"""

import codecs
import io
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from charrnn.translations import choose

PIECE = 2**20  # bytes read at a time
# Before UTF-16's: the mark of UTF-32 begins with the same two bytes, and what follows is refused.
MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
UNMARKED = ("utf-8", "cp949")
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp949": "CP949"}


class TextError(ValueError):
    """A file that cannot be read as text."""


def joins(letter: str) -> bool:
    """Whether a letter may join one before it: an accent, a vowel sign, a jamo of NFD."""
    return unicodedata.category(letter).startswith("M") or "\u1160" <= letter <= "\u11ff"


def encoding(path: str | os.PathLike[str]) -> str:
    """The encoding of a text file: UTF-8, UTF-16 with its mark, or CP949 (Korean Windows).

    The whole file is decoded once.

    Raises:
        OSError: there is no such file, or it may not be read.
        TextError: it is in none of these, or no text at all.
    """
    with open(path, "rb") as file:
        head = file.read(4)
    marked = next((name for mark, name in MARKED.items() if head.startswith(mark)), None)
    where = {}
    for name in [marked] if marked else UNMARKED:
        try:
            for _ in _decoded(path, name, PIECE):
                pass
        except UnicodeDecodeError as error:
            where[name] = error.start
        else:
            return name
    shown, first, at = Path(path).name, NAMES[next(iter(where))], next(iter(where.values()))
    raise TextError(
        choose(
            f"{shown} 파일은 UTF-8, UTF-16(BOM 있음), CP949 가운데 어느 것으로도 읽을 수 없습니다 "
            f"({at}번째 바이트가 {first}에 맞지 않습니다). 글이라면 UTF-8로 저장해 주십시오.",
            f"{shown} can be read neither as UTF-8 nor as UTF-16 with a BOM nor as CP949 "
            f"(byte {at} does not fit {first}). If it is text, save it as UTF-8.",
        )
    )


def pieces(path: str | os.PathLike[str], encoding: str, size: int = PIECE) -> Iterator[str]:
    r"""The text of a file in NFC, some ``size`` bytes at a time; every line ends with ``\n``.

    Put together, the pieces are the NFC of the whole: none begins with a letter that would join
    the one before it.

    Raises:
        OSError: there is no such file, or it may not be read.
        UnicodeDecodeError: another encoding; ``start`` counts from the beginning of the file.
        TextError: the file holds NUL, as no text does.
    """
    held = ""
    for text in _decoded(path, encoding, size):
        held += text
        cut = len(held) - 1
        while cut > 0 and joins(held[cut]):
            cut -= 1
        if cut > 0:
            yield unicodedata.normalize("NFC", held[:cut])
            held = held[cut:]
    if held:
        yield unicodedata.normalize("NFC", held)


def _decoded(path: str | os.PathLike[str], encoding: str, size: int) -> Iterator[str]:
    inner = codecs.getincrementaldecoder(encoding)()
    decoder = io.IncrementalNewlineDecoder(inner, translate=True)
    read, more = 0, True
    with open(path, "rb") as file:
        while more:
            content = file.read(size)
            more = bool(content)
            kept = len(inner.getstate()[0])  # bytes of a letter that was cut
            try:
                text = decoder.decode(content, final=not more)
            except UnicodeDecodeError as error:
                error.start += read - kept
                raise
            read += len(content)
            if "\0" in text:
                raise TextError(
                    choose(
                        f"{Path(path).name} 파일은 글이 아니거나, BOM 없는 UTF-16입니다. "
                        "글이라면 UTF-8로 저장해 주십시오.",
                        f"{Path(path).name} is no text, or it is UTF-16 without a BOM. "
                        "If it is text, save it as UTF-8.",
                    )
                )
            yield text
