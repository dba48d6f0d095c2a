"""The fonts of the PDFs are those that were pinned, each time, and never half of one."""

from pathlib import Path

import pytest
from editions import fonts

PACKAGES = [package for package in dict.fromkeys(font.package for font in fonts.FONTS) if package]


@pytest.fixture
def asked_for(monkeypatch):
    """Packages with the names of their files for contents; lists those that were fetched."""
    asked = []

    def files_of(package, *names, pinned):
        assert pinned is fonts.SHA512
        asked.append(package)
        return [name.encode() for name in names]

    monkeypatch.setattr(fonts, "files_of", files_of)
    for package in PACKAGES:
        paths = [font.path.encode() for font in fonts.FONTS if font.package == package]
        monkeypatch.setitem(fonts.SHA256, package, fonts.checksum(paths))
    return asked


def lies(folder):
    """Whether the folder has all fonts, as the packages have them, and nothing else."""
    pinned = {font.file: font.path.encode() for font in fonts.FONTS if font.package}
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(found) == len(fonts.FONTS)
    return {name: content for name, content in found.items() if name in pinned} == pinned


def test_fonts_are_fetched_once(asked_for, tmp_path):
    fonts.fetch(tmp_path)
    assert asked_for == PACKAGES and lies(tmp_path)
    fonts.fetch(tmp_path)
    assert asked_for == PACKAGES


@pytest.mark.parametrize("font", [x for x in fonts.FONTS if x.package], ids=lambda x: x.file)
@pytest.mark.parametrize("left", [None, b"", b"font"])
def test_what_is_not_the_pinned_font_is_fetched_again(asked_for, tmp_path, font, left):
    fonts.fetch(tmp_path)
    if left is None:
        (tmp_path / font.file).unlink()
    else:
        (tmp_path / font.file).write_bytes(left)
    fonts.fetch(tmp_path)
    assert asked_for == [*PACKAGES, font.package] and lies(tmp_path)


def test_a_package_with_other_fonts_stops_before_anything_is_written(asked_for, tmp_path):
    fonts.SHA256[PACKAGES[0]] = "0"
    with pytest.raises(SystemExit, match=f"The fonts of {PACKAGES[0]} have checksum"):
        fonts.fetch(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_where_writing_ends_midway_there_is_no_font(asked_for, tmp_path, monkeypatch):
    whole = Path.write_bytes

    def half(path, content):
        whole(path, content[: len(content) // 2])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(KeyboardInterrupt):
        fonts.fetch(tmp_path)
    assert not {font.file for font in fonts.FONTS} & {path.name for path in tmp_path.iterdir()}
