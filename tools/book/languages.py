"""The languages of the book: the one list of them."""

from typing import NamedTuple


class Language(NamedTuple):
    name: str  # as its readers write it
    english: str  # as the gate's findings name it
    folder: str  # where its notebooks lie; docnames of its pages begin with this
    locale: str  # as Open Graph writes it


# In the order in which they are offered and in which a source's prose stands. The first is that of
# pages outside the folders. Every chapter has the first two; a further one may lack some.
LANGUAGES = {
    "ko": Language("한국어", "Korean", "chapters/ko/", "ko_KR"),
    "en": Language("English", "English", "chapters/en/", "en_US"),
}
DEFAULT = "ko"
# Every further language is compared with it, and takes the ids of its sections.
REFERENCE = "en"
EVERYWHERE = (DEFAULT, REFERENCE)
