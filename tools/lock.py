"""Pin what requirements.txt needs in turn: `make lock` rewrites constraints.txt.

uv works the pins out without installing anything: one version a package for every Python that the
book allows, from Debian 12's 3.11.2 on, and for every system. A pin that still fits stays; delete
constraints.txt first to take the newest of all. uv comes into an environment of its own, which is
thrown away.
"""

import re
import subprocess
import tempfile
import venv
from pathlib import Path

from book.project import ROOT

UV = "uv==0.13.9"
OLDEST_PYTHON = "3.11.2"
HEAD = "# Written by `make lock`: what requirements.txt needs in turn, pinned.\n"
# What torch brings along differs from one machine to the next, so torch alone pins it.
LEFT_TO_TORCH = re.compile(r"(nvidia|cuda|triton|pytorch-triton|setuptools|pip|wheel)\b", re.I)


def name(line: str) -> str:
    """The package that a line of requirements names, as PyPI writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s=<>!~;\[@]", line.strip(), maxsplit=1)[0]).lower()


def constraints(requirements: str, compiled: str) -> str:
    """The text of constraints.txt, from that of requirements.txt and what uv says."""
    direct = {name(line) for line in requirements.splitlines() if re.match(r"\w", line)}
    pins = []
    for line in compiled.splitlines():
        if re.match(r"\w", line) and name(line) not in direct and not LEFT_TO_TORCH.match(line):
            # A build's local tag is on no other machine. A pin installs nothing, so it needs no
            # marker that says where.
            pins.append(re.split(r"[+;\s]", line, maxsplit=1)[0])
    return HEAD + "".join(f"{pin}\n" for pin in sorted(pins, key=name))


def main(root: Path) -> None:
    """Rewrite the constraints.txt of a folder."""
    requirements = (root / "requirements.txt").read_text("utf-8")
    pins = root / "constraints.txt"
    with tempfile.TemporaryDirectory() as folder:
        free, compiled = Path(folder) / "requirements.txt", Path(folder) / "compiled.txt"
        free.write_text(re.sub(r"(?m)^-c .*\n", "", requirements), "utf-8")
        # uv keeps the pins that it finds where it writes to.
        compiled.write_text(pins.read_text("utf-8") if pins.is_file() else "", "utf-8")
        venv.create(Path(folder) / "venv", with_pip=True)
        programs = Path(folder) / "venv" / "bin"
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", UV], check=True)
        command = [str(programs / "uv"), "pip", "compile", "--quiet"]
        command += [str(free), "--output-file", str(compiled)]
        command += ["--universal", "--fork-strategy", "fewest", "--python-version", OLDEST_PYTHON]
        subprocess.run([*command, "--no-header", "--no-annotate"], check=True)
        found = compiled.read_text("utf-8")
    pins.write_text(constraints(requirements, found), "utf-8")


if __name__ == "__main__":
    main(ROOT)
