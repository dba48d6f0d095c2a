"""Which edition of the book this is: its version, and the commit that it is made from."""

import subprocess
from functools import cache
from pathlib import Path

from .project import project


def git(root: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and output of a git command; 127 where there is no git."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, encoding="utf-8")
    except OSError:
        return 127, ""
    return done.returncode, done.stdout.strip()


@cache
def edition(root: Path) -> str:
    """Version, day and commit, as "1.0.0 · 2026-11-28 · 88428b9".

    A star stands behind the commit if files were changed since. The version alone where the folder
    is no repository of its own, as in a downloaded archive; nothing where no version is named.
    """
    if not (root / "pyproject.toml").is_file():
        return ""
    parts = [project(root)["version"]]
    status, top = git(root, "rev-parse", "--show-toplevel")
    if not status and Path(top).resolve() == root.resolve():
        status, made = git(root, "show", "--no-patch", "--format=%cs %h", "HEAD")
        if not status:
            day, commit = made.split()
            changed = git(root, "status", "--porcelain", "--untracked-files=no")[1]
            parts += [day, commit + "*" * bool(changed)]
    return " · ".join(parts)
