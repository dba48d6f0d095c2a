"""The words inside pictures, in both languages."""

import ast
from pathlib import Path

import pytest
from every_picture import (
    HANGUL,
)

from charrnn import set_language, translations

# A glyph no font has would be one of these warnings.
pytestmark = pytest.mark.filterwarnings("error")


def test_every_word_stands_in_both_languages_and_every_word_asked_for_is_there():
    for en, ko in translations._KOREAN.items():
        assert HANGUL.search(ko)
        assert not HANGUL.search(translations._ENGLISH.get(en, en))
    assert set(translations._ENGLISH) < set(translations._KOREAN)
    asked = set()
    for file in Path(translations.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "word":
                asked |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    assert len(asked) > 8
    assert asked <= set(translations._KOREAN)


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="'fr'"):
        set_language("fr")
    assert translations.get_language() == "en"
