"""A chapter of each language as Colab runs it: its versions, no package, an empty folder.

Run it with `make colab`, which makes the environment and names its Python in COLAB_PYTHON. The
notebook is the built one, byte for byte; only git is told to find the repository's address in a
copy of this working tree, changes not yet committed included.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import notebooks
import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = os.path.abspath(os.environ.get("COLAB_PYTHON", ""))
CHAPTER = "03_training.ipynb"
WHERE = """\
import importlib.metadata as metadata, charrnn
print(metadata.distribution("charrnn").read_text("direct_url.json"))
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


def git(*arguments, folder):
    done = subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
        cwd=folder,
        check=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout.decode()


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A git repository with one commit: this working tree as it is now."""
    folder = tmp_path_factory.mktemp("repository")
    names = git("ls-files", "-z", "-co", "--exclude-standard", folder=ROOT).split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git("init", "--quiet", folder=folder)
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message", "The working tree", folder=folder)
    return folder


@pytest.fixture
def colab(repository, tmp_path):
    """Runs Colab's Python in an empty folder, knowing nothing of this one."""
    ours = ("PYTHON", "JUPYTER", "IPYTHON", "VIRTUAL_ENV", "GIT_", "PYTEST_", "COV_")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": notebooks.repository_url(ROOT),
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
    return [line for line in frozen.splitlines() if not line.startswith(("charrnn", "#"))]


@pytest.mark.parametrize("language", notebooks.LANGUAGES)
def test_a_chapter_runs_as_in_colab(colab, repository, language):
    colab("-m", "pip", "uninstall", "--yes", "--quiet", "charrnn")
    status, output = colab("-c", "import charrnn")
    assert status == 1 and "No module named 'charrnn'" in output
    before = versions(colab)
    shutil.copy(ROOT / "chapters" / language / CHAPTER, colab.folder)

    status, output = colab("-m", "pytest", "--nbmake", "--nbmake-timeout=600", CHAPTER)
    print(output)
    assert status == 0 and "1 passed" in output

    status, output = colab("-c", WHERE)
    source, package = output.splitlines()
    assert status == 0
    assert Path(package).is_relative_to(Path(PYTHON).parents[1])
    assert json.loads(source) == {
        "url": notebooks.repository_url(ROOT),
        "vcs_info": {
            "vcs": "git",
            "commit_id": git("rev-parse", "HEAD", folder=repository).strip(),
        },
    }
    status, output = colab("-c", FIGURE)
    kinds = output.splitlines()[-1].split()
    assert status == 0
    assert kinds == ["application/vnd.jupyter.widget-view+json", "text/html", "text/plain"]
    # Colab's own versions have to stay: a reader's other notebooks need them.
    assert versions(colab) == before
