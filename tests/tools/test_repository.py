"""One command writes the repository's address everywhere, and the gate sees where it is not."""

import pytest
import repository
from book import project
from gate import rules
from gate.model import Book

FILES = {
    "_config.yml": """\
repository:
  url: https://github.com/your_account/char-rnn-book
html:
  baseurl: https://your_account.github.io/char-rnn-book/
""",
    "README.md": """\
[![test](https://github.com/your_account/char-rnn-book/actions/workflows/test.yml/badge.svg)]()
[Colab](https://colab.research.google.com/github/your_account/char-rnn-book/blob/main/a.ipynb)
git clone https://github.com/your_account/char-rnn-book.git
<https://your_account.github.io/char-rnn-book/chapters/ko/00_start.html>.
""",
    "CITATION.cff": "repository-code: https://github.com/your_account/char-rnn-book\n",
    "pyproject.toml": 'Repository = "https://github.com/your_account/char-rnn-book"\n',
    ".github/workflows/test.yml": "# https://github.com/your_account/char-rnn-book\n",
    "chapters/01_a.md": """\
+++ {"lang": "ko"}

[다른 곳](https://github.com/pytorch/pytorch)
[Colab](https://colab.research.google.com/github/your_account/char-rnn-book/blob/main/a.ipynb)
""",
}


@pytest.fixture
def book(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_every_address_is_replaced_and_no_other(book):
    assert list(repository.others(book)) == []
    changed = repository.set_name(book, "Kim-Lee/my.book")
    assert {path.relative_to(book).as_posix() for path in changed} == set(FILES)
    text = "".join((book / name).read_text("utf-8") for name in FILES)
    assert "your_account" not in text and "char-rnn-book" not in text
    assert text.count("github.com/Kim-Lee/my.book") == 6
    assert text.count("google.com/github/Kim-Lee/my.book/blob/main/a.ipynb") == 2
    assert "https://kim-lee.github.io/my.book/chapters/ko" in text
    assert "my.book.git\n" in text
    assert "https://github.com/pytorch/pytorch" in text
    assert list(repository.others(book)) == []


def test_it_can_be_set_twice(book):
    repository.set_name(book, "someone/somewhere")
    repository.set_name(book, "someone/else")
    assert "somewhere" not in "".join((book / name).read_text("utf-8") for name in FILES)
    assert list(repository.others(book)) == []


def test_the_pages_of_an_account_have_no_folder(book):
    repository.set_name(book, "Someone/someone.github.io")
    assert "baseurl: https://someone.github.io/\n" in (book / "_config.yml").read_text()
    assert "<https://someone.github.io/chapters/ko/" in (book / "README.md").read_text()
    assert list(repository.others(book)) == []
    repository.set_name(book, "someone/book")
    assert "<https://someone.github.io/book/chapters/ko/" in (book / "README.md").read_text()
    assert list(repository.others(book)) == []


def test_a_longer_name_is_another_repository(book):
    longer = ["char-rnn-book-2", "char-rnn-book.github.io", "char-rnn-book_"]
    longer = [f"github.com/your_account/{name}" for name in longer]
    (book / "README.md").write_text("\n".join(longer))
    assert [found for _, _, found, _ in repository.others(book)] == longer
    repository.set_name(book, "someone/somewhere")
    assert (book / "README.md").read_text() == "\n".join(longer)


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_compared(book, name):
    path = book / name
    path.write_text(path.read_text("utf-8").replace("your_account", "other_account"), "utf-8")
    assert list(repository.others(book))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "github.com/me/mine",
        "http://github.com/me/mine",
        "https://gitlab.com/me/mine",
        "https://github.com/me",
        "https://github.com/me/mine/tree/main",
        "https://github.com/your_account/char-rnn-book",
        "https://github.com/-me/mine",
        "https://github.com/me/mi ne",
        'https://github.com/me/mine"',
    ],
)
def test_what_is_no_address_is_refused_and_nothing_changes(book, url):
    with pytest.raises(SystemExit, match="make repository URL="):
        repository.main(book, url)
    assert {name: (book / name).read_text("utf-8") for name in FILES} == FILES


@pytest.mark.parametrize("end", ["", "/", ".git"])
def test_an_address_is_taken_as_a_browser_or_git_shows_it(book, end):
    repository.main(book, f"https://github.com/me/mine{end}")
    assert project.repository_url(book) == "https://github.com/me/mine"


def test_the_book_itself_agrees():
    assert list(rules.address(Book(repository.ROOT, [], [], []))) == []
