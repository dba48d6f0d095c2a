"""A file written whole or not at all: beside its place first, flushed, then renamed.

Whatever interrupts this (an error, a full disk, a kill, a power cut), the file is the old one or
the new one; of two writers at once, the later one wins.
"""

import glob
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from charrnn.arguments import quoted

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

NAME_KEPT = 50  # letters of a file's name that the part's name repeats: names have a limit


def place(name: str, path: Any) -> Path:
    """Where a file is read from and written to; a link leads to what it points at.

    Args:
        name: of the argument, for the message.
        path: what was handed over.

    Raises:
        TypeError: no path.
        ValueError: no name of a file, or that of a folder, of a device or the like.
    """
    if not isinstance(path, str | os.PathLike) or isinstance(os.fspath(path), bytes):
        raise TypeError(f"{name} must be a path, a string or pathlib.Path, got {quoted(path)}.")
    shown = quoted(os.fspath(path))
    try:
        there = Path(os.path.realpath(path))
        mode = there.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG  # a new file
    except (OSError, ValueError) as error:  # a name too long, a link to itself, a NUL
        why = getattr(error, "strerror", None) or error
        raise ValueError(f"{name}: {shown} cannot be a file ({why}).") from error
    if not os.fspath(path) or not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "no file"
        raise ValueError(f"{name}: {shown} is {what}; give the name of a file.")
    return there


def check_folder(name: str, path: Path) -> None:
    """Refuse a place where no file can be made, before there is anything to lose.

    Raises:
        ValueError: the folder is missing, or may not be written to.
    """
    folder = path.parent
    if not folder.is_dir():
        raise ValueError(f"{name}: there is no folder {quoted(str(folder))}; make it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValueError(f"{name}: the folder {quoted(str(folder))} may not be written to.")


def write_whole(path: Path, content: Iterable[bytes], check: Callable[[Path], object]) -> None:
    """Replace the file at ``path``, or make it.

    A new file gets the mode that the umask allows, an old one keeps its own. What killed writers
    have left for the same path is deleted first.

    Args:
        path: of the file, as `place` gives it.
        content: all of it, piece by piece.
        check: is called with the written part; if it raises, the old file stays.

    Raises:
        OSError: it cannot be written there, as when the disk is full.
    """
    file, part, locked = _new_part(path)
    try:
        with file:
            if locked:
                _sweep(path)
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
            check(part)
            with suppress(OSError):  # a new file, or a file system without modes
                os.chmod(part, stat.S_IMODE(path.stat().st_mode))
            if locked:  # until the rename, lest another writer takes the part for a dead one's
                os.replace(part, path)
        if not locked:  # Windows renames no open file
            os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _new_part(path: Path) -> tuple[BinaryIO, Path, bool]:
    """A new file beside ``path``, open for writing, its name, and whether it is locked."""
    while True:
        part = path.with_name(f"{path.name[:NAME_KEPT]}.{secrets.token_hex(8)}.part")
        file = open(part, "xb")  # noqa: SIM115, it is handed on
        locked = _lock(file.fileno())
        if part.exists():  # no other writer took it for a dead one's before it was locked
            return file, part, locked
        file.close()


def _lock(handle: int, wait: bool = True) -> bool:
    """Hold a file for as long as it is open; a killed process lets go of it.

    False: there are no locks here.

    Raises:
        BlockingIOError: somebody else holds it, and ``wait`` is False.
    """
    if fcntl is None:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError:
        return False
    return True


def _sweep(path: Path) -> None:
    """Delete the parts of writers that were killed: nobody holds them."""
    start = path.name[:NAME_KEPT]
    for part in path.parent.glob(glob.escape(start) + ".*.part"):
        if not re.fullmatch(r"[0-9a-f]{16}", part.name[len(start) + 1 : -len(".part")]):
            continue
        with suppress(OSError), open(part, "r+b") as file:  # gone meanwhile, or another's
            if _lock(file.fileno(), wait=False):
                part.unlink()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep out whoever else would write the file at ``path``, for longer than one write takes.

    What is held is a file beside it, deleted afterwards; what a killed process leaves of it is held
    by nobody. Where no file can be made or held, as on Windows, nobody is kept out.

    Raises:
        BlockingIOError: somebody else is there.
    """
    beside = path.with_name(f"{path.name}.lock")
    file = _held(beside)
    try:
        yield
    finally:
        if file is not None:
            beside.unlink(missing_ok=True)  # while it is held
            file.close()


def _held(path: Path) -> BinaryIO | None:
    """The file at ``path``, new or there, open and held by this process alone."""
    while fcntl is not None:
        try:
            file = open(path, "ab")  # noqa: SIM115, it is handed on
        except OSError:  # whoever writes there is told
            return None
        try:
            _lock(file.fileno(), wait=False)
        except BlockingIOError:
            file.close()
            raise
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        file.close()  # who held it had just deleted it
    return None


def _flush_folder(folder: Path) -> None:
    """Put the rename on the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
