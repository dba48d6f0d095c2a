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
"""

import io
import re
import tokenize
from collections.abc import Iterator, Mapping

# A comment, or a text between quotes, with what stands before and after its words.
COMMENT = re.compile(r"(#\s*)(.*)()", re.S)
TEXT = re.compile(r"""([a-zA-Z]*(?:\"{3}|'{3}|"|'))(.*?)(\"{3}|'{3}|"|')""", re.S)
FIELD = re.compile(r"\{[^{}]*\}")


def texts(code: str) -> Iterator[tuple[int, int, str, str, str]]:
    """Where each comment and text of some code stands, and what it says: start, end, its parts."""
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
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
            made += code[at:start] + before + other + after
            at = end
            left.pop(text, None)
    if left:
        raise ValueError(f"no comment or text of this code is {next(iter(left))!r}")
    return made + code[at:]
