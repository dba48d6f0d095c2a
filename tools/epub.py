"""Make an EPUB a language: `make epub`. The pages have to be built: _build/html.

python tools/epub.py [LANGUAGE ...] [--built FOLDER] [--to FOLDER]
"""

from book.languages import LANGUAGES
from browser import running
from editions import chapter, document, ebook, fonts, printing
from pdf import FONTS, asked, settings

NAME = "char-rnn-book-{}.epub"


def main() -> None:
    """Write what NAME names."""
    wanted = asked(__doc__)
    titles, home = settings()
    fonts.fetch(FONTS)
    with running() as browser:
        for language in wanted.languages:
            chapters = chapter.read(wanted.built / LANGUAGES[language].folder)
            book = document.book(chapters, titles, language, home)
            html = printing.page_html(titles[language], language, book.body, "")
            with printing.opened(browser, html, wanted.built, FONTS) as page:
                static = wanted.built / "_static"
                made = ebook.ebook(page, book, titles[language], language, home, static)
            path = wanted.to / NAME.format(language)
            path.write_bytes(made)
            print(f"{path}: {len(made) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
