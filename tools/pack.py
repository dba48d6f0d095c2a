"""Pack the whole book to carry: `make zip`. Pages, PDFs and EPUBs have to be made.

python tools/pack.py [--built FOLDER] [--to FOLDER]
"""

import argparse
from pathlib import Path

from book.languages import LANGUAGES
from book.project import ROOT, project
from editions import folder
from epub import NAME
from pdf import BUILT, EDITIONS, NAMES


def main() -> None:
    """Write the folder, char-rnn-book-1.0.0, and char-rnn-book.zip, which holds it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--built", type=Path, default=BUILT)
    parser.add_argument("--to", type=Path, default=EDITIONS)
    asked = parser.parse_args()
    if not (asked.built / "index.html").is_file():
        raise SystemExit(f"There are no pages in {asked.built}: run `make book` first.")
    names = (*NAMES, NAME)
    editions = [asked.to / name.format(language) for language in LANGUAGES for name in names]
    if missing := [path.name for path in editions if not path.is_file()]:
        raise SystemExit(f"{asked.to} lacks {', '.join(missing)}: run `make pdf epub` first.")
    package = project(ROOT)
    made = asked.to / f"{package['name']}-{package['version']}"
    folder.make(ROOT, asked.built, editions, made)
    packed = asked.to / f"{package['name']}.zip"
    folder.pack(made, packed)
    print(f"{packed}: {packed.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
