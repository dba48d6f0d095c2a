"""What GitHub runs: commands that exist, actions that cannot change, no more rights than needed."""

import re
from pathlib import Path

import pytest
import yaml
from failed import FOLDER

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# A version can be moved to other code, a commit cannot; the comment says which version it is.
PINNED = re.compile(r"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
# Who may do more than read: what Pages asks for, and a release with its tag.
RIGHTS = {
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("publish.yml", "release"): {"actions": "read", "contents": "write"},
}

each = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def read(path):
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def jobs(path):
    return read(path)["jobs"].items()


def steps(path):
    return [step for _, job in jobs(path) for step in job["steps"]]


def runs(path):
    return [step["run"] for step in steps(path) if "run" in step]


def test_there_are_workflows():
    assert [path.name for path in WORKFLOWS] == ["publish.yml", "test.yml", "weekly.yml"]


@each
def test_workflows_call_commands_that_exist(path):
    assert set(read(path)) >= {"name", "on", "jobs"}
    assert all(("uses" in step) != ("run" in step) for step in steps(path))
    targets = {line.split(":")[0] for line in (ROOT / "Makefile").read_text("utf-8").splitlines()}
    made = re.findall(r"(?m)^\s*make ([\w-]+)", "\n".join(runs(path)))
    assert made and set(made) <= targets
    tools = re.findall(r"python3 (tools/[\w.]+)", "\n".join(runs(path)))
    assert all((ROOT / tool).is_file() for tool in tools)


@each
def test_every_action_is_pinned_by_its_commit(path):
    lines = [line for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert len(lines) == sum("uses" in step for step in steps(path)) > 0
    assert [line for line in lines if not PINNED.search(line)] == []


def test_an_action_has_one_version():
    used = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}
    assert len({action.split("@")[0] for action in used}) == len(used)


@each
def test_a_job_has_no_more_rights_than_it_needs(path):
    assert read(path)["permissions"] == {"contents": "read"}
    for name, job in jobs(path):
        assert job.get("permissions") == RIGHTS.get((path.name, name)), name


@each
def test_no_credentials_lie_beside_the_code(path):
    checkouts = [
        step for step in steps(path) if step.get("uses", "").startswith("actions/checkout")
    ]
    assert checkouts
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)
    assert "secrets" not in path.read_text("utf-8")


@each
def test_what_others_write_is_no_part_of_a_script(path):
    """A branch's name or a title put into a script with ${{ }} is run; a variable is not."""
    assert [run for run in runs(path) if "${{" in run] == []
    assert not {"pull_request_target", "issue_comment"} & set(read(path)["on"])


@each
def test_no_job_runs_for_ever(path):
    assert all(0 < int(job["timeout-minutes"]) <= 60 for _, job in jobs(path))


def test_what_is_published_comes_from_no_cache_and_was_tested():
    path = ROOT / ".github/workflows/publish.yml"
    assert not any(key.startswith("cache") for step in steps(path) for key in step.get("with", {}))
    assert not any("actions/cache" in step.get("uses", "") for step in steps(path))
    workflow = read(path)
    condition = " ".join(workflow["jobs"]["build"]["if"].split())
    assert workflow["on"]["workflow_run"] == {
        "workflows": ["test"], "types": ["completed"], "branches": ["main"],
    }  # fmt: skip
    assert "workflow_run.conclusion == 'success' &&" in condition
    assert "workflow_run.event == 'push'" in condition
    assert "'workflow_dispatch' && github.ref == 'refs/heads/main'" in condition
    assert workflow["jobs"]["release"]["needs"] == "build"
    assert workflow["jobs"]["deploy"]["needs"] == ["build", "release"]
    refs = [step["with"]["ref"] for step in steps(path) if "checkout" in step.get("uses", "")]
    assert refs == ["${{ github.event.workflow_run.head_sha || github.sha }}"] * 2


def test_a_release_is_made_once_of_the_version_with_the_wheel_that_notebooks_install():
    path = path_of("publish")
    script = next(run for run in runs(path) if "gh release" in run)
    assert "tag=$(python3 tools/release.py --tag)" in script
    asked, made = script.split("||")
    assert asked.endswith('gh release view "$tag" ')
    assert 'gh release create "$tag" wheel/*.whl editions/* --target "$COMMIT"' in made
    kept = next(s["with"] for s in steps(path) if "upload-artifact@" in s.get("uses", ""))
    assert f'gh run download "$GITHUB_RUN_ID" --name {kept["name"]} --dir wheel' in made
    assert 'gh run download "$GITHUB_RUN_ID" --name editions --dir editions' in made
    assert "make wheel zip" in runs(path)
    # What can be taken along stands beside the pages before those are handed over.
    does = [step.get("run", step.get("uses")) for step in read(path)["jobs"]["build"]["steps"]]
    (laid,) = (n for n, step in enumerate(does) if "_build/html/editions/" in step)
    assert all(f"_build/editions/*.{kind} " in does[laid] for kind in ("pdf", "epub", "zip"))
    (handed,) = (n for n, step in enumerate(does) if "upload-pages-artifact" in step)
    assert does.index("make wheel zip") < laid < handed
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\nwheel:")[1].split("\n\n")[0]
    assert f"--wheel-dir {kept['path']} ." in recipe


def rings_of(recipe):
    """What `make test` calls, one after another."""
    return re.search(r"for ring in ([\w ]+);", recipe)[1].split()


def test_every_ring_is_a_job_and_every_python_is_tried():
    workflow = read(path_of("test"))
    made = {
        name: str([step.get("run") for step in job["steps"]]) for name, job in jobs(path_of("test"))
    }
    for name in ("engines", "editions", "colab", "oldest"):
        assert f"make {name}" in made[name]
    assert "make serve" in made["bare"] and "make test" in made["bare"]
    # What `make test` runs, on every Python, but for what needs one only.
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ntest:")[1].split("\n\n")[0]
    assert [*rings_of(recipe), "figures", "pages"] == ["style", "check", *matrix["ring"]]
    assert "make style" in made["gate"] and "make check" in made["gate"]
    assert 'make "$RING"' in made["test"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    first = re.search(
        r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8")
    )
    assert matrix["python"][0] == first[1]


def test_a_failing_page_test_leaves_its_pictures():
    (kept,) = [step for step in steps(path_of("test")) if "upload-artifact" in step.get("uses", "")]
    assert kept["if"] == "failure()"
    assert ROOT / kept["with"]["path"] == FOLDER
    # An artifact has a name of its own in each job of the matrix.
    assert {"${{ matrix.ring }}", "${{ matrix.python }}"} <= set(
        re.findall(r"\${{.*?}}", kept["with"]["name"])
    )


def test_one_job_has_no_fonts_no_browser_and_no_locale():
    bare = read(path_of("test"))["jobs"]["bare"]
    assert bare["container"].endswith("-slim") and bare["env"] == {"LC_ALL": "C"}
    installed = bare["steps"][0]["run"].split("--no-install-recommends")[1].split()
    assert installed == ["ca-certificates", "git", "make", "python3", "python3-venv"]


def test_the_gate_sees_what_is_published():
    """Without the tags, `make check` could not compare."""
    checkout = read(path_of("test"))["jobs"]["gate"]["steps"][0]
    assert checkout["with"]["fetch-depth"] == "0"


def path_of(name):
    return ROOT / ".github" / "workflows" / f"{name}.yml"


def test_ci_runs_every_ring_and_make_test_stays_short():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert "set -euo pipefail" in lines
    runs = re.compile(r"(?:\w+=\S+ )*make \w+")
    assert [line for line in lines if runs.fullmatch(line)] == [
        "make test",
        "SHARE=$SHARE make figures",  # all of it in the workflow's job of that name, as below
        "SHARE=$SHARE make pages",
        "make engines",
        "make editions",
        "COLAB_LANGUAGE=en COLAB_SHARE=$SHARE make colab",
    ]
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ntest:")[1].split("\n\n")[0]
    assert rings_of(recipe) == ["style", "check", "unit", "run", "open"]
