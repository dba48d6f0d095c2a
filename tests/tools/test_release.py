"""One place for the version, written from there, and nothing published changes afterwards."""

import datetime
import shutil
import subprocess
from types import SimpleNamespace

import pytest
import release
from gate import rules
from gate.model import Book

COLAB = "https://colab.research.google.com/github/your_account/char-rnn-book/blob"
FILES = {
    "pyproject.toml": (
        '[project]\nname = "char-rnn-book"\nversion = "1.2.3"\ndependencies = ["a>=1.2.3"]\n'
    ),
    "CITATION.cff": 'cff-version: 1.2.0\nversion: 1.2.3\ndate-released: "2020-01-01"\n',
    "README.md": (
        f"[Colab]({COLAB}/v1.2.3/chapters/ko/01_a.ipynb)\n"
        "[source](https://github.com/your_account/char-rnn-book/blob/main/README.md)\n"
        f"[![Colab](https://x.svg)]({COLAB}/v1.2.3/chapters/en/01_a.ipynb)\n"
    ),
    "chapters/01_a.md": f"[Colab]({COLAB}/v1.2.3/chapters/en/01_a.ipynb)\n",
    "chapters/en/01_a.ipynb": "{}",
    "src/charrnn/cell.py": "W = 1\n",
}


@pytest.fixture
def book(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def git(folder, *arguments):
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def published(book):
    """A repository whose version has its tag."""
    git(book, "init", "--quiet")
    git(book, "add", "--all")
    git(book, "commit", "--quiet", "--message", "The book")
    git(book, "tag", "v1.2.3")
    return book


def test_the_version_is_pyprojects(book):
    assert release.tag(book) == "v1.2.3"
    assert release.project(book)["name"] == "char-rnn-book"


def test_a_version_is_written_everywhere_and_nowhere_else(book, monkeypatch):
    day = SimpleNamespace(today=lambda: datetime.date(2026, 1, 2))
    monkeypatch.setattr(release, "datetime", SimpleNamespace(date=day))
    assert list(release.others(book)) == []
    changed = release.set_version(book, "2.0.0")
    names = {path.relative_to(book).as_posix() for path in changed}
    assert names == {"pyproject.toml", "CITATION.cff", "README.md", "chapters/01_a.md"}
    assert list(release.others(book)) == []
    read = {name: (book / name).read_text("utf-8") for name in names}
    cited = 'cff-version: 1.2.0\nversion: 2.0.0\ndate-released: "2026-01-02"\n'
    assert read["CITATION.cff"] == cited
    assert 'version = "2.0.0"\ndependencies = ["a>=1.2.3"]' in read["pyproject.toml"]
    assert read["README.md"].count("/blob/v2.0.0/chapters") == 2
    assert "/blob/main/README.md" in read["README.md"]
    assert "/blob/v2.0.0/" in read["chapters/01_a.md"]


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "found"),
    [
        ("README.md", "v1.2.3/chapters/en", "main/chapters/en", 3, "main"),
        ("README.md", "v1.2.3/chapters/ko", "v1.2.4/chapters/ko", 1, "v1.2.4"),
        ("chapters/01_a.md", "v1.2.3", "1.2.3", 1, "1.2.3"),
        ("CITATION.cff", "\nversion: 1.2.3", "\nversion: 1.2.0", 2, "1.2.0"),
    ],
)
def test_each_file_is_compared(book, name, old, new, line, found):
    path = book / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    ((where, at, said, wanted),) = release.others(book)
    assert (where, at, said, wanted.removeprefix("v")) == (path, line, found, "1.2.3")


def test_what_is_published_stays(published):
    assert release.changed_since(published) == []
    (published / "README.md").write_text("another", "utf-8")  # is no part of what a tag gives
    assert release.changed_since(published) == []


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("src/charrnn/cell.py", "W = 2\n"),
        ("src/charrnn/new.py", ""),
        ("src/charrnn/cell.py", None),
        ("chapters/en/01_a.ipynb", "{ }"),
        ("chapters/ko/01_a.ipynb", "{}"),
        ("chapters/ko/01_가.ipynb", "{}"),
    ],
)
def test_a_change_of_what_is_published_takes_a_new_version(published, committed, name, text):
    path = published / name
    path.parent.mkdir(exist_ok=True)
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")
    if committed:
        git(published, "add", "--all")
        git(published, "commit", "--quiet", "--message", "A change")
    assert release.changed_since(published) == [name]
    ((where, _, rule, message),) = [
        found for found in rules.version(Book(published, [], [], [])) if "published" in found[3]
    ]
    assert (where.name, rule) == ("pyproject.toml", "version")
    assert message.startswith(f"v1.2.3 is published and {name} differs from it: raise the version")
    release.set_version(published, "1.2.4")
    assert release.changed_since(published) == []


def test_without_git_a_repository_or_a_tag_there_is_nothing_to_compare(
    book, published, monkeypatch
):
    (book / "src/charrnn/cell.py").write_text("W = 2\n", "utf-8")
    git(book, "tag", "--delete", "v1.2.3")
    git(book, "branch", "v1.2.3")  # a branch of that name is no tag
    assert release.changed_since(book) == []
    git(book, "tag", "v1.2.3", "HEAD")
    assert release.changed_since(book) == ["src/charrnn/cell.py"]
    monkeypatch.setenv("PATH", "/nowhere")
    assert release.changed_since(book) == []


def test_a_folder_inside_another_repository_is_not_compared(published):
    inside = published / "copy"
    inside.mkdir()
    for name in ("src", "chapters", "pyproject.toml"):
        source = published / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, inside / name)
    (inside / "src/charrnn/cell.py").write_text("W = 2\n", "utf-8")
    assert release.changed_since(inside) == []


@pytest.mark.parametrize("new", ["", "1", "1.2", "v1.2.3", "1.2.3rc1", "1.2.3\n", "latest"])
def test_what_is_no_version_is_refused_and_nothing_changes(book, new):
    with pytest.raises(SystemExit, match=r"This is 1\.2\.3; say, for example:\n    make release"):
        release.main(book, new)
    assert {name: (book / name).read_text("utf-8") for name in FILES} == FILES


def test_the_command_prints_the_tag_or_what_it_changed(book, capsys):
    release.main(book, "--tag")
    assert capsys.readouterr().out == "v1.2.3\n"
    release.main(book, "1.2.4")
    assert "README.md" in capsys.readouterr().out.splitlines()


def test_the_book_itself_agrees():
    assert list(release.others(release.ROOT)) == []
    project = release.project(release.ROOT)
    assert project["name"] == "char-rnn-book"  # `charrnn` on the package index is somebody else's
    assert tuple(map(int, project["version"].split("."))) >= (1, 0, 0)
    readme = (release.ROOT / "README.md").read_text("utf-8")
    chapters = list((release.ROOT / "chapters").glob("[01]*.md"))
    links = readme.count(f"/blob/{release.tag(release.ROOT)}/chapters/")
    assert links == 2 * len(chapters) > 20
