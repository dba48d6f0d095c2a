"""Ways in which two languages drift apart, planted in a copy of the real book by their kind.

Each is the first place in a chapter that fits a pattern. `agreed` means that no rule sees it, only
the record of what was read together. What is wrong in both languages alike nothing here sees.
"""

import re
import shutil
from pathlib import Path

import pytest
from book import sources, strings, terms
from gate import model, rules

ROOT = Path(__file__).resolve().parents[2]
SIDES = {
    "ko": r'(?<=\+\+\+ {"lang": "ko"}\n).*?(?=^\+\+\+|^```{code-cell|\Z)',
    "en": r'(?<=\+\+\+ {"lang": "en"}\n).*?(?=^\+\+\+|^```{code-cell|\Z)',
    "code": r"(?<=```{code-cell} ipython3\n).*?(?=^```)",
    "both": r"\A.*\Z",
}
RULES = [
    *[rules.pairing, rules.agreement, rules.alternative_text, rules.targets, rules.terms],
    *[rules.korean_style, rules.particle, rules.mixed, rules.raw, rules.words, rules.readme],
    rules.contents,
]
PARAGRAPH = r"\n\n(?=[가-힣])[^\n|#<-]{40,}(?=\n\n)"
ENGLISH_PARAGRAPH = r"\n\n(?=[A-Z])[^\n|#<-]{40,}(?=\n\n)"
ROW = r"(\]\()(\d\d_\w+\.ipynb)(.*?\]\()(\d\d_\w+\.ipynb)"
DRIFTS = [
    # chapter, side, what it says (the first that fits), what it shall say, what notices it
    ("03", "ko", r"\b1000 에포크", "2000 에포크", "numbers"),
    ("03", "en", r"0\.000001", "0.00001", "numbers"),
    ("03", "en", r"\bfour\b", "five", "numerals"),
    ("05", "ko", r"셋", "넷", "numerals"),
    ("03", "ko", r"\b0을", "1을", "numbers"),
    ("02", "ko", r"(?<= )−1(?=[과에 ])", "0", "numbers"),
    ("02", "en", r"between −1 and 1", "between −2 and 1", "numbers"),
    ("03", "ko", r"글자", "문자", "glossary"),
    ("02", "ko", r"은닉 상태", "숨은 상태", "glossary"),
    ("05", "ko", r"기울기(?=[가는를])", "경사도", "glossary"),
    ("03", "ko", r"글자(?=[는를가])", "letter", "glossary"),
    ("03", "ko", r"\b문장(?=[을이])", "sentence ", "mixed"),
    ("04", "ko", r"\b확률(?=[을이])", "noise ", "mixed"),
    ("03", "ko", PARAGRAPH, "", "blocks"),
    ("03", "en", ENGLISH_PARAGRAPH, "", "blocks"),
    ("03", "ko", r"\n- [^\n]*(?=\n\n)", "", "blocks"),
    ("05", "en", r"\n- [^\n]*(?=\n\n)", "", "blocks"),
    ("00", "ko", r"\n\| \[[^\n]*(?=\n)", "", "blocks"),
    ("00", "en", r"`nn.RNN`", "`nn.GRU`", "code"),
    ("03", "en", r"^## ", "### ", "headings"),
    ("03", "ko", r"y_\{t,i\} - x", "y_{t,i} + x", "formulas"),
    ("05", "ko", r"1 - h\^2", "1 + h^2", "formulas"),
    ("01", "ko", r"02_rnn_cell\.ipynb", "03_training.ipynb", "links"),
    ("00", "ko", ROW, r"\1\4\3\2", "links"),
    ("00", "en", ROW, r"\1\4\3\2", "links"),
    ("90", "ko", r"arxiv\.org/abs/1", "arxiv.org/abs/2", "links"),
    ("01", "both", r"02_rnn_cell\.ipynb", "02_rnn_cel.ipynb", "target"),
    ("03", "both", r"\(04_generation\.ipynb\)", "(04_generation.ipynb#no-part)", "target"),
    ("03", "ko", r"\n\n손실", "\n\n{loss}`x`손실", "raw"),
    ("03", "ko", r"\*\*(\w)", r"** \1", "raw"),
    ("03", "ko", r"`backward\(\)`", "`backward()", "raw"),
    ("03", "ko", r"`train`은", "`train`는", "particle"),
    ("06", "ko", r"Adam은", "Adam는", "particle"),
    ("04", "ko", r"argmax(는|를|와)", "argmax을", "particle"),
    ("09", "ko", r"LSTM(과|은)", "LSTM와", "particle"),
    ("03", "ko", r"손실을", "손실를", "particle"),
    ("03", "ko", r"습니다\.", "어요.", "korean"),
    ("03", "ko", r"습니다\.", "는다.", "korean"),
    ("03", "en", r"\bmuch\b", "little", "agreed"),
    ("03", "ko", r"줄이고", "키우고", "agreed"),
    ("03", "ko", r"걸음은 느립니다", "걸음은 빠릅니다", "agreed"),
    ("03", "ko", r"\b가운데\b", "가운테", "agreed"),
    ("05", "en", r"\bmedian\b", "mean", "agreed"),
    ("03", "code", r"lr=0\.01", "lr=0.1", "agreed"),
    ("03", "code", r'print\("', 'print("손실 ', "mixed"),
    ("03", "both", r'{"lang": "en"}', '{"lang": "ko"}', "twins"),
    ("03", "en", r"\n\n## [^\n]*", "\n\n## 손실의 눈금", "mixed"),
    # other chapters, other places
    ("07", "ko", r"[2-9]\d", "17", "numbers"),
    ("09", "en", r"\b20\b", "30", "numbers"),
    ("10", "ko", r"\d글자", "7글자", "numbers"),
    ("13", "en", r"\bthree\b|\bfive\b|\bten\b", "nine", "numerals"),
    ("12", "ko", r"셋", "넷", "numerals"),
    ("09", "ko", r"-1과 1", "0과 1", "numbers"),
    ("07", "ko", PARAGRAPH, "", "blocks"),
    ("10", "en", ENGLISH_PARAGRAPH, "", "blocks"),
    ("13", "ko", r"\n- [^\n]*(?=\n\n)", "", "blocks"),
    ("91", "en", r"\n\| [^-\n][^\n]*(?=\n\n|\n\|)", "", "blocks"),
    ("07", "en", r"\*\*([A-Z]\w*[^*]*)\*\*", r"\1", "bold"),
    ("09", "ko", r"게이트를", "게이트을", "particle"),
    ("10", "ko", r"혼란도는", "혼란도은", "particle"),
    ("13", "ko", r"\bLSTM[은이과]", "LSTM가", "particle"),
    ("12", "ko", r"자모(?=[로가를는])", "jamo", "glossary"),
    ("07", "ko", r"확률(?=[이을])", "probability ", "mixed"),
    ("90", "en", r"letter", "글자", "mixed"),
    ("07", "ko", r"습니다\.", "어요.", "korean"),
    ("13", "en", r"^### |^## ", "#### ", "headings"),
    ("07", "en", r"`[a-z_.]+`", "`nothing`", "code"),
    ("09", "en", r"\$[a-zA-Z]_t\$", "$q_t$", "formulas"),
    ("91", "ko", r"\]\((\d\d_\w+)\.ipynb", "](92_glossary.ipynb", "links"),
    ("10", "en", r"\bhigher\b", "lower", "agreed"),
    ("09", "ko", r"오래", "잠깐", "agreed"),
    ("10", "code", r"epochs=\d+|steps=\d+|seed=\d+|\b64\b", "63", "agreed"),
]
FILES = [
    ("glossary.yml", "위에서|앞 단계의 은닉 상태를", "뒤 단계의 은닉 상태를", "agreed"),
    ("glossary.yml", r"(ko: .*?)낮으면", r"\1높으면", "agreed"),
    ("src/charrnn/translations.py", r'"letter": "글자"', '"letter": "문자"', "words"),
    (
        "src/charrnn/translations.py",
        r'"lowest": "가장 낮은 값"',
        '"lowest": "가장 높은 값"',
        "agreed",
    ),
    ("src/charrnn/translations.py", r'"loss": "손실"', '"loss": "loss"', "words"),
    ("src/charrnn/translations.py", r'"gradient": "기울기"', '"gradient": "경사도"', "words"),
    ("src/charrnn/lab/figures/training.js", r'loss: "손실"', 'loss: "loss"', "words"),
    (
        "src/charrnn/lab/figures/softmax.js",
        r'title: "[^"]*[가-힣][^"]*"',
        'title: "Softmax"',
        "words",
    ),
    ("src/charrnn/lab/kit/frame.js", r'next: "다음 글자"', 'next: "앞 글자"', "words"),
    ("_ext/bilingual/interface.py", r'"next": "다음"', '"next": "next"', "words"),
    ("_ext/bilingual/interface.py", r'"previous": "이전"', '"previous": "다음"', "words"),
    ("README.md", r"25분", "30분", "readme"),
    ("README.md", r"\]\(LICENSE\)", "](LICENCE)", "readme"),
    ("_toc.yml", r"chapters/en/03_training", "chapters/en/04_generation", "toc"),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of what the gate reads."""
    copy = tmp_path_factory.mktemp("book")
    for folder in ("chapters", "src/charrnn", "_ext/bilingual"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "tools").mkdir()
    for name in (
        "tools/notebooks.py",
        "glossary.yml",
        "symbols.yml",
        "README.md",
        "_toc.yml",
        "_config.yml",
    ):
        shutil.copy(ROOT / name, copy / name)
    return copy


def findings(root, chapters):
    """What each rule finds, without lines, in these chapters or, if there are none, elsewhere."""
    elsewhere = {rules.words, rules.readme, rules.contents}
    asked = [rule for rule in RULES if bool(chapters) != (rule in elsewhere)]
    known = terms.longest_first(terms.read(root / "glossary.yml"))
    read = [model.Chapter(path, sources.read(path)) for path in chapters]
    book = model.Book(root, read, known, [])
    with pytest.MonkeyPatch.context() as patch:
        if chapters:  # reading all other texts again for each drift takes long
            patch.setattr(strings, "read", lambda root: [])
        found = [finding for rule in [*asked, rules.read_together] for finding in rule(book)]
    return {(path, rule, message) for path, _, rule, message in found}


BEFORE = {}


def noticed(root, chapters, name, changed):
    """The rules with a finding that they lack while the file is as it should be."""
    path, key = root / name, tuple(chapters)
    if key not in BEFORE:
        BEFORE[key] = findings(root, chapters)
    text = path.read_text("utf-8")
    path.write_text(changed, "utf-8")
    try:
        return {rule for _, rule, _ in findings(root, chapters) - BEFORE[key]}
    finally:
        path.write_text(text, "utf-8")


def drifted(text, side, pattern, new):
    """The text with the first change that a side of it allows."""
    for part in re.finditer(SIDES[side], text, re.M | re.S):
        flags = re.M | (re.S if side == "both" else 0)
        changed, times = re.subn(
            pattern, new, part[0], count=0 if side == "both" else 1, flags=flags
        )
        if times:
            return text[: part.start()] + changed + text[part.end() :]
    return None


@pytest.mark.parametrize(("number", "side", "old", "new", "rule"), DRIFTS)
def test_a_drift_in_a_chapter_is_noticed(root, number, side, old, new, rule):
    (path,) = (root / "chapters").glob(f"{number}_*.md")
    changed = drifted(path.read_text("utf-8"), side, old, new)
    assert changed is not None, "no chapter says this any more: choose another place"
    found = noticed(root, [path], path.relative_to(root), changed)
    assert rule in found
    if side in ("ko", "en"):
        assert "agreed" in found or "twins" in found


@pytest.mark.parametrize(("name", "old", "new", "rule"), FILES)
def test_a_drift_outside_the_chapters_is_noticed(root, name, old, new, rule):
    text = (root / name).read_text("utf-8")
    changed, times = re.subn(old, new, text, count=1)
    assert times, "the file does not say this any more: choose another place"
    assert rule in noticed(root, [], name, changed)
