"""A book of two pages a language, for tests of the extension and of what a newcomer adds."""

from pathlib import Path

from sphinx.testing.util import SphinxTestApp

ROOT = Path(__file__).resolve().parents[1]

KOREAN_START = """\
# 시작

이 책은 글자 하나씩 읽는 신경망을 처음부터 만듭니다.

## 은닉 상태

벡터를 셀에 넣습니다. 상태 $h$를 $h_t = \\lVert x \\rVert$

### 안쪽

순환신경망의 층.
"""
ENGLISH_START = """\
# Start

This book builds a network that reads one letter at a time.

## Hidden state

Put vectors into the cell. $h_t$

### Inside

A layer.
"""
CELL = """\
# {title}

<div class="admonition note">
{note}
</div>

| a | b |
|---|---|
| 0 | 1 |
"""
PAGES = {
    "index.md": "# Door\n",
    "chapters/ko/00_start.md": KOREAN_START,
    "chapters/en/00_start.md": ENGLISH_START,
    "chapters/ko/01_cell.md": CELL.format(title="셀", note="첫째 표시입니다."),
    "chapters/en/01_cell.md": CELL.format(title="Cell", note="A first mark."),
}
CONF = """
import sys
sys.path.insert(0, {ext!r})
extensions = ["myst_nb", "bilingual"]
html_theme = "bilingual"
html_use_index = False
html_baseurl = "https://example.org/book/"
html_theme_options = {{"repository_url": "https://example.org/someone/book"}}
myst_enable_extensions = ["dollarmath", "html_admonition"]
html_sourcelink_suffix = ""
nb_execution_mode = "off"
bilingual_titles = {{"ko": "책", "en": "Book"}}
bilingual_description = "Door"
bilingual_same_words = [["one-hot", "원-핫"]]
"""
TOCTREE = "\n```{{toctree}}\n{}\n```\n"


def write_book(folder, pages):
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    names = [name[:-3] for name in sorted(pages) if name.endswith(".md") and name != "index.md"]
    listed = "\n".join(names)
    index = folder / "index.md"
    index.write_text(pages["index.md"] + TOCTREE.format(listed), encoding="utf-8")
    (folder / "conf.py").write_text(CONF.format(ext=str(ROOT / "_ext")), encoding="utf-8")


def build(folder, pages=PAGES):
    """Build a book and return the application; its warnings are in app.warning."""
    write_book(folder, pages)
    app = SphinxTestApp("html", srcdir=folder)
    try:
        app.build()
    finally:
        app.cleanup()
    return app
