"""Every chapter of both languages as Colab runs it: its versions, no package, an empty folder.

Run it with `make colab`, which makes the environment and names its Python in COLAB_PYTHON. The
notebooks are the built ones, but for the address of the release: a server on this machine has the
wheel of this working tree there, changes not yet committed included. In each language the first
notebook's setup cell installs the package, the others find it installed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import notebooks
import pytest
from serve import serving

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.path.abspath(os.environ.get("COLAB_PYTHON", ""))
CHAPTERS = sorted(path.name for path in (ROOT / "chapters" / "ko").glob("*.ipynb"))
# COLAB_SHARE=2/3 runs the second of three shares of the chapters after the first, for want of time.
NUMBER, OF = map(int, os.environ.get("COLAB_SHARE", "1/1").split("/"))
PUBLISHED = notebooks.published(ROOT)
WHERE = f"""\
import importlib.metadata as metadata, charrnn
print(metadata.distribution("{PUBLISHED.distribution}").read_text("direct_url.json"))
print(metadata.version("{PUBLISHED.distribution}"), *metadata.distributions(name="charrnn"))
print(charrnn.__file__)"""
# What a living figure gives to be shown: the widget, and a picture where widgets cannot be.
FIGURE = """\
from IPython.core.interactiveshell import InteractiveShell
from charrnn import lab
shown, _ = InteractiveShell.instance().display_formatter.format(lab.training("hi", epochs=5))
print(*sorted(shown))"""

pytestmark = pytest.mark.skipif(
    "COLAB_PYTHON" not in os.environ, reason="needs Colab's versions: `make colab`"
)


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A folder that holds, where a release does, the wheel of this working tree as it is now."""
    source, folder = (tmp_path_factory.mktemp(name) for name in ("source", "served"))
    for name in ("src", "pyproject.toml", "README.md", "LICENSE"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    wheel = folder / PUBLISHED.wheel.removeprefix(f"{PUBLISHED.url}/")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*build, "--wheel-dir", str(wheel.parent), str(source)], check=True)
    assert list(wheel.parent.iterdir()) == [wheel]
    with serving(folder) as address:
        yield wheel, f"{address}{wheel.relative_to(folder).as_posix()}"


@pytest.fixture
def colab(tmp_path):
    """Runs Colab's Python in an empty folder, knowing nothing of this one."""
    ours = ("PYTHON", "JUPYTER", "IPYTHON", "VIRTUAL_ENV", "PYTEST_", "COV_")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        "OMP_NUM_THREADS": "1",  # two notebooks run side by side
        "JUPYTER_DATA_DIR": str(tmp_path / ".jupyter"),  # no kernels of the user's
        "IPYTHONDIR": str(tmp_path / ".ipython"),
    }
    folder = tmp_path / "content"
    folder.mkdir()

    def run(*arguments):
        done = subprocess.run(
            [PYTHON, *arguments],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout

    run.folder = folder
    return run


def versions(colab):
    """What is installed besides the book's package."""
    _, frozen = colab("-m", "pip", "freeze")
    ours = (PUBLISHED.distribution, "charrnn", "#")
    return [line for line in frozen.splitlines() if not line.startswith(ours)]


def run_notebooks(colab, released, language, names, *options):
    for name in names:
        text = (ROOT / "chapters" / language / name).read_text("utf-8")
        assert text.count(PUBLISHED.wheel) == 1
        text = text.replace(PUBLISHED.wheel, released[1])
        (colab.folder / name).write_text(text, "utf-8")
    status, output = colab(
        "-m",
        "pytest",
        "--nbmake",
        "--nbmake-timeout=600",
        "-p",
        "no:cacheprovider",
        *options,
        *names,
    )
    print(output)
    return status, re.sub(r"\x1b\[[\d;]*m", "", output)  # without colours


def nothing_is_installed(colab):
    colab("-m", "pip", "uninstall", "--yes", "--quiet", "charrnn", PUBLISHED.distribution)
    status, output = colab("-c", "import charrnn")
    assert status == 1 and "No module named 'charrnn'" in output


def the_release_is_installed(colab, released):
    status, output = colab("-c", WHERE)
    assert status == 0, output
    source, version, package = output.splitlines()
    assert version == PUBLISHED.version  # and no stranger's
    assert Path(package).is_relative_to(Path(PYTHON).parents[1])
    assert json.loads(source)["url"] == released[1]


def stranger(folder, name, version):
    """A wheel of somebody else's package that is imported as charrnn."""
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    files = {
        "charrnn/__init__.py": "raise Exception('somebody else')\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
        record = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
        archive.writestr(f"{info}/RECORD", record)
    return wheel


# The code is the same in both languages: where time is short, COLAB_LANGUAGE names one of them.
@pytest.mark.parametrize(
    "language", os.environ.get("COLAB_LANGUAGE", " ".join(notebooks.LANGUAGES)).split()
)
def test_every_chapter_runs_as_in_colab(colab, released, language):
    nothing_is_installed(colab)
    before = versions(colab)
    first, others = CHAPTERS[0], CHAPTERS[NUMBER::OF]

    status, output = run_notebooks(colab, released, language, [first])
    assert status == 0 and "1 passed" in output
    the_release_is_installed(colab, released)

    status, output = run_notebooks(colab, released, language, others, "-n", "2")
    assert status == 0 and f"{len(others)} passed" in output

    status, output = colab("-c", FIGURE)
    kinds = output.splitlines()[-1].split()
    assert status == 0
    assert kinds == ["application/vnd.jupyter.widget-view+json", "text/html", "text/plain"]
    # Colab's own versions have to stay: a reader's other notebooks need them.
    assert versions(colab) == before


def test_both_languages_have_chapters():
    assert len(CHAPTERS) > 10
    english = sorted(path.name for path in (ROOT / "chapters" / "en").glob("*.ipynb"))
    assert english == CHAPTERS


@pytest.mark.parametrize("ours_too", [False, True])
def test_a_strangers_package_gives_way(colab, released, tmp_path, ours_too):
    """Who typed `pip install charrnn` has somebody else's files, over ours or in their place."""
    nothing_is_installed(colab)
    if ours_too:
        status, output = run_notebooks(colab, released, "en", CHAPTERS[:1])
        assert status == 0, output
    wheel = stranger(tmp_path, "charrnn", "9.9.9")
    status, output = colab("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    assert status == 0, output
    assert "somebody else" in colab("-c", "import charrnn")[1]

    status, output = run_notebooks(colab, released, "en", CHAPTERS[:1])
    assert status == 0 and "1 passed" in output
    the_release_is_installed(colab, released)


def test_what_cannot_be_fetched_is_told_in_a_sentence(colab, released):
    nothing_is_installed(colab)
    wheel, _ = released
    away = wheel.rename(wheel.with_name("away"))
    try:
        status, output = run_notebooks(colab, released, "en", CHAPTERS[:1])
    finally:
        away.rename(wheel)
    assert status == 1
    assert "RuntimeError: The package of this book could not be installed. See that" in output
    assert "No module named" not in output
