"""What figures are made of, as files that a browser keeps from page to page.

In a notebook each widget carries its whole script and style sheet. A page names their parts, which
are the package's modules and sheets, and loads the files that hold these: one of what every figure
has, one of what several have, one of the rest for each kind on the page. figures.js joins the parts
to what the widget carried, letter for letter.
"""

import hashlib
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

from .bundler import PACKAGE, bundle

# Kinds of figures that a part must serve to stand in the file for several. With 2, whoever opens
# chapter 1 first would load more than when each page had its own copy; with 4, later pages more.
SEVERAL = 3
FOLDER = "parts"  # within _static
PART = re.compile(r"^(?=const (\w+) = \(\(\) => \{$)", re.M)


@cache
def files() -> dict[str, dict[str, str]]:
    """The parts by name, file by file, in the order in which a page loads the files."""
    drawings = [*PACKAGE.glob("lab/figures/*.js"), *PACKAGE.glob("exercises/question.js")]
    kinds = {path.stem: _parts(path) for path in sorted(drawings)}
    users = Counter(name for parts in kinds.values() for name in parts)
    made: dict[str, dict[str, str]] = {"of_every": {}, "of_several": {}, **{k: {} for k in kinds}}
    for kind, parts in kinds.items():
        for name, part in parts.items():
            several = "of_several" if users[name] >= SEVERAL else kind
            made["of_every" if users[name] == len(kinds) else several][name] = part
    return made


def _parts(drawing: Path) -> dict[str, str]:
    """The modules of a figure, those of the frame first, and its sheets, by name."""
    # With one group in PART, its matches and what follows them take turns.
    split = PART.split(bundle(PACKAGE / "lab" / "kit" / "frame.js", drawing))[1:]
    modules = dict(zip(split[::2], split[1::2], strict=True))
    sheets = (PACKAGE / "lab" / "lab.css", drawing.with_suffix(".css"))
    return modules | {path.name: path.read_text("utf-8") for path in sheets if path.is_file()}


def named(text: str, kind: str) -> tuple[dict[str, str], str]:
    """What a figure's script or sheet begins with, as names of parts and their files; its rest.

    A figure that is none of the package's may have none of the parts, or those of all figures.
    """
    reached = {
        name: (file, part)
        for file in ("of_every", "of_several", kind)
        for name, part in files().get(file, {}).items()
    }
    names = {}
    while found := next((n for n, (_, part) in reached.items() if text.startswith(part)), None):
        file, part = reached.pop(found)  # no part stands twice
        names[found] = file
        text = text.removeprefix(part)
    return names, text


@cache
def text_of(file: str) -> str:
    """A file: a script that adds its parts to those that figures.js joins."""
    parts = json.dumps(files()[file], ensure_ascii=False, indent=0)
    return f"Object.assign((globalThis.figureParts ??= {{}}), {parts});\n"


def version(text: str) -> str:
    """What an address ends with, so that a browser never keeps a file for another of its name."""
    return f"?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"


def write(file: str, static: Path) -> str:
    """Write a file into the built site's ``_static``; its address from there."""
    path = static / FOLDER / f"{file}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(file), "utf-8")
    return f"{FOLDER}/{file}.js{version(text_of(file))}"
