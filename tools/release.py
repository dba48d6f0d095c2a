"""The book's version, in every file that names it: `make release VERSION=1.0.1`.

It is written by hand in one place only, pyproject.toml. A notebook installs the package of the tag
of that version, v1.0.1, and links to Colab open the notebooks of the same tag: so a notebook and
the package that it installs always fit. What stands at a published tag never changes, so a change
of the package or of a chapter takes a new version; `make check` says so. `--tag` prints the tag.
"""

import datetime
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from book.edition import git
from book.project import ROOT, project, tag

# What a reader gets from a tag: the package and the notebooks.
PUBLISHED = ("src", "chapters")
VERSION = re.compile(r"\d+\.\d+\.\d+")
# The files that name it, and how: a link to a notebook in Colab, the number of the citation.
COLAB = re.compile(r"(?<=colab\.research\.google\.com/github/)([\w.-]+/[\w.-]+/blob/)([^/\s)]+)")
CITED = re.compile(r"(?m)^(version: )(.*)$")
DATE = re.compile(r'(?m)^(date-released: )".*"$')
PLACES = (("*.md", COLAB), ("chapters/*.md", COLAB), ("CITATION.cff", CITED))


def places(root: Path) -> Iterator[tuple[Path, re.Pattern[str], str]]:
    """Each file with the pattern of what it names, and what that has to be."""
    version = project(root)["version"]
    for files, pattern in PLACES:
        for path in sorted(root.glob(files)):
            yield path, pattern, version if pattern is CITED else f"v{version}"


def others(root: Path) -> Iterator[tuple[Path, int, str, str]]:
    """File, line, what it names and what it should, wherever the two differ."""
    for path, pattern, wanted in places(root):
        text = path.read_text("utf-8")
        for match in pattern.finditer(text):
            if match[2] != wanted:
                yield path, text[: match.start()].count("\n") + 1, match[2], wanted


def changed_since(root: Path) -> list[str]:
    """Files of the package and the chapters that differ from the tag of this very version.

    Empty where there is no git, where this is no repository of its own, or no such tag.
    """
    status, top = git(root, "rev-parse", "--show-toplevel")
    if status or Path(top).resolve() != root.resolve():
        return []
    name = f"refs/tags/{tag(root)}"
    if git(root, "rev-parse", "--quiet", "--verify", name)[0]:
        return []
    as_written = ("-c", "core.quotePath=off")  # else a name in Korean comes in octal
    _, changed = git(root, *as_written, "diff", "--name-only", name, "--", *PUBLISHED)
    others = ("ls-files", "--others", "--exclude-standard")
    _, new = git(root, *as_written, *others, "--", *PUBLISHED)
    return sorted({*changed.splitlines(), *new.splitlines()})


def set_version(root: Path, new: str) -> list[Path]:
    """Write a version everywhere; the files that changed."""
    pyproject = root / "pyproject.toml"
    old = project(root)["version"]
    texts = {pyproject: pyproject.read_text("utf-8")}
    texts[pyproject] = texts[pyproject].replace(f'version = "{old}"', f'version = "{new}"', 1)
    for path, pattern, _ in places(root):
        now = new if pattern is CITED else f"v{new}"
        text = pattern.sub(rf"\g<1>{now}", texts.get(path, path.read_text("utf-8")))
        if pattern is CITED:
            text = DATE.sub(rf'\g<1>"{datetime.date.today().isoformat()}"', text)
        texts[path] = text
    changed = [path for path, text in texts.items() if text != path.read_text("utf-8")]
    for path in changed:
        path.write_text(texts[path], encoding="utf-8", newline="\n")
    return changed


def main(root: Path, new: str) -> None:
    """Print the tag, or write a version everywhere and say where."""
    if new == "--tag":
        print(tag(root))
        return
    if not VERSION.fullmatch(new):
        sys.exit(
            f"{new!r} is not a version. This is {project(root)['version']}; say, for example:\n"
            "    make release VERSION=1.0.1"
        )
    for path in set_version(root, new):
        print(path.relative_to(root))


if __name__ == "__main__":
    main(ROOT, sys.argv[1] if len(sys.argv) > 1 else "")
