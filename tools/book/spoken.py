"""The comments and texts of a code cell in another language: the code itself stands once.

A cell of a source lists, under a language's code, what its notebook says in place of the English:

    ```{code-cell} ipython3
    ---
    ko:
      the state before: 이전 상태
      "loss {loss:.3f}": "손실 {loss:.3f}"
    ---
    print(f"loss {loss:.3f}")  # the state before
    ```

A long text that stands in several pairs of quotes, one under the other, is one text to the list.
"""

import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import accumulate

# A comment, or a text between quotes, with what stands before and after its words.
COMMENT = re.compile(r"(#\s*)(.*)()", re.S)
TEXT = re.compile(r"""([a-zA-Z]*(?:\"{3}|'{3}|"|'))(.*?)(\"{3}|'{3}|"|')""", re.S)
FIELD = re.compile(r"\{[^{}]*\}")
LINE = 79  # what chapters/ruff.toml allows
WIDEST = LINE - 5  # of a text put in, its quotes included: brackets and a comma may follow

Part = tuple[int, int, str, str, str]


def texts(code: str) -> Iterator[Part]:
    """Where each comment and text of some code stands, and what it says: start, end, its parts.

    Plain texts with nothing but space between them are one.
    """
    last: Part | None = None
    for part in pieces(code):
        if last and last[2] == part[2] in "\"'" and not code[last[1] : part[0]].strip():
            last = (last[0], part[1], last[2], last[3] + part[3], part[4])
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def pieces(code: str) -> Iterator[Part]:
    """The same, each text between its own quotes."""
    starts = line_starts(code)
    depth, begun = 0, 0  # from Python 3.12 on, an f-string comes in parts
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        kind = tokenize.tok_name[token.type]
        start = starts[token.start[0] - 1] + token.start[1]
        end = starts[token.end[0] - 1] + token.end[1]
        if kind == "FSTRING_START":
            begun = begun if depth else start
            depth += 1
        elif kind == "FSTRING_END":
            depth -= 1
            if not depth:
                yield (begun, end, *parts(TEXT, code[begun:end]))
        elif kind in ("STRING", "COMMENT") and not depth:
            yield (start, end, *parts(TEXT if kind == "STRING" else COMMENT, code[start:end]))


def parts(pattern: re.Pattern[str], token: str) -> tuple[str, str, str]:
    """What stands before a token's words, its words, and what stands after them."""
    found = pattern.fullmatch(token)
    assert found, token  # the tokenizer has found it to be one
    before, words, after = found.groups()
    return before, words, after


def spoken(code: str, words: Mapping[str, str]) -> str:
    """The code with its comments and texts as `words` has them.

    Raises:
        ValueError: the code has no such comment or text, or the two differ in what they fill in.
    """
    left = dict(words)
    made, at = "", 0
    for start, end, before, text, after in texts(code) if words else ():
        if text in words:
            other = str(words[text])
            if sorted(FIELD.findall(text)) != sorted(FIELD.findall(other)):
                raise ValueError(f"{text!r} and {other!r} differ in what stands in braces")
            column = width((made + code[at:start]).rsplit("\n", 1)[-1])
            several = code[start:end] != before + text + after
            line = before + other + after
            rest = code[end:].split("\n", 1)[0]
            wide = (
                column + width(line + rest) > LINE and before in "\"'" and start in enclosed(code)
            )
            whole = lines(other, before, column) if several or wide else line
            made += code[at:start] + whole
            at = end
            left.pop(text, None)
    if left:
        raise ValueError(f"no comment or text of this code is {next(iter(left))!r}")
    return made + code[at:]


def line_starts(code: str) -> list[int]:
    """Where each line of some code begins."""
    return [0, *accumulate(map(len, code.splitlines(keepends=True)))]


def enclosed(code: str) -> set[int]:
    """Where a text begins that stands in brackets, so that it may go on in the next line."""
    starts = line_starts(code)
    depth, found = 0, set()
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        elif token.type == tokenize.STRING and depth:
            found.add(starts[token.start[0] - 1] + token.start[1])
    return found


def lines(text: str, quote: str, column: int) -> str:
    """A long text in several pairs of quotes, one under the other from a column on."""
    made, line = [], ""
    for word in re.findall(r"\S+\s*|\s+", text):
        if line and column + width(line + word.rstrip()) + 2 > WIDEST:
            made.append(line)
            line = ""
        line += word
    made.append(line)
    return f"\n{' ' * column}".join(f"{quote}{line}{quote}" for line in made)


def width(text: str) -> int:
    """Columns that a text takes in a fixed-width face."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
