"""CONTRIBUTING's "Add a chapter" and "Add a language", done on a copy of the book step by step."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_book import CELL, CONF, PAGES, TOCTREE

ROOT = Path(__file__).resolve().parents[2]
COPIED = (
    "chapters",
    "src",
    "_ext",
    "tools",
    "glossary.yml",
    "symbols.yml",
    "_toc.yml",
    "_config.yml",
)
COPIED += ("pyproject.toml", "README.md", "CONTRIBUTING.md", "CITATION.cff", "index.md")
TOY = """\
---
kernelspec:
  display_name: Python 3
  name: python3
---

+++ {"lang": "ko"}

# 장난감

둘을 더합니다.

+++ {"lang": "en"}

# A toy

We add two.

```{code-cell} ipython3
1 + 2
```
"""


@pytest.fixture
def copy(tmp_path):
    """What the tools read of the book, with the tools."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(source, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def run(folder, *command):
    return subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True)


def checked(folder):
    """What `make notebooks check` says of a folder."""
    made = run(folder, "tools/notebooks.py")
    assert made.returncode == 0, made.stderr
    return run(folder, "tools/check.py").stdout


def test_a_chapter_is_added(copy):
    (copy / "chapters/99_toy.md").write_text(TOY, "utf-8")
    said = checked(copy)
    assert "_toc.yml:1: toc: chapters/ko/99_toy is missing" in said  # step 2 is not done yet
    for language in ("ko", "en"):
        last = f"      - file: chapters/{language}/93_teaching\n"
        change(copy / "_toc.yml", last, f"{last}      - file: chapters/{language}/99_toy\n")
    assert "all agree" in checked(copy)
    assert (copy / "chapters/ko/99_toy.ipynb").is_file()
    assert (copy / "chapters/en/99_toy.ipynb").is_file()


LANGUAGE = '    "ja": Language("日本語", "Japanese", "chapters/ja/", "ja_JP"),\n'


def speak_japanese(copy):
    """The steps 1 and 2: the list of languages, and the words around a notebook's cells."""
    english = re.search(
        r'    "en": Language\(.*\n', (copy / "tools/book/languages.py").read_text("utf-8")
    )[0]
    change(copy / "tools/book/languages.py", english, english + LANGUAGE)
    for title in (
        "Solution",
        "✓ Check",
        "The package's own",
        "The code of this",
        "A question",
    ):  # of each fold
        english = f'        "en": {{"title": "{title}"'
        japanese = '        "ja": {"title": "解答", "show": "解答を見る", "hide": "解答を隠す"},\n'
        change(copy / "tools/notebooks.py", english, japanese + english)
    setup = '    "en": {\n        "title": "Setup'
    change(
        copy / "tools/notebooks.py",
        setup,
        f'    "ja": {{"title": "準備", "sorry": "失敗しました。{{url}}"}},\n{setup}',
    )


def test_a_language_is_added_chapter_by_chapter(copy):
    speak_japanese(copy)
    assert "all agree" in checked(copy)  # a language without a chapter asks for nothing
    (copy / "chapters/99_toy.md").write_text(
        TOY.replace("We add two.\n", 'We add two.\n\n+++ {"lang": "ja"}\n\n# 玩具\n\n足します。\n'),
        "utf-8",
    )
    toc = copy / "_toc.yml"
    for language in ("ko", "en"):
        last = f"      - file: chapters/{language}/93_teaching\n"
        change(toc, last, f"{last}      - file: chapters/{language}/99_toy\n")
    assert "toc: chapters/ja/99_toy is missing" in checked(copy)
    part = "  - caption: 日本語\n    chapters:\n      - file: chapters/ja/99_toy\n"
    toc.write_text(toc.read_text("utf-8").rstrip("\n") + "\n" + part, "utf-8")
    assert "all agree" in checked(copy)
    assert [path.name for path in (copy / "chapters/ja").iterdir()] == ["99_toy.ipynb"]
    notebook = (copy / "chapters/ja/99_toy.ipynb").read_text("utf-8")
    assert "足します。" in notebook and "We add" not in notebook and "準備" in notebook
    # From now on it is held to English.
    change(copy / "chapters/99_toy.md", "足します。", "3を足します。")
    said = checked(copy)
    assert "99_toy.md:17: numbers: English has none, Japanese at line 23 3" in said
    change(copy / "chapters/99_toy.md", '\n+++ {"lang": "ja"}\n\n# 玩具\n\n3を足します。\n', "")
    assert "toc: chapters/ja/99_toy has no source" in checked(copy)


def test_the_site_offers_a_third_language_where_there_is_a_page(copy):
    speak_japanese(copy)
    interface = copy / "_ext/bilingual/interface.py"
    text = interface.read_text("utf-8")
    english = text[text.index('    "en": {') : text.rindex("}")]
    interface.write_text(text[: text.rindex("}")] + english.replace('"en"', '"ja"', 1) + "}\n")
    change(
        copy / "_ext/bilingual/missing.py",
        "TEXTS = {\n",
        'TEXTS = {\n    "ja": ("ページがありません。", "本の初めへ", "探す"),\n',
    )
    pages = {**PAGES, "chapters/ja/01_cell.md": CELL.format(title="セル", note="最初。")}
    folder = copy / "site"
    for name, page in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(page, "utf-8")
    listed = "\n".join(name.removesuffix(".md") for name in sorted(pages) if name != "index.md")
    (folder / "index.md").write_text(pages["index.md"] + TOCTREE.format(listed), "utf-8")
    conf = CONF.format(ext=str(copy / "_ext")).replace('"en": "Book"', '"en": "Book", "ja": "本"')
    (folder / "conf.py").write_text(conf, "utf-8")
    done = run(folder, "-m", "sphinx", "build", "-q", "-W", ".", "out")
    assert done.returncode == 0, done.stderr
    cell, start = ((folder / f"out/chapters/en/{n}.html").read_text("utf-8")
                   for n in ("01_cell", "00_start"))  # fmt: skip
    assert 'hreflang="ja" data-language="ja"' in cell and 'data-language="ja"' not in start
    japanese = (folder / "out/chapters/ja/01_cell.html").read_text("utf-8")
    assert '<html lang="ja">' in japanese and "本" in japanese
    assert (folder / "out/_static/search-ja.js").is_file()
