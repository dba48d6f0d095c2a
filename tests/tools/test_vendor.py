"""What the repository carries from elsewhere is what was pinned."""

import hashlib
import html
import io
import re
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import vendor  # noqa: E402
from bilingual.mathematics import mathml  # noqa: E402


def archive(**files):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as packed:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text)
            packed.addfile(entry, io.BytesIO(text))
    return made.getvalue()


@pytest.fixture
def package(monkeypatch):
    """A package that the registry has; returns its archive."""
    made = archive(one=b"first", two=b"second")
    monkeypatch.setattr(vendor, "download", lambda package: made)
    return made


@pytest.fixture
def npm(monkeypatch, tmp_path):
    """Puts a program in place of npm, under the name that it has on Windows."""

    def put(does):
        path = tmp_path / "npm.cmd"
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)
        found = {"npm": str(path)} if does else {}
        monkeypatch.setattr(vendor.shutil, "which", found.get)

    return put


def test_a_package_comes_by_whatever_is_npm_here(npm):
    npm('test "$1 $3" = "pack a@1" && printf packed > a-1.tgz && echo a-1.tgz')
    assert vendor.download("a@1") == b"packed"


@pytest.mark.parametrize(
    ("does", "said"), [("", "install Node.js from"), ("exit 1", "npm could not get a@1")]
)
def test_a_package_that_does_not_come_is_told(npm, does, said):
    npm(does)
    with pytest.raises(SystemExit, match=said):
        vendor.download("a@1")


def test_files_of_a_package_come_in_the_order_asked_for(package, monkeypatch):
    monkeypatch.setitem(vendor.SHA512, "a@1", hashlib.sha512(package).hexdigest())
    assert vendor.files_of("a@1", "two", "one") == [b"second", b"first"]


@pytest.mark.parametrize("name", [vendor.FONT, vendor.AXE])
def test_a_package_that_was_not_pinned_stops(package, name):
    with pytest.raises(SystemExit, match="has checksum"):
        vendor.files_of(name, "one")


@pytest.mark.parametrize("make", [vendor.make_font, vendor.make_axe])
def test_nothing_is_written_of_a_package_that_was_not_pinned(package, tmp_path, make):
    with pytest.raises(SystemExit, match="has checksum"):
        make(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_axe_is_the_one_that_is_pinned_and_has_its_licence():
    script = (vendor.TESTS / "axe.min.js").read_text("utf-8")
    assert script.startswith(f"/*! axe v{vendor.AXE.split('@')[1]}\n")
    assert hashlib.sha256(script.encode()).hexdigest() == vendor.AXE_SHA256
    assert "Mozilla Public License, version 2.0" in (vendor.TESTS / "axe-LICENSE.txt").read_text()
    assert re.search("licen[cs]e", (vendor.TESTS / "axe-LICENSE-3RD-PARTY.txt").read_text(), re.I)


def test_the_font_for_formulas_is_the_one_that_is_pinned():
    style = (vendor.STATIC / "math.css").read_text("utf-8")
    assert f"from {vendor.FONT}." in style
    assert 'format("woff2")' in style
    assert len(style) < 30_000  # each page with a formula waits for it
    assert "https://" not in style
    assert "SIL Open Font License" in (vendor.STATIC / "math-font-LICENSE.txt").read_text()


def test_the_font_has_every_sign_of_the_chapters_formulas():
    """A sign that the font lacks comes from whatever a reader's machine has, or is a box."""
    kept = {*vendor.LETTERS, *vendor.GREEK, *vendor.SIGNS}
    for chapter in sorted((ROOT / "chapters").glob("*.md")):
        prose = re.sub(r"(?ms)^```.*?^```|`[^`\n]*`", "", chapter.read_text("utf-8"))
        for _, formula in re.findall(r"(\$\$?)((?:\\.|[^$\\])+)\1", prose):
            said = re.sub("<[^>]*>", "", html.unescape(mathml(formula, "inline", None)))
            missing = {sign for sign in said if not "가" <= sign <= "힣"} - kept - {"\n"}
            assert not missing, f"{chapter.name}, {formula}: add {missing} to SIGNS of vendor.py"
