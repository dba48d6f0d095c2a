"""The two digits that the name of a chapter's file or page begins with, and what they mean."""

import re

# 00 is the page to start from; from here on stand the pages behind the course, without a number.
FIRST_APPENDIX = 90


def chapter_of(name: str) -> int | None:
    """The two digits as a number, as 2 of `02_rnn_cell`; None where a name has none."""
    number = re.match(r"\d\d(?=_)", name.rsplit("/", 1)[-1])
    return int(number[0]) if number else None


def is_appendix(name: str) -> bool:
    """Whether a page stands behind the course, and has a letter where others have a number."""
    return (chapter_of(name) or 0) >= FIRST_APPENDIX


def counted(name: str) -> int | None:
    """The number that a reader sees; None for the page to start from and whatever has none."""
    return None if is_appendix(name) else chapter_of(name) or None
