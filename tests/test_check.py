"""Each rule of the gate fails on a fault planted in a small book, and none on the good one."""

import check
import notebooks
import pytest

CONFIG = """\
repository:
  url: https://github.com/your_account/char-rnn-book
html:
  baseurl: https://your_account.github.io/char-rnn-book/
"""
TOC = """\
format: jb-book
root: index
parts:
- chapters:
  - file: chapters/ko/01_cat
  - file: chapters/ko/02_dog
- chapters:
  - file: chapters/en/01_cat
  - file: chapters/en/02_dog
"""
GLOSSARY = """\
- {en: hidden state, ko: 은닉 상태, avoid: [숨은 상태], means: {ko: 수의 줄., en: Numbers.}}
- {en: cell, ko: 셀, everyday: true, means: {ko: 계산., en: Sums.}}
"""
PACKAGE = {
    "__init__.py": "from charrnn.meow import meow\n\n__all__ = ['meow']\n",
    "meow.py": "def meow():\n    return 'meow'\n\n\ndef _hiss():\n    pass\n",
}
CAT = """\
---
kernelspec:
  name: python3
  display_name: Python 3
---

+++ {"lang": "ko"}

# 고양이

고양이의 은닉 상태(hidden state)는 $h_t = 3$이고 `meow`라고 웁니다. 고양이는 1,000마리입니다.

- 짧게 1을 쓴다.

<div class="admonition note">

“그렇다.” 하고 고양이가 말합니까? 네, [다음 장](02_dog.ipynb)에서 말합니다.

</div>

![고양이](cat.svg)

+++ {"lang": "en"}

# The cat

The hidden state of 1000 cats is $h_t=3$; it says `meow`, and `meow` again.

- In short.

<div class="admonition note">

See [the next chapter](02_dog.ipynb).

</div>

![A cat](cat.svg)

```{code-cell} ipython3
:tags: [hide-input]
import charrnn

sound = charrnn.meow()
```
"""
COLAB = "https://colab.research.google.com/github/your_account/char-rnn-book/blob/v1.2.3"
DOG = f"""\
+++ {{"lang": "ko"}}

# 개

은닉 상태는 셀의 [코랩]({COLAB}/chapters/ko/02_dog.ipynb)에 있습니다.

```text
개 # 멍
```

+++ {{"lang": "en"}}

# The dog

Its hidden state is in the cell's [Colab]({COLAB}/chapters/en/02_dog.ipynb).

```text
개 # woof
```

```{{code-cell}} ipython3
1 + 1
```
"""


@pytest.fixture
def book(tmp_path):
    """A book without a fault."""
    files = {
        "_config.yml": CONFIG,
        "_toc.yml": TOC,
        "pyproject.toml": '[project]\nname = "char-rnn-book"\nversion = "1.2.3"\n',
        "glossary.yml": GLOSSARY,
        "README.md": "[책](https://github.com/your_account/char-rnn-book)\n",
        "chapters/01_cat.md": CAT,
        "chapters/02_dog.md": DOG,
        "chapters/ko/cat.svg": "",
        "chapters/en/cat.svg": "",
        **{f"src/charrnn/{name}": text for name, text in PACKAGE.items()},
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    notebooks.main(tmp_path, check=False)
    return tmp_path


def plant(book, name, old, new):
    """Replace the first occurrence of a text in a file; the notebooks follow if it is a source."""
    path = book / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    if name.startswith("chapters/0"):
        try:
            for notebook, wanted in notebooks.differing(book).items():
                notebook.write_text(wanted, encoding="utf-8")
        except notebooks.SourceError:
            pass  # then the gate has to say so


def findings(book):
    return check.check(check.read(book))


def test_a_good_book_passes(book, capsys):
    assert findings(book) == []
    assert check.main(book) == 0
    assert "2 sources, 2 pairs of prose, 2 cells of code: all agree" in capsys.readouterr().out


CAT_MD, DOG_MD = "chapters/01_cat.md", "chapters/02_dog.md"
KO, EN = "# 고양이", "# The cat"
HIDDEN, BULLET, NOTE = "고양이의 은닉", "- 짧게", "“그렇다.”"
FAULTS = [
    # file, what it says, what it shall say, the rule that must fail, the beginning of that line
    (CAT_MD, '{"lang": "ko"}', "", "lang", KO),
    (CAT_MD, '{"lang": "ko"}', '{"lang": "kr"}', "lang", KO),
    (CAT_MD, ":tags: [hide-input]", ":lang: en", "lang", "import"),
    ("chapters/ko/01_cat.ipynb", "고양이는", "개는", "built", "{"),
    ("chapters/en/02_dog.ipynb", "1 + 1", "1 + 2", "built", "{"),
    (CAT_MD, '+++ {"lang": "en"}', '+++ {"lang": "ko"}', "twins", KO),
    (CAT_MD, '+++ {"lang": "ko"}', '+++ {"lang": "en"}', "twins", KO),
    (CAT_MD, '+++ {"lang": "en"}', '```{code-cell}\n1\n```\n\n+++ {"lang": "en"}', "twins", KO),
    (CAT_MD, '+++ {"lang": "en"}', '```{code-cell}\n1\n```\n\n+++ {"lang": "en"}', "twins", EN),
    (CAT_MD, "# The cat", "## The cat", "headings", KO),
    (CAT_MD, "# The cat", "The cat", "headings", KO),
    (CAT_MD, "![A cat](cat.svg)", "A cat", "images", KO),
    (CAT_MD, "![A cat](cat.svg)", "![A cat](../ko/cat.svg)", "images", KO),
    (CAT_MD, "![A cat](cat.svg)", "![](cat.svg)", "alt", EN),
    (CAT_MD, "![A cat](cat.svg)", '<img alt="" src="cat.svg">', "alt", EN),
    (CAT_MD, "chapter](02_dog.ipynb)", "chapter](01_cat.ipynb)", "links", KO),
    (DOG_MD, "[Colab](https://colab", "[Colab](https://www.colab", "links", "# 개"),
    (CAT_MD, "$h_t=3$", "$h_t=4$", "formulas", KO),
    (CAT_MD, "says `meow`", "says `woof`", "code", KO),
    (DOG_MD, "개 # woof", "게 # woof", "code", "# 개"),
    (CAT_MD, "1000 cats", "1001 cats", "numbers", KO),
    (CAT_MD, "1000 cats", "1000 cats and 1000 more", "numbers", KO),
    (CAT_MD, "[다음 장](02_dog", "[다음 장](03_dog", "target", KO),
    (CAT_MD, "![고양이](cat.svg)", "![고양이](dog.svg)", "target", KO),
    (CAT_MD, "[다음 장](02_dog.ipynb)", "[다음 장](../../README.md)", "target", KO),
    (DOG_MD, "v1.2.3/chapters/ko/02_dog", "v1.2.3/chapters/ko/03_dog", "target", "# 개"),
    (DOG_MD, "v1.2.3/chapters/ko/02_dog", "v1.2.3/chapters/en/02_dog", "target", "# 개"),
    ("_toc.yml", "  - file: chapters/en/02_dog\n", "", "toc", "format"),
    ("_toc.yml", "chapters/ko/02_dog", "chapters/ko/02_cow", "toc", "  - file: chapters/ko/02_cow"),
    (
        "_toc.yml",
        "  - file: chapters/ko/01",
        "  - file: chapters/ko/02_dog\n  - file: chapters/ko/01",
        "toc",
        "format",
    ),
    (DOG_MD, "은닉 상태는", "상태는", "glossary", "# 개"),
    (DOG_MD, "은닉 상태는", "은닉 상태 곧 숨은 상태는", "glossary", "# 개"),
    (DOG_MD, "은닉 상태는", "은닉 상태의 hidden state는", "glossary", "은닉 상태의"),
    (CAT_MD, "은닉 상태(hidden state)는", "은닉 상태는", "glossary", HIDDEN),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 은닉 상태(hidden state)", "glossary", "- 은닉"),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 셀 cell", "glossary", "- 셀"),
    (CAT_MD, "마리입니다.", "마리이다.", "korean", HIDDEN),
    (CAT_MD, "마리입니다.", "마리예요.", "korean", HIDDEN),
    (CAT_MD, "말합니까?", "말할까?", "korean", NOTE),
    (CAT_MD, "말합니다.", "말하는 것은 아니다.", "korean", NOTE),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 당신이 쓴다.", "korean", "- 당신"),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 되어진다.", "korean", BULLET),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 쓰여진다.", "korean", BULLET),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 가지고 있다.", "korean", BULLET),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 밥에 대한 잠에 대한 글", "korean", BULLET),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 RNN는 쓴다.", "korean", BULLET),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 GRU은 쓴다.", "korean", BULLET),
    (CAT_MD, "`meow`라고", "{func}`meow`라고", "raw", HIDDEN),
    (CAT_MD, "- In short.", "```{note}\nIn short.\n```", "raw", "```{note}"),
    (CAT_MD, "- In short.", ":::{note}\nIn short.\n:::", "raw", ":::{note}"),
    (CAT_MD, "# The cat", "(cat)=\n# The cat", "raw", "(cat)="),
    (CAT_MD, "- In short.", "In {{ short }}.", "raw", "In {{"),
    (CAT_MD, "- In short.", "% In short.", "raw", "% In"),
    (CAT_MD, "- In short.", "<p>In `short`.</p>", "raw", "<p>"),
    (CAT_MD, "- In short.", "<p>In **short**.</p>", "raw", "<p>"),
    (CAT_MD, "- 짧게 1을 쓴다.", "- **짧게(short)**만 쓴다.", "raw", "- **짧게"),
    (CAT_MD, "import charrnn\n", "import charrnn\n" + "1\n" * 13, "length", "import"),
    (CAT_MD, "import charrnn\n", f"import charrnn\n# {'1' * 78}\n", "length", "# 11"),
    (
        "glossary.yml",
        "- {en: cell",
        "- {en: gate, ko: 게이트, means: {ko: 문., en: A door.}}\n- {en: cell",
        "glossary",
        "- {en: hidden",
    ),
    (CAT_MD, "sound = ", "def meow(): ...\nsound = ", "defined-twice", "def meow"),
    (CAT_MD, "sound = ", "class meow: ...\nsound = ", "defined-twice", "class meow"),
    (CAT_MD, "sound = ", "meow = ", "defined-twice", "meow ="),
    (CAT_MD, "sound = ", "%time sound = ", "python", "import"),
    ("README.md", "your_account", "somebody", "repository", "["),
    ("README.md", "char-rnn-book", "another.git", "repository", "["),
    ("_config.yml", "//your_account.github.io", "//somebody.github.io", "repository", "  baseurl"),
    (DOG_MD, "github/your_account", "github/somebody", "repository", "은닉"),
    (DOG_MD, "blob/v1.2.3", "blob/main", "version", "은닉"),
]


@pytest.mark.parametrize(("name", "old", "new", "rule", "beginning"), FAULTS)
def test_a_planted_fault_is_found(book, name, old, new, rule, beginning):
    plant(book, name, old, new)
    lines = (book / name).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith(beginning))
    found = {(finding.rule, finding.path, finding.line) for finding in findings(book)}
    assert (rule, book / name, line) in found
    assert check.main(book) == 1


def test_every_rule_has_a_planted_fault():
    """A rule added without a fault here is not shown to work."""
    planted = {rule for _, _, _, rule, _ in FAULTS}
    assert {rule.__name__ for rule in check.RULES} == set(RULES_AND_NAMES)
    assert planted == {name for names in RULES_AND_NAMES.values() for name in names}


RULES_AND_NAMES = {
    "lang": ["lang"],
    "built": ["built"],
    "twins": ["twins"],
    "agreement": ["headings", "images", "links", "formulas", "code", "numbers"],
    "alternative_text": ["alt"],
    "targets": ["target"],
    "contents": ["toc"],
    "terms": ["glossary"],
    "korean_style": ["korean"],
    "raw": ["raw"],
    "length": ["length"],
    "defined_once": ["defined-twice", "python"],
    "address": ["repository"],
    "version": ["version"],
}


def test_what_is_printed_names_file_line_and_rule(book, capsys):
    plant(book, CAT_MD, "1000 cats", "1001 cats")
    check.main(book)
    assert capsys.readouterr().out.startswith(
        "chapters/01_cat.md:9: numbers: Korean has 1000, English at line 25 1001\n"
    )


def test_a_built_notebook_without_a_source_is_found(book):
    (book / "chapters/ko/09_cow.ipynb").write_text("{}")
    assert [(f.rule, f.path.name) for f in findings(book)] == [("built", "09_cow.ipynb")]


@pytest.mark.parametrize("kept", [[], ["01_cat.md"]])
def test_nothing_to_check_is_a_failure(book, capsys, kept):
    """No source at all, or sources without prose in pairs and code."""
    for source in (book / "chapters").glob("*.md"):
        source.unlink()
    for name in kept:
        (book / "chapters" / name).write_text("```{code-cell}\n1\n```\n")
    assert check.main(book) == 1
    assert "Nothing to check" in capsys.readouterr().out


def test_an_empty_glossary_is_a_failure(book):
    (book / "glossary.yml").write_text("")
    with pytest.raises(ValueError, match=r"glossary\.yml holds no terms"):
        findings(book)


@pytest.mark.parametrize("lacking", ["{ko: 계산.}", "{}"])
def test_a_term_without_its_meaning_is_a_failure(book, lacking):
    text = (book / "glossary.yml").read_text("utf-8")
    (book / "glossary.yml").write_text(text.replace("{ko: 계산., en: Sums.}", lacking), "utf-8")
    with pytest.raises(ValueError, match="cell lacks means with ko and en"):
        findings(book)


def test_the_glossary_page_has_every_term_in_the_languages_own_order():
    terms = [
        check.glossary.Term("b cell", ("가",), (), False, (("ko", "나."), ("en", "N."))),
        check.glossary.Term("A-z", ("다", "라"), (), False, (("ko", "하."), ("en", "H."))),
        check.glossary.Term("same", ("가",), (), False, ()),
    ]
    assert check.glossary.page(terms, "ko").splitlines() == [
        '- <a id="b-cell"></a>**가** · <span lang="en">b cell</span><br>나.',
        '- <a id="a-z"></a>**다, 라** · <span lang="en">A-z</span><br>하.',
    ]
    assert check.glossary.page(terms, "en").splitlines() == [
        '- <a id="a-z"></a>**A-z** · <span lang="ko">다, 라</span><br>H.',
        '- <a id="b-cell"></a>**b cell** · <span lang="ko">가</span><br>N.',
    ]


def test_the_place_for_the_terms_is_filled_in_the_notebooks(book):
    plant(book, DOG_MD, "# The dog", f"# The dog\n\n{check.glossary.PLACE}")
    english = (book / "chapters/en/02_dog.ipynb").read_text("utf-8")
    assert "Numbers." in english
    assert "every term" not in english
