"""Two languages in one Jupyter Book build, readable without any other host.

One module for each thing the extension does:

languages    which language a page is in, its twin, section ids shared by twins
interface    the words around the text, in each language
colab        what notebooks hold for Colab alone; addresses there
navigation   chapter list, previous and next, language switch, buttons
head         title, description, canonical and alternate addresses, preview
glossary     links from the first use of a term to the glossary page
search       the text that the search dialog looks through, one file a language
plain        a page's words without their markup
figures      living figures, with a picture for where they cannot live
questions    an anchor at each question
parts        what figures are made of, as files that a browser keeps
bundler      the package's bundler
answer_key   the answers to all questions, for teachers
mathematics  formulas as MathML, made while building
symbols      the book's symbols marked in formulas, code and pictures, and listed
spacing      the room in and around the signs of a formula
policy       what a page may do: the content security policy
door         the root page: a network that writes there, the course at a glance
missing      the page for an address that leads nowhere
execution    what the notebooks run with, and when they must run again
strict       fails a build that warned
page         hands all this to the theme's one template, and checks what it relies on
"""

import sys
from pathlib import Path

from sphinx.application import Sphinx

# What the book is (its languages, its glossary, its settings), the tools read from the same place.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from . import (
    answer_key,
    colab,
    door,
    execution,
    figures,
    glossary,
    languages,
    mathematics,
    missing,
    navigation,
    page,
    questions,
    search,
    strict,
)

THEME = Path(__file__).parent / "theme"
# In the order in which they are set up, which is that of what they do to a page.
PARTS = (
    languages,
    colab,
    execution,
    figures,
    questions,
    answer_key,
    glossary,
    mathematics,
    navigation,
    door,
    page,
    search,
    missing,
    strict,
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the theme and what each module does."""
    app.add_html_theme("bilingual", str(THEME))
    for part in PARTS:
        part.setup(app)
    # Korean section ids are taken from the English twin, which must have been read before.
    return {"parallel_read_safe": False, "parallel_write_safe": True}
