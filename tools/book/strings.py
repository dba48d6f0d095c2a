"""The texts outside the chapters that exist in both languages, and in what those must agree.

They stand in pictures, tables, figures and around the pages: `choose(ko, en)` and tables of words
in Python (`_KOREAN` has the English as keys), `export const words = { ko: {…}, en: {…} }` in
the figures' JavaScript.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PYTHON = ("src/charrnn/**/*.py", "_ext/bilingual/*.py", "tools/notebooks.py")
JAVASCRIPT = ("src/charrnn/lab/**/*.js",)
TABLE = re.compile(r"^export const words = \{\n(.*?)^\};", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r'^    (\w+):\s+("(?:[^"\\\n]|\\.)*"),$', re.MULTILINE)


class Pair(NamedTuple):
    path: Path
    line: int  # of the Korean, from 1
    key: str  # names the pair within its file
    ko: str | None  # None: this language lacks it
    en: str | None


def read(root: Path) -> Iterator[Pair]:
    """Every pair of the repository."""
    for pattern in PYTHON:
        for path in sorted(root.glob(pattern)):
            yield from _python(path)
    for pattern in JAVASCRIPT:
        for path in sorted(root.glob(pattern)):
            yield from _javascript(path)


def _python(path: Path) -> Iterator[Pair]:
    tree = ast.parse(path.read_text("utf-8"))
    named = {ast.unparse(n.targets[0]): n.value for n in tree.body if isinstance(n, ast.Assign)}
    if "_KOREAN" in named:  # its keys are the English texts, but those that _ENGLISH names
        english = _entries(named["_ENGLISH"]) if "_ENGLISH" in named else {}
        for key, (line, text) in _entries(named["_KOREAN"]).items():
            yield Pair(path, line, key, text, english.get(key, (line, key))[1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from _table(path, node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("choose"):
            texts = [_text(argument) for argument in node.args]
            if len(texts) == 2 and None not in texts:
                yield Pair(path, node.lineno, f"choose {texts[1]}", *texts)


def _table(path: Path, node: ast.Dict) -> Iterator[Pair]:
    """{"ko": {key: text}, "en": {key: text}}, or {key: (ko, en)}."""
    keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    if {"ko", "en"} <= set(keys):
        sides = {key: value for key, value in zip(keys, node.values, strict=True)}
        tables = {code: _entries(sides[code]) for code in ("ko", "en")}
        yield from _both(path, tables["ko"], tables["en"])
        return
    for key, value in zip(keys, node.values, strict=True):
        if isinstance(value, ast.Tuple) and len(value.elts) == 2 and isinstance(key, str):
            ko, en = map(_text, value.elts)
            if ko is not None and en is not None:
                yield Pair(path, value.lineno, key, ko, en)


def _entries(value: ast.expr) -> dict[str, tuple[int, str]]:
    """Key, line and text of each entry of a table."""
    if not isinstance(value, ast.Dict):
        return {}
    found = {}
    for key, said in zip(value.keys, value.values, strict=True):
        text = _text(said)
        if isinstance(key, ast.Constant) and text is not None:
            found[str(key.value)] = said.lineno, text
    return found


def _text(value: ast.expr) -> str | None:
    """A text as it is written; of an f-string the parts with {expressions}."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
            for part in value.values
            if isinstance(part, ast.Constant | ast.FormattedValue)
        )
    return None


def _javascript(path: Path) -> Iterator[Pair]:
    source = path.read_text("utf-8")
    table = TABLE.search(source)
    if table is None:
        return
    tables: dict[str, dict[str, tuple[int, str]]] = {}
    for half in re.split(r"(?m)^  (?=\w+: \{$)", table[1])[1:]:
        start = table.start(1) + table[1].index(half)
        tables[half[:2]] = {
            entry[1]: (source.count("\n", 0, start + entry.start()) + 1, json.loads(entry[2]))
            for entry in ENTRY.finditer(half)
        }
    yield from _both(path, tables.get("ko", {}), tables.get("en", {}))


def _both(
    path: Path, ko: dict[str, tuple[int, str]], en: dict[str, tuple[int, str]]
) -> Iterator[Pair]:
    for key in {**ko, **en}:
        line = (ko.get(key) or en[key])[0]
        texts = (side[key][1] if key in side else None for side in (ko, en))
        yield Pair(path, line, key, *texts)
