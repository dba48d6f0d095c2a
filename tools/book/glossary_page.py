"""The list on the glossary page: every term, by its first letter, with its chapter."""

import re
from collections.abc import Mapping

from book.numbers import FIRST_APPENDIX, chapter_of, counted
from book.terms import Term, anchor

# The leads of syllables in Unicode's order; a doubled one stands with the simple one.
LEADS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
SYLLABLES_OF_A_LEAD = 588
OFTEN = 3  # so often a chapter says what it explains; fewer times is in passing
CHAPTER = {"ko": "{}장", "en": "chapter {}"}


def page(
    terms: list[Term], language: str, chapters: Mapping[str, str], titles: Mapping[str, str]
) -> str:
    """Every term with what it means, as Markdown in the order of the language's alphabet.

    An entry leads to its term's chapter. ``chapters`` has the Korean prose of each source's stem,
    where a term has no plain meaning beside; ``titles`` its title in the language.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for term in terms:
        if language in dict(term.means):
            first = (term.ko if language == "ko" else (term.en,))[0]
            stem = introduced(term, chapters)
            number = counted(stem)
            said = CHAPTER.get(language, "{}").format(number)
            name = said if number else titles.get(stem, "")
            entry = entry_of(term, language, f"[{name}]({stem}.ipynb)" if stem else "")
            groups.setdefault(initial(first), []).append((first.lower(), entry))
    letters = sorted(groups)
    ids = {letter: f"letter-{number}" for number, letter in enumerate(letters, 1)}
    parts = [f'<p>{" · ".join(f"""<a href="#{ids[one]}">{one}</a>""" for one in letters)}</p>']
    for letter in letters:
        parts.append(f'<p id="{ids[letter]}"><strong>{letter}</strong></p>')
        parts.append("\n".join(entry for _, entry in sorted(groups[letter])))
    return "\n\n".join(parts)


def entry_of(term: Term, language: str, link: str) -> str:
    """A term in both languages, what it means, and the link to its chapter, if any."""
    ko, en = ", ".join(term.ko), term.en
    first, other, code = (ko, en, "en") if language == "ko" else (en, ko, "ko")
    name = f'<a id="{anchor(term.en)}"></a>**{first}** · <span lang="{code}">{other}</span>'
    return f"- {name}<br>{dict(term.means)[language]} {link}".rstrip()


def initial(word: str) -> str:
    """The letter under which a word stands: its lead, or its Latin letter as a capital."""
    if "가" <= word[0] <= "힣":
        return LEADS[(ord(word[0]) - ord("가")) // SYLLABLES_OF_A_LEAD]
    return word[0].upper()


def introduced(term: Term, chapters: Mapping[str, str]) -> str:
    """The stem of the chapter that a term belongs to; "" where none says it.

    That is the one that has the English behind it in brackets, as Korean prose does where a term is
    first used, unless it is said there just this once; else the one whose title begins with it, or
    the first that says it `OFTEN` times, or the first that says it.
    """
    # A form that its first one begins with has a meaning of its own: 가운데, beside 가운데 값.
    names = [term.ko[0], *(form for form in term.ko[1:] if not term.ko[0].startswith(form))]
    said = re.compile("|".join(map(re.escape, names)))
    glossed = re.compile(rf"(?:{said.pattern})\({re.escape(term.en)}", re.IGNORECASE)
    # Pages behind the first appendix say again what the course has said.
    pages = {
        stem: prose for stem, prose in chapters.items() if (chapter_of(stem) or 0) <= FIRST_APPENDIX
    }
    uses = {stem: len(said.findall(prose)) for stem, prose in pages.items() if said.search(prose)}
    first = [stem for stem in uses if glossed.search(pages[stem])]
    numbered = [stem for stem in uses if counted(stem)]
    titles = tuple(f"# {form}:" for form in term.ko)
    return next(
        iter(
            [
                *(stem for stem in first if uses[stem] > 1),
                *(stem for stem in numbered if pages[stem].startswith(titles)),
                *(stem for stem in numbered if uses[stem] >= OFTEN),
                *first,
                *numbered,
            ]
        ),
        "",
    )
