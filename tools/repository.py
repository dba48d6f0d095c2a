"""The repository's address, in every file that names it: `make repository URL=...`.

It is written by hand in one place only, `repository: url:` in _config.yml, whence the notebooks
take it. Files that cannot take it from there (README, badges, the citation, the workflows) are
rewritten by this tool and compared by `make check`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from book.project import ROOT, name_of, repository_url

# In OURS every address on GitHub is this repository's; chapters may cite other repositories, so
# there only the links that open a notebook in Colab are.
OURS = ("_config.yml", "*.md", "CITATION.cff", "pyproject.toml", ".github/workflows/*.yml")
CHAPTERS = ("chapters/*.md",)
COLAB = r"(colab\.research\.google\.com/github/)"
PATH = r"([\w-]+(?:[/.][\w-]+)*)"
REPOSITORY = re.compile(rf"(?:{COLAB}|(\bgithub\.com/)){PATH}", re.ASCII)
IN_CHAPTERS = re.compile(rf"{COLAB}(){PATH}", re.ASCII)
SITE = re.compile(r"(https://)()([\w-]+\.github\.io(?:[/.][\w-]+)*)", re.ASCII)
EXAMPLE = "OWNER/NAME"  # what the instructions write
# What GitHub allows as an account's name, so that the placeholder is not one.
URL = re.compile(r"https://github\.com/((?!-)[A-Za-z0-9-]{1,39}(?<!-)/[\w.-]+)", re.ASCII)


def pages(name: str) -> str:
    """Where GitHub Pages puts the book of the repository OWNER/NAME."""
    owner, repository = name.split("/")
    host = f"{owner.lower()}.github.io"
    return host if repository.lower() == host else f"{host}/{repository}"


def places(root: Path) -> Iterator[tuple[Path, re.Pattern[str], bool]]:
    """Each file with each pattern of an address in it, and whether that is one of the site."""
    for pattern in (*OURS, *CHAPTERS):
        for path in sorted(root.glob(pattern)):
            yield path, REPOSITORY if pattern in OURS else IN_CHAPTERS, False
            yield path, SITE, True


def is_at(address: str, wanted: str) -> bool:
    """Whether an address is the wanted one or lies below it, and not beside it."""
    below = address.removeprefix(wanted)
    return address.startswith(wanted) and re.fullmatch(r"(\.git)?(/.*)?", below) is not None


def others(root: Path) -> Iterator[tuple[Path, int, str, str]]:
    """File, line, address and expected address, wherever the two differ."""
    name = name_of(repository_url(root))
    for path, pattern, site in places(root):
        wanted = pages(name) if site else name
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for match in pattern.finditer(line):
                if not is_at(match[3], wanted) and match[3] != EXAMPLE:
                    yield path, number, match[0], wanted


def set_name(root: Path, new: str) -> list[Path]:
    """Write OWNER/NAME everywhere; the files that changed."""
    old = name_of(repository_url(root))
    changed = []
    for path, pattern, site in list(places(root)):
        was, now = (pages(old), pages(new)) if site else (old, new)

        def put(match: re.Match[str], was: str = was, now: str = now) -> str:
            start = match[0].removesuffix(match[3])
            return start + now + match[3][len(was) :] if is_at(match[3], was) else match[0]

        text = path.read_text("utf-8")
        if (replaced := pattern.sub(put, text)) != text:
            path.write_text(replaced, encoding="utf-8", newline="\n")
            changed.append(path)
    return list(dict.fromkeys(changed))


def main(root: Path, url: str) -> None:
    """Write an address everywhere and say where; SystemExit if it is none."""
    match = URL.fullmatch(url.strip().removesuffix("/").removesuffix(".git"))
    if match is None:
        sys.exit(
            f"{url!r} is not the address of a repository on GitHub. Say, for example:\n"
            f"    make repository URL=https://github.com/{EXAMPLE}"
        )
    for path in set_name(root, match[1]):
        print(path.relative_to(root))


if __name__ == "__main__":
    main(ROOT, sys.argv[1] if len(sys.argv) > 1 else "")
