"""A source becomes one notebook a language, the same every time."""

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import notebooks
import pytest
from book import agreed, terms

TOOL = Path(notebooks.__file__)
URL = "https://github.com/your_account/char-rnn-book"
PYPROJECT = '[project]\nname = "char-rnn-book"\nversion = "1.2.3"\n'
COLAB = "https://colab.research.google.com/github/your_account/char-rnn-book/blob/v1.2.3"
SOURCE = """\
---
kernelspec:
  display_name: Something else
  name: else
---

+++ {"lang": "ko"}

# 하나

글 $x$와 `code`.

+++ {"lang": "en"}

# One

Text.

```{code-cell} ipython3
:tags: [hide-input]
x = "하나"
```

+++ {"lang": "ko"}

풀이는?

+++ {"lang": "en"}

And the solution?

```{code-cell} ipython3
:tags: [solution]
x * 2
```
"""


@pytest.fixture
def book(tmp_path):
    """A folder with one source, chapters/01_one_two.md, and the setting that names the URL."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "_config.yml").write_text(f"repository:\n  url: {URL}\n")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    (tmp_path / "glossary.yml").write_text("- {en: a, ko: b, means: {ko: c, en: d}}\n")
    (tmp_path / "chapters" / "01_one_two.md").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def built(book, language):
    notebooks.main(book, check=False)
    path = book / "chapters" / language / "01_one_two.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


@pytest.mark.parametrize(
    ("language", "prose"),
    [
        ("ko", ["# 하나\n\n글 $x$와 `code`.", "풀이는?"]),
        ("en", ["# One\n\nText.", "And the solution?"]),
    ],
)
def test_a_notebook_holds_one_language_and_all_code_in_order(book, language, prose):
    cells = built(book, language).cells[1:]
    title = {"ko": "# @title 풀이", "en": "# @title Solution"}[language]
    solution = f"{title}\nx * 2"
    assert [c.source for c in cells] == [prose[0], 'x = "하나"', prose[1], solution]
    assert [c.cell_type for c in cells] == ["markdown", "code", "markdown", "code"]
    assert "lang" not in json.dumps([c.metadata for c in cells])
    assert cells[1].metadata == {"tags": ["hide-input"]}


@pytest.mark.parametrize(("language", "title"), [("ko", "풀이 보기"), ("en", "Show the solution")])
def test_solutions_are_folded_under_a_title_in_the_language(book, language, title):
    metadata = built(book, language).cells[-1].metadata
    assert metadata.tags == ["hide-cell"]
    assert metadata.mystnb.code_prompt_show == title
    assert metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert metadata.cellView == "form"  # Colab's


CLAIM = """
```{code-cell} ipython3
:tags: [claim]
assert 1 < 2
```
"""
FOLDED = CLAIM.replace("claim", "folded")


def folded_at(book, text, language):
    path = book / "chapters" / "01_one_two.md"
    path.write_text(SOURCE + text, "utf-8")
    return built(book, language).cells[-1]


@pytest.mark.parametrize(("language", "title"), [("ko", "✓ 이렇게"), ("en", "✓ How this is")])
def test_the_check_of_a_claim_is_a_quiet_line(book, language, title):
    cell = folded_at(book, CLAIM, language)
    assert cell.metadata.tags == ["claim", "hide-cell"]  # the first is for the style sheet
    assert cell.metadata.mystnb.code_prompt_show.startswith(title)
    assert cell.metadata.jupyter == {"source_hidden": True, "outputs_hidden": True}
    assert cell.metadata.cellView == "form"
    assert re.fullmatch(r"# @title ✓ \w+\nassert 1 < 2", cell.source)


def test_a_folded_cell_shows_what_its_code_made(book):
    cell = folded_at(book, FOLDED, "en")
    assert cell.metadata.tags == ["hide-input"]
    assert cell.metadata.jupyter == {"source_hidden": True, "outputs_hidden": False}
    assert cell.source == "# @title The code of this\nassert 1 < 2"


def test_a_folded_cell_keeps_its_own_settings(book):
    own = FOLDED.replace(":tags: [folded]", ":tags: [folded]\n:mystnb: {markdown_format: myst}")
    settings = folded_at(book, own, "en").metadata.mystnb
    assert settings.markdown_format == "myst"
    assert settings.code_prompt_show == "Show the code"


SPOKEN = """
```{code-cell} ipython3
---
ko:
  the state before: 이전 상태
  "loss {loss:.3f}": "손실 {loss:.3f}"
  Say it.: 말합니다.
---
def say(loss):
    \'\'\'Say it.\'\'\'
    return f"loss {loss:.3f}"  # the state before
```
"""


def test_comments_and_texts_of_code_are_in_the_notebooks_language(book):
    english, korean = (folded_at(book, SPOKEN, lang) for lang in ("en", "ko"))
    assert english.source == SPOKEN.split("---\n")[2].removesuffix("\n```\n")
    assert korean.source == (
        "def say(loss):\n    '''말합니다.'''\n    return f\"손실 {loss:.3f}\"  # 이전 상태"
    )
    assert "ko" not in english.metadata and "ko" not in korean.metadata


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "the state before: 이전",
            "a state before: 이전",
            "no comment .* 'a state before'",
        ),
        ("손실 {loss:.3f}", "손실 {loss}", "differ in what stands in braces"),
    ],
)
def test_a_text_that_the_code_has_not_is_named_with_its_line(book, old, new, said):
    line = SOURCE.count("\n") + 9
    with pytest.raises(SystemExit, match=rf"01_one_two\.md:{line}: .*{said}"):
        folded_at(book, SPOKEN.replace(old, new), "ko")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ko", "준비: 이 책의 패키지를 설치합니다"),
        ("en", "Setup: install the package of this book"),
    ],
)
def test_the_setup_cell_comes_first_and_is_folded_under_a_title(book, language, title):
    first, *others = built(book, language).cells
    assert first.metadata == {
        "cellView": "form", "jupyter": {"source_hidden": True}, "tags": ["remove-cell"],
    }  # fmt: skip
    assert first.source.startswith(f"# @title {title}\n")
    assert first.source.endswith(f'\nimport charrnn\n\ncharrnn.set_language("{language}")')
    wheel = f"{URL}/releases/download/v1.2.3/char_rnn_book-1.2.3-py3-none-any.whl"
    assert f'%pip install --quiet "char-rnn-book @ {wheel}"' in first.source
    assert not any("cellView" in cell.metadata for cell in others[:-1])


def test_the_setup_cell_takes_address_and_version_from_the_settings(book):
    (book / "_config.yml").write_text("repository:\n  url: https://github.com/me/mine\n")
    (book / "pyproject.toml").write_text(PYPROJECT.replace("1.2.3", "4.5.6"), "utf-8")
    source = built(book, "ko").cells[0].source
    wheel = "releases/download/v4.5.6/char_rnn_book-4.5.6-py3-none-any.whl"
    assert f'"char-rnn-book @ https://github.com/me/mine/{wheel}"' in source
    assert '"4.5.6" in [o.version for o in ours]' in source and "1.2.3" not in source


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("[a](02_b.ipynb)", f"[a]({COLAB}/chapters/LANG/02_b.ipynb)"),
        ("[a](02_b.ipynb#c) [d](90_e.ipynb)",
         f"[a]({COLAB}/chapters/LANG/02_b.ipynb#c) [d]({COLAB}/chapters/LANG/90_e.ipynb)"),
        ('<a href="02_b.ipynb">a</a>', f'<a href="{COLAB}/chapters/LANG/02_b.ipynb">a</a>'),
        ("[a](https://example.org/02_b.ipynb)", "[a](https://example.org/02_b.ipynb)"),
        ("[a](cat.svg) `(02_b.ipynb)`", "[a](cat.svg) `(02_b.ipynb)`"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["ko", "en"])
def test_links_between_chapters_lead_to_colab(book, language, written, made):
    """A notebook opened in Colab stands alone: beside it there is no other."""
    source = SOURCE.replace("Text.", written).replace("글 $x$와", written)
    (book / "chapters" / "01_one_two.md").write_text(source, "utf-8")
    assert made.replace("LANG", language) in built(book, language).cells[1].source


def test_code_is_not_searched_for_links(book):
    source = SOURCE.replace('x = "하나"', 'x = "[a](02_b.ipynb)"')
    (book / "chapters" / "01_one_two.md").write_text(source, "utf-8")
    assert built(book, "ko").cells[2].source == 'x = "[a](02_b.ipynb)"'


def test_titles_of_notes_are_bold_by_themselves():
    """Colab knows no classes, so a title without <strong> would look like any other line."""
    titles = [
        title
        for source in notebooks.sources(notebooks.ROOT)
        for title in re.findall(r'class="admonition-title">(.*?)</p>', source.read_text("utf-8"))
    ]
    assert titles
    assert [t for t in titles if not re.fullmatch("<strong>[^<]+</strong>", t)] == []


def test_nothing_changes_from_one_build_to_the_next(book):
    built(book, "ko")
    before = {path: path.read_bytes() for path in book.glob("chapters/*/*.ipynb")}
    for path in before:
        path.unlink()
    built(book, "ko")
    assert len(before) == 2
    assert before == {path: path.read_bytes() for path in book.glob("chapters/*/*.ipynb")}


def test_files_end_in_a_newline_have_no_outputs_and_the_kernel_everyone_has(book):
    notebook = built(book, "ko")
    text = (book / "chapters/ko/01_one_two.ipynb").read_text("utf-8")
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert "하나" in text  # Korean can be read in a diff
    assert [c.outputs for c in notebook.cells if c.cell_type == "code"] == [[], [], []]
    assert notebook.metadata.kernelspec.name == "python3"
    assert [c.id for c in notebook.cells] == [f"01-one-two-0{i}" for i in range(5)]


def test_unchanged_notebooks_are_not_written_again(book, capsys):
    built(book, "ko")
    times = {path: path.stat().st_mtime_ns for path in book.glob("chapters/*/*.ipynb")}
    capsys.readouterr()
    assert notebooks.main(book, check=False) == 0
    assert capsys.readouterr().out == ""
    assert times == {path: path.stat().st_mtime_ns for path in book.glob("chapters/*/*.ipynb")}


def test_a_notebook_without_a_source_is_removed(book):
    built(book, "ko")
    (book / "chapters/01_one_two.md").rename(book / "chapters/02_two.md")
    notebooks.main(book, check=False)
    names = sorted(path.relative_to(book / "chapters").as_posix() for path in book.rglob("*.ipynb"))
    assert names == ["en/02_two.ipynb", "ko/02_two.ipynb"]


def test_check_names_what_differs_and_writes_nothing(book, capsys):
    built(book, "ko")
    capsys.readouterr()
    assert notebooks.main(book, check=True) == 0
    edited, extra = book / "chapters/en/01_one_two.ipynb", book / "chapters/ko/09_extra.ipynb"
    edited.write_text("{}")
    extra.write_text("{}")
    assert notebooks.main(book, check=True) == 1
    printed = capsys.readouterr().out
    assert printed == (
        "chapters/en/01_one_two.ipynb is out of date\nchapters/ko/09_extra.ipynb has no source\n"
    )
    assert edited.read_text() == extra.read_text() == "{}"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('+++ {"lang": "en"}\n\n# One', '+++ {"lang": "fr"}\n\n# One', 15, "prose needs"),
        ('+++ {"lang": "ko"}', "", 9, "prose needs"),
        (":tags: [hide-input]", ":lang: ko", 21, "code belongs to all"),
        ('+++ {"lang": "ko"}', '+++ {"lang": ', 1, "at line 7"),
    ],
)
def test_errors_name_file_and_line(book, old, new, line, message):
    path = book / "chapters/01_one_two.md"
    path.write_text(SOURCE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SystemExit, match=f"01_one_two.md:{line}: .*{message}"):
        notebooks.main(book, check=False)
    assert list(book.rglob("*.ipynb")) == []


def test_no_source_is_an_error(book):
    (book / "chapters/01_one_two.md").unlink()
    with pytest.raises(SystemExit, match="no source"):
        notebooks.main(book, check=False)


def test_the_command_checks_the_book_itself():
    """Run as `make check` and people run it: by its path, from anywhere."""
    done = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_pair_changed_in_one_language_stays_unrecorded_until_it_is_agreed(book):
    built(book, "ko")
    record, source = book / "chapters/agreed.txt", book / "chapters/01_one_two.md"
    before = record.read_text("utf-8")
    source.write_text(SOURCE.replace("Text.", "Another text."), "utf-8")
    notebooks.main(book, check=False)
    assert record.read_text("utf-8") == before
    notebooks.main(book, check=False, agreed_places=["chapters/01_one_two.md:15"])
    after = record.read_text("utf-8")
    assert after != before and len(after.splitlines()) == len(before.splitlines())
    both = source.read_text("utf-8").replace("Another text.", "Words.").replace("글 $x$", "말 $x$")
    source.write_text(both, "utf-8")
    notebooks.main(book, check=False)
    assert record.read_text("utf-8") not in (before, after)


@pytest.mark.parametrize("place", ["chapters/01_one_two.md:1", "chapters/09.md", "x:y"])
def test_a_place_without_a_pair_is_told(book, place):
    built(book, "ko")
    with pytest.raises(SystemExit, match="no pair"):
        notebooks.main(book, check=False, agreed_places=[place])


def test_new_numbers_in_code_are_told_from_new_prose(book):
    known = terms.read(book / "glossary.yml")
    path = book / "chapters/01_one_two.md"

    def pairs():
        return agreed.pairs(book, {path: notebooks.read(path)}, known)

    built(book, "ko")
    assert agreed.one_sided(book, agreed.recorded_in(book), pairs()) == {}
    for old, new, told in (("x * 2", "x * 3", "numbers in code"), ("풀이는", "답은", "Korean")):
        path.write_text(SOURCE.replace(old, new), "utf-8")
        changed = agreed.one_sided(book, agreed.recorded_in(book), pairs())
        assert list(changed.values()) == [told]


def test_the_command_knows_where_no_pair_is():
    command = [sys.executable, TOOL, "--agreed", "chapters/none.md"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "chapters/none.md: no pair" in done.stderr
