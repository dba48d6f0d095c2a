"""Each rule of the gate fails on a fault planted in a small book, and none on the good one."""

import check
import notebooks
import pytest
from book import glossary_page, terms

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
- {en: cell, ko: 셀, avoid: ["문자(?!열)"], everyday: true, means: {ko: 계산., en: Sums.}}
"""
SYMBOLS = """\
- {formula: h, ko: 은닉 상태, en: hidden state, shape: "(1, H)", colour: state, code: {sound: [1]}}
- {formula: t, ko: 단계, en: step, shape: number}
"""
README = """\
# 책 · Book

## 한국어

[책](https://github.com/your_account/char-rnn-book)은 20분 걸립니다.

## English

[The book](https://github.com/your_account/char-rnn-book) takes 20 minutes.
"""
FIGURE = """\
export const words = {
  ko: {
    cats: "고양이 {n}마리",
    none: "고양이가 없습니다.",
  },
  en: {
    cats: "{n} cats",
    none: "There is no cat.",
  },
};
"""
PACKAGE = {
    "translations.py": '_KOREAN = {\n    "meow": "야옹",\n    "mew": "응애",\n}\n'
    '_ENGLISH = {\n    "mew": "a mew",\n}\n',
    "lab/cat.js": FIGURE,
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

- In short, one.

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
        "symbols.yml": SYMBOLS,
        "README.md": README,
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
    (CAT_MD, "![A cat](cat.svg)", "![ ](cat.svg)", "alt", EN),
    (CAT_MD, "![A cat](cat.svg)", '<img alt="" src="cat.svg">', "alt", EN),
    (CAT_MD, "![A cat](cat.svg)", '<img alt=" " src="cat.svg">', "alt", EN),
    (CAT_MD, "chapter](02_dog.ipynb)", "chapter](01_cat.ipynb)", "links", NOTE),
    (DOG_MD, "[Colab](https://colab", "[Colab](https://www.colab", "links", "은닉"),
    (CAT_MD, "$h_t=3$", "$h_t=4$", "formulas", HIDDEN),
    (CAT_MD, "says `meow`", "says `woof`", "code", HIDDEN),
    (DOG_MD, "개 # woof", "게 # woof", "code", "# 개"),
    (CAT_MD, "1000 cats", "1001 cats", "numbers", HIDDEN),
    (CAT_MD, "1000 cats", "1000 cats and 1000 more", "numbers", HIDDEN),
    (CAT_MD, "charrnn\n", "charrnn  # it sounds\n", "spoken", "import"),
    (CAT_MD, "charrnn.meow()", "charrnn.meow()\nprint(f'says {sound}')", "spoken", "import"),
    (CAT_MD, "charrnn.meow()", 'charrnn.meow()\nprint(f"{sound}" " says")', "spoken", "import"),
    (CAT_MD, "charrnn.meow()", 'charrnn.meow()\nthe_cat = 1\nprint("cat")', "spoken", "import"),
    (CAT_MD, ":tags: [hide-input]", "---\nko: {no such: 것}\n---", "built", "import"),
    (CAT_MD, "sound =", 'def say():\n    """Say it."""\n\n\nsound =', "spoken", "import"),
    (CAT_MD, "charrnn.meow()", "charrnn.meow()\nassert sound", "claim", "import"),
    (CAT_MD, "[다음 장](02_dog", "[다음 장](03_dog", "target", KO),
    (CAT_MD, "![고양이](cat.svg)", "![고양이](dog.svg)", "target", KO),
    (CAT_MD, "[다음 장](02_dog.ipynb)", "[다음 장](../../README.md)", "target", KO),
    (DOG_MD, "v1.2.3/chapters/ko/02_dog", "v1.2.3/chapters/ko/03_dog", "target", "# 개"),
    (DOG_MD, "v1.2.3/chapters/ko/02_dog", "v1.2.3/chapters/en/02_dog", "target", "# 개"),
    (CAT_MD, "[다음 장](02_dog.ipynb)", "[다음 장](#the-dog)", "target", KO),
    (CAT_MD, "[다음 장](02_dog.ipynb)", "[다음 장](02_dog.ipynb#the-cat)", "target", KO),
    ("_toc.yml", "  - file: chapters/en/02_dog\n", "", "toc", "format"),
    ("_toc.yml", "chapters/ko/02_dog", "chapters/ko/02_cow", "toc", "  - file: chapters/ko/02_cow"),
    (
        "_toc.yml",
        "  - file: chapters/ko/01",
        "  - file: chapters/ko/02_dog\n  - file: chapters/ko/01",
        "toc",
        "format",
    ),
    (CAT_MD, "마리입니다.", "마리입니다.\n\n끝입니다.", "blocks", KO),
    (CAT_MD, "- In short, one.", "- In short, one.\n- Longer.", "blocks", KO),
    (CAT_MD, "- In short, one.", "", "blocks", KO),
    (CAT_MD, "- In short, one.", "1. In short, one.", "blocks", KO),
    (CAT_MD, "- In short, one.", "In short, one.", "blocks", KO),
    (CAT_MD, "- In short, one.", "- In short, one.\n\n<hr>", "blocks", KO),
    (CAT_MD, "- In short, one.", "- In **short**, one.", "bold", BULLET),
    (CAT_MD, "- 짧게", "- **짧게**", "bold", "- **짧게"),
    (CAT_MD, "- In short, one.", "- In short, three, one.", "numerals", BULLET),
    (CAT_MD, "- 짧게", "- 다섯 마디로", "numerals", "- 다섯"),
    (CAT_MD, "- 짧게 1을", "- 짧게 -1을", "numbers", "- 짧게"),
    (CAT_MD, "- 짧게 1을", "- 짧게 0을", "numbers", "- 짧게"),
    (CAT_MD, "- In short, one.", "- In short, 0 and one.", "numbers", BULLET),
    (DOG_MD, "은닉 상태는", "상태는", "glossary", "# 개"),
    (DOG_MD, "은닉 상태는", "은닉 상태 곧 숨은 상태는", "glossary", "# 개"),
    (DOG_MD, "은닉 상태는", "은닉 상태의 문자는", "glossary", "# 개"),
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
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 RNN는 쓴다.", "particle", BULLET),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 GRU은 쓴다.", "particle", BULLET),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 1를 쓴다.", "particle", BULLET),
    (CAT_MD, "`meow`라고", "`meow`이라고", "particle", HIDDEN),
    (CAT_MD, "$h_t = 3$이고", "$h_t = 3$가", "particle", HIDDEN),
    (CAT_MD, "은닉 상태(hidden state)는", "은닉 상태(hidden state)와 고양이을", "particle", HIDDEN),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 one을 쓴다.", "mixed", BULLET),
    (CAT_MD, "- 짧게 1을 쓴다.", "- 짧게 Noise를 쓴다.", "mixed", BULLET),
    (CAT_MD, "- In short, one.", "- In short, 하나.", "mixed", "- In short"),
    (CAT_MD, "sound = ", 'print("야옹")\nsound = ', "mixed", "print"),
    (CAT_MD, "sound = ", "# 야옹\nsound = ", "mixed", "# 야옹"),
    ("src/charrnn/translations.py", '"야옹"', '"meow"', "words", '    "meow"'),
    ("src/charrnn/translations.py", '"응애"', '"야옹"', "words", '    "mew"'),
    ("src/charrnn/lab/cat.js", 'none: "There', 'nobody: "There', "words", "    none"),
    ("src/charrnn/lab/cat.js", "{n}마리", "{m}마리", "words", "    cats"),
    ("README.md", "20분", "30분", "readme", "[책"),
    ("README.md", "## English", "## Anglais", "readme", "# 책"),
    (CAT_MD, "# The cat", "# The black cat", "agreed", KO),
    (CAT_MD, "고양이는 1,000마리입니다.", "고양이는 모두 1,000마리입니다.", "agreed", KO),
    (DOG_MD, "1 + 1", "1 + 2", "agreed", "1 + 2"),
    ("glossary.yml", "수의 줄.", "수의 칸.", "agreed", "- {en: hidden"),
    ("src/charrnn/translations.py", '"a mew"', '"a miaow"', "agreed", '    "mew"'),
    ("src/charrnn/lab/cat.js", "There is no cat.", "There are cats.", "agreed", "    none"),
    ("chapters/agreed.txt", "01_cat.md ", "01_cat.md x ", "agreed", "chapters/01"),
    (CAT_MD, "`meow`라고", "`meow라고", "raw", HIDDEN),
    (CAT_MD, "`meow`라고", "{func}`meow`라고", "raw", HIDDEN),
    (CAT_MD, "- In short, one.", "```{note}\nIn short.\n```", "raw", "```{note}"),
    (CAT_MD, "- In short, one.", ":::{note}\nIn short.\n:::", "raw", ":::{note}"),
    (CAT_MD, "# The cat", "(cat)=\n# The cat", "raw", "(cat)="),
    (CAT_MD, "- In short, one.", "In {{ short }}.", "raw", "In {{"),
    (CAT_MD, "- In short, one.", "% In short.", "raw", "% In"),
    (CAT_MD, "- In short, one.", "<p>In `short`.</p>", "raw", "<p>"),
    (CAT_MD, "- In short, one.", "<p>In **short**.</p>", "raw", "<p>"),
    (CAT_MD, "- 짧게 1을 쓴다.", "- **짧게(short)**만 쓴다.", "raw", "- **짧게"),
    (CAT_MD, "import charrnn\n", "import charrnn\n" + "1\n" * 13, "length", "import"),
    (
        "glossary.yml",
        "- {en: cell",
        "- {en: gate, ko: 게이트, means: {ko: 문., en: A door.}}\n- {en: cell",
        "glossary",
        "- {en: gate",
    ),
    (CAT_MD, "상태(hidden state)는 $h_t = 3$", "상태(hidden state)는 $h_t = q$", "symbols", HIDDEN),
    (CAT_MD, "$h_t=3$", "$W_h=3$", "symbols", "The hidden"),
    (CAT_MD, "$h_t=3$", "$\\eta h_t=3$", "symbols", "The hidden"),
    ("symbols.yml", "formula: t,", "formula: t, in: [2],", "symbols", "- {formula: t"),
    ("symbols.yml", "sound: [1]", "sound: [1, 2]", "symbols", "- {formula: h"),
    ("symbols.yml", "en: step", "en: 단계", "symbols", "- {formula: t"),
    ("symbols.yml", "ko: 은닉 상태", "ko: 상태", "symbols", "- {formula: h"),
    (CAT_MD, "sound = ", "def meow(): ...\nsound = ", "defined-twice", "def meow"),
    (CAT_MD, "sound = ", "class meow: ...\nsound = ", "defined-twice", "class meow"),
    (CAT_MD, "sound = ", "meow = ", "defined-twice", "meow ="),
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
    "readable": ["lang"],
    "built": ["built"],
    "spoken": ["spoken"],
    "claim": ["claim"],
    "pairing": ["twins"],
    "agreement": [
        *["headings", "images", "links", "formulas", "code", "numbers"],
        *["blocks", "bold", "numerals"],
    ],
    "alternative_text": ["alt"],
    "targets": ["target"],
    "contents": ["toc"],
    "terms": ["glossary"],
    "read_together": ["agreed"],
    "korean_style": ["korean"],
    "particle": ["particle"],
    "mixed": ["mixed"],
    "words": ["words"],
    "symbols": ["symbols"],
    "readme": ["readme"],
    "raw": ["raw"],
    "length": ["length"],
    "defined_once": ["defined-twice"],
    "address": ["repository"],
    "version": ["version"],
}


def test_what_is_printed_names_file_line_and_rule(book, capsys):
    plant(book, CAT_MD, "1000 cats", "1001 cats")
    check.main(book)
    assert (
        "chapters/01_cat.md:11: numbers: Korean has 1000, English at line 27 1001\n"
        in capsys.readouterr().out
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


GOOD_LINKS = ["#the-cat", "02_dog.ipynb#the-dog", "02_dog.ipynb#tail", "02_dog.ipynb#hidden-state"]


@pytest.mark.parametrize("link", GOOD_LINKS)
def test_a_link_to_a_part_that_is_there_passes(book, link):
    for end in ("은닉 상태는 셀", "Its hidden state"):
        plant(book, DOG_MD, end, f'<a id="tail"></a>{terms.PLACE}\n\n{end}')
    path = book / CAT_MD
    path.write_text(path.read_text("utf-8").replace("(02_dog.ipynb)", f"({link})"), "utf-8")
    assert [finding for finding in findings(book) if finding.rule == "target"] == []


@pytest.mark.parametrize(("part", "good"), [("question", True), ("question-2", False)])
def test_a_link_may_lead_to_a_question_that_is_there(book, part, good):
    head = "---\ntags: [question]\nko:\n  What?: 뭘까요?\n---"
    asked = f'```{{code-cell}} ipython3\n{head}\nask("What?", 1)\n```'
    path = book / DOG_MD
    path.write_text(f"{path.read_text('utf-8')}\n{asked}\n", "utf-8")
    path = book / CAT_MD
    path.write_text(path.read_text("utf-8").replace("(02_dog.ipynb)", f"(02_dog.ipynb#{part})"))
    found = [finding for finding in findings(book) if finding.rule == "target"]
    assert bool(found) != good


def test_a_link_within_a_page_may_lead_to_another_languages_page(book):
    for old in ("[다음 장](", "[the next chapter]("):
        plant(book, CAT_MD, f"{old}02_dog.ipynb", f"{old}../ko/02_dog.ipynb#the-dog")
    assert {finding.rule for finding in findings(book)} == set()


BAD_ENTRIES = [
    ("{en: cow, ko: 소}", "cow lacks means"),
    ("{en: cow, ko: 소, means: {ko: 소.}}", "means is one line of text in ko and one in en"),
    ("{en: cow, ko: 소, means: {ko: 소., en: ' '}}", "means is one line"),
    ("{en: cow, ko: 소, means: {ko: 소., en: 3}}", "means is one line"),
    ("{en: cow, ko: 소, means: {ko: 소., en: A cow., fr: Une vache.}}", "means is one line"),
    ("{en: cow, ko: 소, means:}", "means is one line"),
    ("{en: cow, means: {ko: 소., en: A cow.}}", "cow lacks ko"),
    ("{en: cow, ko: [], means: {ko: 소., en: A cow.}}", "cow lacks ko"),
    ("{ko: 소, means: {ko: 소., en: A cow.}}", "begins with `- en:`"),
    ("cow", "begins with `- en:`"),
    ("{en: cow, ko: 소, means: {ko: 소., en: A.}, avoid: ['(']}", "avoid is a list"),
    ("{en: cow, ko: 소, means: {ko: 소., en: A.}, avoid: [3]}", "avoid is a list"),
    ("{en: cow, ko: 소, means: {ko: 소., en: A.}, everyday: often}", "everyday is true"),
    ("{en: cow, ko: 소, meens: {ko: 소., en: A.}}", "cow has meens"),
    ("{en: cell, ko: 소, means: {ko: 소., en: A.}}", "cell stands here twice"),
    ("{en: cow", "not YAML"),
]


@pytest.mark.parametrize(("entry", "message"), BAD_ENTRIES)
def test_a_broken_glossary_is_a_finding_with_its_line(book, capsys, entry, message):
    path = book / "glossary.yml"
    path.write_text(GLOSSARY + f"- {entry}\n", "utf-8")
    assert check.main(book) == 1
    first = capsys.readouterr().out.splitlines()[0]
    line = 4 if message == "not YAML" else 3  # there the file ends before the bracket does
    assert first.startswith(f"glossary.yml:{line}: glossary: ") and message in first
    with pytest.raises(SystemExit, match=rf"glossary\.yml:{line}: "):
        notebooks.main(book, check=True)


BAD_SYMBOLS = [
    ("{ko: 소, en: cow}", "`- formula:`"),
    ("{formula: c + d, ko: 소, en: cow, shape: number}", "c + d is not one symbol"),
    ("{formula: c, ko: 소, shape: number}", "c lacks en"),
    ("{formula: c, ko: 소, en: cow}", "shape is one as"),
    ("{formula: c, ko: 소, en: cow, shape: '1, H'}", "shape is one as"),
    ("{formula: c, ko: 소, en: cow, shape: number, colour: red}", "colour is one of letter,"),
    ("{formula: c, ko: 소, en: cow, shape: number, code: [c]}", "code is a name with a list"),
    ("{formula: c, ko: 소, en: cow, shape: number, in: 2}", "code is a name with a list"),
    ("{formula: c, ko: 소, en: cow, shape: number, chapter: 2}", "c has chapter, which means"),
    ("{formula: h, ko: 소, en: cow, shape: number}", "h stands here twice"),
    (
        "{formula: c, ko: 은닉 상태, en: hidden state, shape: number}",
        "has another colour in line 1",
    ),
    ("{formula: c, ko: 소, en: cow, shape: number, code: {sound: [1]}}", "line 1 has the name"),
    ("{formula: c", "not YAML"),
]


@pytest.mark.parametrize(("entry", "message"), BAD_SYMBOLS)
def test_a_broken_entry_of_the_symbols_is_a_finding_with_its_line(book, capsys, entry, message):
    (book / "symbols.yml").write_text(f"{SYMBOLS}- {entry}\n", "utf-8")
    assert check.main(book) == 1
    first = capsys.readouterr().out.splitlines()[0]
    line = 4 if message == "not YAML" else 3
    assert first.startswith(f"symbols.yml:{line}: symbols: ") and message in first


def test_a_book_without_its_symbols_is_a_finding(book, capsys):
    (book / "symbols.yml").unlink()
    assert check.main(book) == 1
    assert "symbols.yml:1: symbols: is not there" in capsys.readouterr().out


def test_an_empty_glossary_is_a_finding(book, capsys):
    (book / "glossary.yml").write_text("")
    assert check.main(book) == 1
    assert "glossary.yml:1: glossary: holds no terms" in capsys.readouterr().out


def test_the_glossary_page_has_every_term_in_the_languages_own_order():
    known = [
        terms.Term("b cell", ("가",), (), False, (("ko", "나."), ("en", "N."))),
        terms.Term("A-z", ("다", "라"), (), False, (("ko", "하."), ("en", "H."))),
        terms.Term("same", ("가",), (), False, ()),
    ]
    prose = {"00_a": "가", "01_a": "# 하나\n\n다와 가.", "02_b": "# 가: 나\n\n라", "90_c": "라"}
    titles = {"90_c": "끝"}
    assert glossary_page.page(known, "ko", prose, titles).split("\n\n") == [
        '<p><a href="#letter-1">ㄱ</a> · <a href="#letter-2">ㄷ</a></p>',
        '<p id="letter-1"><strong>ㄱ</strong></p>',
        '- <a id="b-cell"></a>**가** · <span lang="en">b cell</span><br>나. [2장](02_b.ipynb)',
        '<p id="letter-2"><strong>ㄷ</strong></p>',
        '- <a id="a-z"></a>**다, 라** · <span lang="en">A-z</span><br>하. [1장](01_a.ipynb)',
    ]
    assert glossary_page.page(known, "en", {"03_d": "가"}, {}).split("\n\n")[1:] == [
        '<p id="letter-1"><strong>A</strong></p>',
        '- <a id="a-z"></a>**A-z** · <span lang="ko">다, 라</span><br>H.',
        '<p id="letter-2"><strong>B</strong></p>',
        '- <a id="b-cell"></a>**b cell** · <span lang="ko">가</span><br>N. [chapter 3](03_d.ipynb)',
    ]


def test_a_term_leads_to_the_chapter_that_explains_it():
    cell = terms.Term("cell", ("셀",), (), True, (("ko", "나."), ("en", "N.")))
    chapters = {"01_a": "# 하나\n\n셀", "02_b": "# 둘\n\n" + "셀 " * 4, "03_c": "# 셀: 하나"}
    assert glossary_page.introduced(cell, chapters) == "03_c"
    del chapters["03_c"]
    assert glossary_page.introduced(cell, chapters) == "02_b"
    del chapters["02_b"]
    assert glossary_page.introduced(cell, chapters) == "01_a"
    chapters |= {"02_b": "셀 " * 4, "04_d": "셀(cell)이 셀이다."}
    assert glossary_page.introduced(cell, chapters) == "04_d"
    chapters |= {"04_d": "셀(cell)"}  # in passing
    assert glossary_page.introduced(cell, chapters) == "02_b"
    assert glossary_page.introduced(cell, {"00_a": "셀", "90_z": "셀(cell)"}) == "90_z"
    link = glossary_page.page([cell], "en", {"90_z": "셀(cell)"}, {"90_z": "The end"})
    assert link.endswith("N. [The end](90_z.ipynb)")
    assert glossary_page.introduced(cell, {"00_a": "셀 " * 9, "91_z": "셀"}) == ""


@pytest.mark.parametrize(
    ("word", "letter"), [("까치", "ㄱ"), ("힣", "ㅎ"), ("nn.RNN", "N"), ("LSTM", "L"), ("셀", "ㅅ")]
)
def test_a_word_stands_under_its_first_letter(word, letter):
    assert glossary_page.initial(word) == letter


def test_the_place_for_the_terms_is_filled_in_the_notebooks(book):
    plant(book, DOG_MD, "# The dog", f"# The dog\n\n{terms.PLACE}")
    english = (book / "chapters/en/02_dog.ipynb").read_text("utf-8")
    assert "Numbers." in english
    assert "every term" not in english
