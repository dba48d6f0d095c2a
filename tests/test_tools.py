"""The small tools: finding a browser, serving the book, pinning, and the files that CI reads."""

import subprocess
import threading
import urllib.request
from pathlib import Path

import browser
import lock
import pytest
import serve
import yaml

ROOT = Path(__file__).resolve().parents[1]


class Machine:
    """A machine with these programs, on which these commands succeed; remembers what ran."""

    def __init__(self, programs=(), works=(), installs=()):
        self.programs, self.works, self.installs = list(programs), works, installs
        self.ran = []

    def which(self, name):
        return f"/bin/{name}" if name in self.programs else None

    def runs(self, *command):
        line = " ".join(command)
        self.ran.append(line)
        if any(word in line for word in self.works):
            self.programs += self.installs if "apt-get install" in line else []
            return True
        return False

    def find(self, **environment):
        return browser.find(environment, self.which, self.runs, "python")


def test_the_named_browser_comes_first():
    machine = Machine(["mine", "chromium"], ["--version"])
    assert machine.find(CHROMIUM="mine") == "/bin/mine"
    assert machine.ran == []


def test_a_named_browser_that_is_not_there_is_not_replaced_by_another():
    machine = Machine(["chromium"], ["--version"])
    assert machine.find(CHROMIUM="mine") is None
    assert machine.ran == []


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_an_installed_browser_comes_before_any_download(name):
    machine = Machine([name], ["--version"])
    assert machine.find() == f"/bin/{name}"
    assert machine.ran == [f"/bin/{name} --version"]


def test_a_stub_that_does_not_start_is_passed_over():
    machine = Machine(["chromium-browser", "google-chrome"], ["google-chrome --version"])
    assert machine.find() == "/bin/google-chrome"


def test_playwrights_own_comes_before_the_systems_package():
    machine = Machine(["apt-get"], ["playwright"])
    assert machine.find() == ""
    assert not any("apt-get" in line for line in machine.ran)


@pytest.mark.parametrize("downloaded", [[], ["playwright install"]])
@pytest.mark.parametrize(("user", "prefix"), [(0, ""), (1000, "sudo -n ")])
def test_the_systems_package_comes_last(monkeypatch, downloaded, user, prefix):
    """Be it that Playwright's cannot be downloaded, or that it does not start."""
    monkeypatch.setattr(browser.os, "geteuid", lambda: user)
    works = ["apt-get", "--version", *downloaded]
    machine = Machine(["apt-get"], works, installs=["chromium"])
    assert machine.find() == "/bin/chromium"
    assert f"{prefix}apt-get install -y --no-install-recommends chromium" in machine.ran


def test_no_browser_at_all():
    assert Machine(["apt-get"]).find() is None
    assert Machine().find() is None


def test_only_the_path_is_printed(tmp_path):
    """What the commands say must not end up in the path."""
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\necho Chromium 1.0\n")
    fake.chmod(0o755)
    done = subprocess.run(
        ["python3", ROOT / "tools/browser.py"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.stdout == f"{fake}\n"


def test_a_browser_that_is_not_there_is_a_clear_error():
    done = subprocess.run(
        ["python3", ROOT / "tools/browser.py"],
        env={"PATH": "/usr/bin:/bin", "CHROMIUM": "/no/such/browser"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and done.stdout == ""
    assert "/no/such/browser" in done.stderr and "make pages CHROMIUM=" in done.stderr


def test_the_book_is_served_at_a_free_port_when_its_own_is_taken(tmp_path):
    (tmp_path / "index.html").write_text("the book")
    first = serve.server(tmp_path, 0)
    with first, serve.server(tmp_path, first.server_port) as second:
        assert first.server_port != second.server_port
        assert second.server_address[0] == "127.0.0.1"
        threading.Thread(target=second.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{second.server_port}/") as page:
            assert page.read() == b"the book"
        second.shutdown()


def test_no_book_is_a_clear_error(tmp_path):
    with pytest.raises(SystemExit, match="make book"):
        serve.main(tmp_path, 0)


def test_constraints_pin_what_is_needed_in_turn():
    requirements = "# tools\n-c constraints.txt\n\ntorch==2.13.0  # the network\nnumpy==2.4.6\n"
    frozen = (
        "Zope==1.0\nattrs==26.1.0\nnumpy==2.4.6\nnvidia-cublas-cu12==12.0\ncuda-bindings==13\n"
        "torch==2.13.0+cpu\ntriton==3.5\nlocal @ file:///tmp/local\ntorchvision==0.2+cpu\n"
    )
    assert lock.constraints(requirements, frozen) == (
        lock.HEAD + "attrs==26.1.0\ntorchvision==0.2\nZope==1.0\n"
    )


def test_the_pins_are_plain():
    """Every requirement is pinned once, for every machine alike."""
    requirements = (ROOT / "requirements.txt").read_text("utf-8")
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    direct = [line.split("#")[0].strip() for line in requirements.splitlines()]
    direct = [line for line in direct if line and not line.startswith("-c")]
    turn = [line for line in pins.splitlines() if not line.startswith("#")]
    assert direct and turn
    assert all("==" in line and "+" not in line for line in direct + turn)
    names = [lock.name(line) for line in direct + turn]
    assert len(names) == len(set(names))
    assert not any(lock.LEFT_TO_TORCH.match(name) for name in names)


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_call_commands_that_exist(path):
    workflow = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    assert set(workflow) >= {"name", "on", "jobs"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    targets = {line.split(":")[0] for line in (ROOT / "Makefile").read_text().splitlines()}
    made = [line.split() for step in steps for line in step.get("run", "").splitlines()]
    made = [words for words in made if words[:1] == ["make"]]
    assert made and all(words[1] in targets for words in made)


def test_there_are_workflows():
    assert [path.name for path in WORKFLOWS] == ["publish.yml", "test.yml", "weekly.yml"]


def test_make_alone_lists_every_target_with_a_line():
    # Started by `make test`, it would announce the folders that it enters.
    command = ["make", "--no-print-directory"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    makefile = (ROOT / "Makefile").read_text()
    phony = makefile.split(".PHONY:")[1].split()
    assert sorted(listed) == sorted(phony)
    assert all(len(line.split()) > 3 for line in done.stdout.splitlines())


def test_ci_runs_make_test_and_nothing_weaker():
    script = (ROOT / ".ci" / "run").read_text()
    assert script.rstrip().endswith("exec make test")
    recipe = (ROOT / "Makefile").read_text().split("\ntest:")[1].split("\n\n")[0]
    for ring in ("style", "check", "unit", "run", "pages", "colab"):
        assert f"$(MAKE) {ring}" in recipe


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 1", "Python 3.11 or newer; '{python}' is"),
        ('case "$*" in *ensurepip*) exit 1;; esac', "apt-get install python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_told_in_a_sentence(tmp_path, script, message):
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", ROOT / "tools/environment.sh", python, tmp_path / "venv"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert message.format(python=python) in done.stderr


def test_no_python_is_told_in_a_sentence(tmp_path):
    done = subprocess.run(
        ["sh", ROOT / "tools/environment.sh", "/no/python", tmp_path / "venv"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "there is no '/no/python' here" in done.stderr
