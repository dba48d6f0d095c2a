"""Print the book, a PDF a language: `make pdf`. The pages have to be built: _build/html.

python tools/pdf.py [LANGUAGE ...] [--built FOLDER] [--to FOLDER]
"""

import argparse
from pathlib import Path

from book import project
from book.languages import LANGUAGES
from book.project import ROOT
from browser import running
from editions import chapter, document, fonts, handouts, printing
from editions.words import WORDS
from playwright.sync_api import Browser

BUILT = ROOT / "_build" / "html"
EDITIONS = ROOT / "_build" / "editions"
FONTS = ROOT / "_build" / "fonts"
NAMES = ("char-rnn-book-{}.pdf", "char-rnn-book-exercises-{}.pdf")


def settings() -> tuple[dict[str, str], str]:
    """The book's titles, and its address on the web."""
    config = project.config(ROOT)
    return config["sphinx"]["config"]["bilingual_titles"], config["html"]["baseurl"]


def print_language(browser: Browser, language: str, built: Path) -> tuple[bytes, bytes]:
    """The whole book in one language, and the sheets of exercises."""
    titles, home = settings()
    words = WORDS[language]
    chapters = chapter.read(built / LANGUAGES[language].folder)
    edition = chapters[0].edition
    about: printing.About = {
        "dc:creator": [words["authors"]],
        "dc:description": words["subject"],
        "dc:language": [language],
        "pdf:Keywords": edition,
    }

    title = f"{titles[language]}: {words['handouts']}"
    sheets = handouts.handouts(chapters, language, titles[language])
    html = printing.page_html(title, language, sheets, handouts.STYLE)
    with printing.opened(browser, html, built, FONTS) as page:
        exercises = printing.finished(printing.printed(page), {"dc:title": title, **about})

    made = document.book(chapters, titles, language, home)
    html = printing.page_html(titles[language], language, made.body, made.style)
    with printing.opened(browser, html, built, FONTS) as page:
        openers = [part.anchor for part in made.parts]
        pdf = printing.with_page_numbers(page, openers, words["page"])
    return printing.finished(pdf, {"dc:title": titles[language], **about}), exercises


def asked(description: str | None) -> argparse.Namespace:
    """Which languages are to be made, from where and to where; SystemExit for any other."""
    parser = argparse.ArgumentParser(description=description)
    known = ", ".join(LANGUAGES)
    parser.add_argument("languages", nargs="*", default=list(LANGUAGES), help=f"of {known}")
    parser.add_argument("--built", type=Path, default=BUILT)
    parser.add_argument("--to", type=Path, default=EDITIONS)
    wanted = parser.parse_args()
    if others := [name for name in wanted.languages if name not in LANGUAGES]:
        parser.error(f"no language of the book: {', '.join(others)}; choose from {known}")
    wanted.built = wanted.built.resolve()
    wanted.to.mkdir(parents=True, exist_ok=True)
    return wanted


def main() -> None:
    """Write what NAMES names."""
    wanted = asked(__doc__)
    fonts.fetch(FONTS)
    with running() as browser:
        for language in wanted.languages:
            made = print_language(browser, language, wanted.built)
            for name, pdf in zip(NAMES, made, strict=True):
                path = wanted.to / name.format(language)
                path.write_bytes(pdf)
                print(f"{path}: {len(pdf) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
