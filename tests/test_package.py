"""The built wheel carries what the package needs besides code."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import charrnn

ROOT = Path(__file__).parent.parent


def test_the_wheel_carries_types_font_and_licence(tmp_path):
    for name in ("src", "pyproject.toml", "README.md"):
        source = ROOT / name
        if source.is_dir():
            skip = shutil.ignore_patterns("*.egg-info", "__pycache__")
            shutil.copytree(source, tmp_path / name, ignore=skip)
        elif source.exists():
            shutil.copy(source, tmp_path)
    # pip would do the same through more processes; the build itself is setuptools either way.
    build = "from setuptools import build_meta; build_meta.build_wheel('dist')"
    subprocess.run(
        [sys.executable, "-c", build], cwd=tmp_path, check=True, capture_output=True, timeout=120
    )
    (wheel,) = (tmp_path / "dist").glob("char_rnn_book-*.whl")
    packed = zipfile.ZipFile(wheel)
    names = set(packed.namelist())
    assert {"charrnn/py.typed", "charrnn/pictures/fonts/OFL.txt"} <= names
    fonts = [n for n in names if n.startswith("charrnn/pictures/fonts/") and n.endswith(".otf")]
    assert fonts
    for name in fonts:
        assert packed.read(name) == (ROOT / "src" / name).read_bytes()
    source = ROOT / "src"
    modules = {str(p.relative_to(source)) for p in (source / "charrnn").rglob("*.py")}
    assert "charrnn/text/hangul.py" in modules and modules <= names
    texts = {f"charrnn/text/data/{p.name}" for p in (ROOT / "src/charrnn/text/data").iterdir()}
    assert {"charrnn/text/data/en.txt", "charrnn/text/data/PSF-LICENSE.txt"} <= texts <= names
    lab = {str(p.relative_to(source)) for p in (source / "charrnn/lab").rglob("*.*")
           if p.suffix in {".css", ".js", ".py"}}  # fmt: skip
    assert "charrnn/lab/kit/frame.js" in lab and lab <= names
    assert not [n for n in names if n.startswith("tests")]


def test_the_command_line_and_its_workers_start_without_what_draws():
    heavy = "matplotlib", "ipywidgets", "anywidget", "charrnn.lab", "charrnn.pictures"
    code = f"import charrnn.command, sys; print([n for n in {heavy} if n in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout == "[]\n"


def test_what_draws_is_there_when_it_is_asked_for():
    code = (
        "import charrnn; print(charrnn.lab.gate, charrnn.pictures.book_map, charrnn.exercises.ask)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        charrnn.nothing  # noqa: B018


def test_every_public_name_is_there_and_documented():
    for name in charrnn.__all__:
        thing = getattr(charrnn, name)
        if not isinstance(thing, str):
            assert (thing.__doc__ or "").strip(), name
