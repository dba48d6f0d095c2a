"""The command line: `python -m charrnn train`, `resume`, `write` and `info`.

Whatever a user hands over that cannot be, is told in a sentence, and the exit status says so: 2 for
what was asked, 1 for what went wrong on the way, 130 after Ctrl+C.
"""

import os
import re
import sys
from collections.abc import Sequence

from charrnn import translations
from charrnn.command import learn, show
from charrnn.command.options import parser
from charrnn.command.parsing import ASKED, STOPPED, WENT_WRONG, asked_language, complain
from charrnn.layers.checkpoint import CheckpointError
from charrnn.runtime import DivergenceError
from charrnn.translations import choose

COMMANDS = {
    "train": learn.train,
    "resume": learn.resume,
    "write": show.go_on,
    "info": show.info,
}
# What PyTorch says in a RuntimeError where memory is full, on a processor or a GPU, and what gloo
# says where another worker is gone.
FULL = re.compile("DefaultCPUAllocator|out of memory")
GONE = re.compile("Connection (closed|reset) by peer")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status.

    Args:
        arguments: as typed after ``python -m charrnn``; those of this process where none are given.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that lacks a letter shows a question mark
            stream.reconfigure(errors="replace")
    before = translations.get_language()
    translations.set_language(asked_language(arguments))
    try:
        options = parser().parse_args(arguments)
        status = COMMANDS[options.command](options)
        sys.stdout.flush()  # here, where a closed pipe can still be caught
        return status
    except CheckpointError as error:
        return _tell(choose(f"모델 파일을 쓸 수 없습니다. {error}", str(error)), ASKED)
    except OSError as error:
        if isinstance(error, BrokenPipeError):  # `| head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return WENT_WRONG
        asked = isinstance(error, FileNotFoundError | IsADirectoryError | PermissionError)
        return _tell(_os_error(error), ASKED if asked else WENT_WRONG)
    except ValueError as error:
        return _tell(str(error), ASKED)
    except DivergenceError as error:
        return _tell(
            choose(
                "학습이 발산했습니다. --learning-rate를 낮추어 처음부터 다시 학습해 주십시오. "
                f"({error})",
                str(error),
            ),
            WENT_WRONG,
        )
    except (MemoryError, RuntimeError) as error:
        if isinstance(error, MemoryError) or FULL.search(str(error)):
            return _tell(
                choose(
                    "메모리가 모자랍니다. --batch나 --steps, --hidden을 낮추어 학습시켜 주십시오.",
                    "There is not enough memory: train with a lower --batch, --steps or --hidden.",
                ),
                WENT_WRONG,
                any_worker=True,
            )
        if GONE.search(str(error)):
            return _tell(
                choose(
                    "다른 프로세스가 끝나 함께 끝냅니다.", "Another worker has ended: so does this."
                ),
                WENT_WRONG,
            )
        raise
    except KeyboardInterrupt:
        return _tell(choose("멈추었습니다.", "Stopped."), STOPPED)
    finally:
        translations.set_language(before)


def _os_error(error: OSError) -> str:
    """A file that cannot be opened or written, in a sentence."""
    name = error.filename or ""
    if isinstance(error, FileNotFoundError):
        return choose(f"파일이 없습니다: {name}", f"There is no such file: {name}")
    if isinstance(error, IsADirectoryError):
        return choose(f"파일이 아니라 폴더입니다: {name}", f"This is a folder, give a file: {name}")
    if isinstance(error, PermissionError):
        return choose(
            f"읽거나 쓸 권한이 없습니다: {name}", f"It may not be read or written: {name}"
        )
    return choose(
        f"파일을 읽거나 쓰지 못했습니다: {name} ({error.strerror or error})",
        f"A file could not be read or written: {name} ({error.strerror or error})",
    )


def _tell(message: str, status: int, any_worker: bool = False) -> int:
    complain(message, any_worker)
    return status
