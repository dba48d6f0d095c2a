"""The gate, see gate/: both languages, the notebooks, the contents and the settings agree.

`make check` runs it. A finding is printed as `file:line: rule: message`. Finding nothing to check
is a failure too.
"""

import sys
from pathlib import Path

from book.project import ROOT
from gate.model import Book, Finding, read
from gate.rules import RULES


def check(book: Book) -> list[Finding]:
    """What all rules find, in the order of the files."""
    return sorted({finding for rule in RULES for finding in rule(book)})


def main(root: Path) -> int:
    """Print what is found in the book of a folder; 1 if there is anything, or nothing to check."""
    book = read(root)
    pairs = sum(len(chapter.pairs()) for chapter in book.chapters)
    cells = sum(len(chapter.code()) for chapter in book.chapters)
    if not book.unreadable and not (pairs and cells):
        print(f"Nothing to check: {pairs} pairs of prose, {cells} cells of code.")
        return 1
    findings = check(book)
    for path, line, rule, message in findings:
        print(f"{path.relative_to(root)}:{line}: {rule}: {message}")
    found = f"{len(findings)} findings" if findings else "all agree"
    print(f"{len(book.chapters)} sources, {pairs} pairs of prose, {cells} cells of code: {found}")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main(ROOT))
