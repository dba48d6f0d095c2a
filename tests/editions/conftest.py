"""The PDFs, the EPUBs and the folder as `make zip` made them."""

import pikepdf
import pypdfium2
import pytest
import reading
from book.languages import LANGUAGES
from made import MADE
from pdf import NAMES


@pytest.fixture(scope="session", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="session")
def book_path(language):
    return MADE / NAMES[0].format(language)


@pytest.fixture(scope="session")
def book(book_path):
    return pikepdf.open(book_path)


@pytest.fixture(scope="session")
def texts(book_path):
    """The text of each page, without its spaces."""
    return reading.texts(pypdfium2.PdfDocument(book_path))


@pytest.fixture(scope="session")
def exercises_path(language):
    return MADE / NAMES[1].format(language)
