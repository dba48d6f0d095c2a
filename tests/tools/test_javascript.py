"""What checks the JavaScript: complete, pinned, and honest about what it left out."""

import json
import subprocess
import sys
from pathlib import Path

import javascript
import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(tmp_path, **environment):
    """The script where there is no Node."""
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "javascript.py"],
        env={"PATH": str(tmp_path), **environment}, capture_output=True, text=True,
    )  # fmt: skip


def test_without_node_it_says_what_it_left_out(tmp_path):
    done = run(tmp_path)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1 and "were not checked" in done.stdout


def test_in_ci_nothing_is_left_out(tmp_path):
    done = run(tmp_path, CI="true")
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1 and "install Node.js" in done.stdout


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.3"])
def test_a_node_too_old_is_named(monkeypatch, tmp_path, version):
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert javascript.missing() == f"Node.js is {version}, older than 20.19"


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_packages_that_do_not_come_are_told(monkeypatch, tmp_path, capsys, ci, status):
    for name, does in (("node", "echo v24.0.0"), ("npm", "exit 1")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(javascript, "TOOLS", tmp_path)
    (tmp_path / "package-lock.json").write_text("{}")
    assert javascript.main([]) == status
    assert "npm could not get" in capsys.readouterr().out


def test_every_script_and_style_sheet_is_checked():
    written = {
        path
        for suffix in ("js", "css")
        for folder in ("src", "_ext")
        for path in (ROOT / folder).rglob(f"*.{suffix}")
    }
    left_out = {path.name for path in written} - {Path(name).name for name in javascript.files()}
    assert left_out == javascript.MADE
    for path in (ROOT / "src" / "charrnn" / "lab").rglob("*.js"):
        assert path.read_text("utf-8").startswith("// @ts-check\n"), path


def test_packages_are_pinned_and_from_nowhere_else():
    packages = json.loads((ROOT / "tools/js/package-lock.json").read_text("utf-8"))["packages"]
    named = packages[""]["devDependencies"]
    assert all(version[0].isdigit() for version in named.values())
    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-")
            where = package.get("resolved", "https://registry.npmjs.org/")
            assert where.startswith("https://registry.npmjs.org/")
