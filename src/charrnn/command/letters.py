"""A text of any size as numbers in a file, which is mapped into memory and not loaded.

The file is a line of JSON, filled up with spaces to a multiple of `ALIGN` bytes, then the number of
each letter in 16 bits. N letters of the text, V in its vocabulary.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from charrnn.layers import atomic
from charrnn.runtime import hide_bar
from charrnn.text import corpus, files
from charrnn.text.hangul import Spelling, encode_as
from charrnn.text.vocabulary import MOST_LETTERS, Vocabulary
from charrnn.translations import choose

VERSION = 1
ALIGN = 64
BEGINS = b'{"version": '  # what each of these files begins with
CODES = 0x110000  # of Unicode


@dataclass(frozen=True)
class Letters:
    """A text as numbers ``(N,)`` in a file.

    ``path`` is the numbers' file, whose first letter stands at the byte ``start``; ``fingerprint``
    is a short name for the text as it is spelled: another text, another name.
    """

    path: Path
    vocabulary: Vocabulary
    encoding: str
    fingerprint: str
    count: int
    start: int

    def mapped(self) -> NDArray[np.uint16]:
        """The numbers ``(N,)``, to be read only. What is looked at stays in memory with the map.

        Raises:
            TextError: the file is gone, or another run has put another text's numbers there.
        """
        wanted = {
            "version": VERSION,
            "letters": self.vocabulary.letters,
            "fingerprint": self.fingerprint,
        }
        try:
            with open(self.path, "rb") as file:
                found = _read(file, self.path, wanted)
                if found is not None:
                    return np.memmap(
                        file, dtype="<u2", mode="r", offset=found.start, shape=(found.count,)
                    )
        except FileNotFoundError:
            pass
        raise files.TextError(
            choose(
                f"학습하는 동안 {self.path} 파일이 지워졌거나 다른 글의 것으로 바뀌었습니다. "
                "글이 그대로라면 같은 명령을 다시 실행해 주십시오.",
                f"During the training {self.path} was deleted or came to hold another text: "
                "if the text itself is as it was, run the same command again.",
            )
        )


def number(text: Path, folder: Path, spelling: Spelling, progress: bool = False) -> Letters:
    """Number the letters of a text, in a file in ``folder``; one that is there already is used.

    Args:
        text: of any size; the same size, time of change and inode mean the same text.
        folder: where the numbers are kept.
        spelling: what a letter is, as in `charrnn.text.hangul.encode_as`.
        progress: show a bar.

    Raises:
        OSError: the text cannot be read or the numbers cannot be written.
        TextError: the file is no text, it changed while it was read, or a file that is none of
            numbers stands where they belong.
        ValueError: the text has no letters or too many different ones.
    """
    target = folder / f"{text.name}.{spelling}"
    stat = text.stat()
    source = {
        "version": VERSION,
        "bytes": stat.st_size,
        "changed": stat.st_mtime_ns,
        "inode": stat.st_ino,  # another folder may have a text of this name, size and time
    }
    there = _opened(target, source)
    if there is not None:
        return there
    _check_own(target)
    encoding = files.encoding(text)

    def spelled(said: str) -> Iterator[str]:
        with tqdm(
            desc=said, total=stat.st_size, unit="B", unit_scale=True, leave=False,
            disable=hide_bar(progress),
        ) as bar:  # fmt: skip
            for piece in files.pieces(text, encoding):
                yield encode_as(piece, spelling)
                # NFC has letters that CP949 lacks (Å), for some that it has.
                bar.update(len(piece.encode(encoding.removesuffix("-sig"), "replace")))

    seen, count, digest = np.zeros(CODES, dtype=bool), 0, hashlib.sha256()
    for piece in spelled(choose("글자 모으기", "collecting letters")):
        seen[_codes(piece)] = True
        count += len(piece)
        digest.update(piece.encode())
    vocabulary = _vocabulary(text, {chr(code) for code in np.flatnonzero(seen)})
    head = source | {
        "letters": vocabulary.letters,
        "encoding": encoding,
        "fingerprint": digest.hexdigest()[:16],
        "count": count,
    }

    def content() -> Iterator[bytes]:
        line = json.dumps(head).encode()
        yield line + b" " * (-(len(line) + 1) % ALIGN) + b"\n"
        table = np.zeros(CODES, dtype="<u2")
        table[_codes(vocabulary.letters[: vocabulary.start])] = np.arange(vocabulary.start)
        for piece in spelled(choose("번호 매기기", "numbering letters")):
            yield table[_codes(piece)].tobytes()

    def check(part: Path) -> None:
        if _opened(part, source) is None or text.stat().st_mtime_ns != stat.st_mtime_ns:
            raise files.TextError(
                choose(
                    f"{text.name} 파일이 읽는 동안 바뀌었습니다. 다시 실행해 주십시오.",
                    f"{text.name} changed while it was read: try again.",
                )
            )

    atomic.write_whole(target, content(), check)
    made = _opened(target, source)
    assert made is not None  # it was just checked
    return made


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _vocabulary(text: Path, letters: set[str]) -> Vocabulary:
    if not letters:
        raise files.TextError(
            choose(f"{text.name} 파일이 비어 있습니다.", f"{text.name} is an empty file.")
        )
    most = MOST_LETTERS - len(corpus.MARKS)
    if len(letters) > most:
        raise files.TextError(
            choose(
                f"{text.name}에는 서로 다른 글자가 {len(letters):,}개 있습니다. "
                f"{most:,}개까지 배울 수 있습니다. --letters bytes로 바이트를 읽게 하십시오.",
                f"{text.name} has {len(letters):,} different letters, and at most {most:,} can "
                "be learned: let it read bytes, with --letters bytes.",
            )
        )
    marks = sorted(letters & set(corpus.MARKS))
    if marks:
        raise files.TextError(
            choose(
                f"{text.name}에는 표시로만 쓰이는 글자 {''.join(marks)}가 있습니다. "
                "글에서 지워 주십시오.",
                f"{text.name} has {''.join(marks)}, which serves as a mark: "
                "remove it from the text.",
            )
        )
    return corpus.of_letters(letters)


def _check_own(target: Path) -> None:
    """Refuse to write over a file that holds something else than numbers of letters."""
    try:
        with open(target, "rb") as file:
            begins = file.read(len(BEGINS))
    except FileNotFoundError:
        return
    if not BEGINS.startswith(begins):  # one that is empty has nothing to lose
        raise files.TextError(
            choose(
                f"{target} 파일은 글자의 번호를 담은 파일이 아니어서 덮어쓰지 않습니다. "
                "이름을 바꾸거나 --output으로 다른 폴더를 정하십시오.",
                f"{target} holds something else than numbers of letters, and is not written over: "
                "rename it, or name another folder with --output.",
            )
        )


def _opened(path: Path, source: dict[str, Any]) -> Letters | None:
    """The numbers in a file that `number` made of the same text, or None."""
    try:
        with open(path, "rb") as file:
            return _read(file, path, source)
    except OSError:
        return None


def _read(file: BinaryIO, path: Path, wanted: dict[str, Any]) -> Letters | None:
    """What an open file of numbers tells, or None if it is none that fits ``wanted``."""
    try:
        line = file.readline(2**20)
        head = json.loads(line)
        fits = {key: head[key] for key in wanted} == wanted
        found = Letters(
            path, Vocabulary(head["letters"]), str(head["encoding"]), str(head["fingerprint"]),
            int(head["count"]), len(line),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    size = os.fstat(file.fileno()).st_size
    return found if fits and size == found.start + 2 * found.count else None
