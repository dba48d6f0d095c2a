"""The first cell of every notebook: whatever is installed, the book's own package is imported.

It runs here in a Python of its own, on a folder in place of site-packages, with a pip that does
what the real one would do. `make colab` runs it with the real one.
"""

import ast
import json
import subprocess
import sys

import notebooks
import pytest

ORIGIN = notebooks.Published("https://github.com/me/mine", "char-rnn-book", "1.2.3")
WHEEL = "/releases/download/v1.2.3/char_rnn_book-1.2.3-py3-none-any.whl"
ADDRESS = f'"char-rnn-book @ https://github.com/me/mine{WHEEL}"'
OURS = "def set_language(code):\n    print('ours', code)\n"
STRANGERS = "print('stranger')\n"
# What stands around the cell. `pip` is called where the cell says %pip.
FRAME = """\
import json, pathlib, shutil, sys
site, reachable, ran = pathlib.Path(sys.argv[1]), json.loads(sys.argv[2]), []

def pip(line):
    ran.append(line)
    if "uninstall" in line:
        for folder in site.iterdir():
            if folder.name.split("-")[0] in ("charrnn", "char_rnn_book"):
                shutil.rmtree(folder)
    elif reachable:
        (site / "charrnn").mkdir()
        (site / "charrnn" / "__init__.py").write_text({ours!r})
        (site / "char_rnn_book-1.2.3.dist-info").mkdir()
        (site / "char_rnn_book-1.2.3.dist-info" / "METADATA").write_text(
            "Name: char-rnn-book\\nVersion: 1.2.3\\n")

sys.path.insert(0, str(site))
try:
    {before}
    exec(compile({cell!r}, "cell", "exec"), {{"pip": pip}})
finally:
    print(json.dumps(ran))
"""


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "lib" / "python3" / "site-packages"
    folder.mkdir(parents=True)
    return folder


def put(site, name, version, code=None):
    """Install a distribution; with code, the package charrnn as it brings it."""
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n", "utf-8")
    if code is not None:
        (site / "charrnn").mkdir(exist_ok=True)
        (site / "charrnn" / "__init__.py").write_text(code, "utf-8")


def run(site, language="ko", reachable=True, before="pass"):
    """What the cell printed, what it asked of pip, and how it ended if not well."""
    lines = ORIGIN.setup(language).split("\n")
    lines = [
        f"{line[: len(line) - len(line.lstrip())]}pip({line.strip()!r})" if "%pip" in line else line
        for line in lines
    ]
    code = FRAME.format(cell="\n".join(lines), ours=OURS, before=before)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(site), json.dumps(reachable)],
        capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    *printed, ran = done.stdout.splitlines()
    return printed, json.loads(ran), done.stderr.strip().splitlines()[-1:]


INSTALL = ["%pip uninstall -qq --yes charrnn char-rnn-book", f"%pip install --quiet {ADDRESS}"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_installed(site, language):
    assert run(site, language) == ([f"ours {language}"], INSTALL, [])


def test_the_books_own_is_left_as_it_is(site):
    put(site, "char-rnn-book", "1.2.3", OURS)
    assert run(site) == (["ours ko"], [], [])


@pytest.mark.parametrize("version", ["1.2.2", "1.2.4", "0.1.0", "1.2.3rc1"])
def test_another_version_is_replaced(site, version):
    put(site, "char-rnn-book", version, "raise Exception('another version')")
    assert run(site) == (["ours ko"], INSTALL, [])


def test_a_stranger_of_the_same_import_name_is_replaced(site):
    put(site, "charrnn", "0.1.1", STRANGERS)
    assert run(site) == (["ours ko"], INSTALL, [])


def test_a_stranger_over_ours_is_replaced(site):
    """`pip install charrnn` writes its files over ours, and ours still counts as installed."""
    put(site, "char-rnn-book", "1.2.3", OURS)
    put(site, "charrnn", "0.1.1", STRANGERS)
    assert run(site) == (["ours ko"], INSTALL, [])


def test_a_stranger_that_was_imported_before_is_forgotten(site):
    put(site, "charrnn", "0.1.1", STRANGERS)
    assert run(site, before="import charrnn") == (["stranger", "ours ko"], INSTALL, [])


def test_a_strangers_code_is_not_run(site):
    put(site, "charrnn", "0.1.1", "raise Exception('run')")
    assert run(site)[0] == ["ours ko"]


@pytest.mark.parametrize("stranger", [False, True])
def test_a_copy_of_the_repository_is_left_as_it_is(tmp_path, site, stranger):
    """Installed with -e, or only named in PYTHONPATH, whatever its version."""
    if stranger:
        put(site, "charrnn", "0.1.1")
    source = tmp_path / "book" / "src"
    (source / "charrnn").mkdir(parents=True)
    (source / "charrnn" / "__init__.py").write_text(OURS, "utf-8")
    (tmp_path / "book" / "pyproject.toml").write_text("", "utf-8")
    before = f"sys.path.insert(0, {str(source)!r})"
    assert run(site, before=before) == (["ours ko"], [], [])


@pytest.mark.parametrize("installed", [[], [("charrnn", "0.1.1")], [("char-rnn-book", "1.0.0")]])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["설치하지 못했습니다", "인터넷에 연결", "다시 실행해 주십시오", "쓰지 마십시오"]),
        ("en", ["could not be installed", "connected", "run this cell again", "Do not use"]),
    ],
)
def test_what_cannot_be_installed_is_told_in_a_sentence(site, installed, language, words):
    for name, version in installed:
        put(site, name, version, STRANGERS)
    printed, ran, (last,) = run(site, language, reachable=False)
    assert printed == [] and ran == INSTALL
    assert last.startswith("RuntimeError: ")
    assert all(word in last for word in [*words, "https://github.com/me/mine"])


def test_the_cell_is_python_for_the_oldest_colab():
    """No syntax that a Python older than the book's would refuse before it can say anything."""
    for language in notebooks.LANGUAGES:
        cell = ORIGIN.setup(language).replace("%pip", "pass  #")
        ast.parse(cell, feature_version=(3, 8))
