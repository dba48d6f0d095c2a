"""A book of two pages a language, for tests of the extension and of what a newcomer adds."""

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
