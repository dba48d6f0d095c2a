"""Pin what requirements.txt needs in turn: `make lock` rewrites constraints.txt.

Installs requirements.txt into a new environment, without the old constraints, and writes down what
came. Needs nothing but Python.
"""

import re
import subprocess
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = "# Written by `make lock`: what requirements.txt needs in turn, pinned.\n"
# What torch brings along differs from one machine to the next, so torch alone pins it.
LEFT_TO_TORCH = re.compile(r"(nvidia|cuda|triton|pytorch-triton|setuptools|pip|wheel)\b", re.I)


def name(line: str) -> str:
    """The package that a line of requirements or of `pip freeze` names, as PyPI writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s=<>!~;\[@]", line.strip(), maxsplit=1)[0]).lower()


def constraints(requirements: str, frozen: str) -> str:
    """The text of constraints.txt, from that of requirements.txt and what `pip freeze` says."""
    direct = {name(line) for line in requirements.splitlines() if re.match(r"\w", line)}
    pins = []
    for line in frozen.splitlines():
        if "==" in line and name(line) not in direct and not LEFT_TO_TORCH.match(line):
            pins.append(line.split("+")[0])  # a build's local tag is on no other machine
    return HEAD + "".join(f"{pin}\n" for pin in sorted(pins, key=name))


def main(root: Path) -> None:
    requirements = (root / "requirements.txt").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        free = Path(folder) / "requirements.txt"
        free.write_text(re.sub(r"(?m)^-c .*\n", "", requirements), "utf-8")
        venv.create(Path(folder) / "venv", with_pip=True)
        pip = [str(Path(folder) / "venv" / "bin" / "python"), "-m", "pip"]
        subprocess.run([*pip, "install", "--quiet", "-r", str(free)], check=True)
        frozen = subprocess.run([*pip, "freeze"], check=True, stdout=subprocess.PIPE, text=True)
    (root / "constraints.txt").write_text(constraints(requirements, frozen.stdout), "utf-8")


if __name__ == "__main__":
    main(ROOT)
