"""What a person installs: the wheel has every file the program reads, deploy/ can be used as it stands."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import app

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
READ = {"bot", "core", "storage"}


def run(*command: str | Path, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        command,
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as an installer does it, but with the builder that is installed."""
    return built_in(ROOT, tmp_path_factory.mktemp("wheel"))


def built_in(source: Path, folder: Path) -> Path:
    code = "import hatchling.build, sys; hatchling.build.build_wheel(sys.argv[1])"
    done = run(sys.executable, "-c", code, folder, cwd=source)
    assert done.returncode == 0, done.stderr
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_has_every_file_of_the_program(wheel: Path) -> None:
    ours = {
        str(file.relative_to(ROOT))
        for room in READ
        for file in (ROOT / room).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.partition("/")[0] in READ}
    assert packed == ours
    assert {Path(name).suffix for name in packed} >= {
        ".py",
        ".mako",
        ".ftl",
        ".html",
        ".js",
        ".css",
        ".json",
        ".toml",
    }


def test_the_installed_program_runs_from_its_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    there = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(there)
    isolated = {"PYTHONPATH": str(there), "HOME": str(tmp_path)}
    where = run(sys.executable, "-c", "import bot; print(bot.__file__)", cwd=tmp_path, **isolated)
    assert where.stdout.startswith(str(there))
    for command in (("db", "upgrade"), ("db", "check")):
        done = run(sys.executable, "-m", "bot", *command, cwd=tmp_path, **isolated)
        assert done.returncode == 0, done.stderr
    code = """from bot.view.texts import Texts
from core.rules.embedding import WordVectors
Texts(), WordVectors()"""
    loaded = run(sys.executable, "-c", code, cwd=tmp_path, **isolated)
    assert loaded.returncode == 0, loaded.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_accepts_the_unit_and_finds_it_shut_off(tmp_path: Path) -> None:
    unit = tmp_path / "triagram.service"
    text = (DEPLOY / unit.name).read_text("utf-8")
    unit.write_text(text.replace("/usr/local/bin/triagram", sys.executable), "utf-8")
    verified = run("systemd-analyze", "verify", unit, cwd=tmp_path)
    assert (verified.returncode, verified.stderr) == (0, "")
    exposed = run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit, cwd=tmp_path)
    assert exposed.returncode == 0, exposed.stdout[-300:]


def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def test_compose_is_one_service_with_a_volume_limits_and_no_port() -> None:
    [service] = compose()["services"].values()
    assert {"mem_limit", "cpus", "pids_limit", "restart"} <= service.keys()
    assert "ports" not in service
    [volume] = service["volumes"]
    assert volume.partition(":")[0] in compose()["volumes"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists()


def steps_of_the_container() -> list[tuple[str, str]]:
    lines = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text("utf-8")).splitlines()
    steps = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return [(name, rest.strip()) for name, _, rest in steps]


def copied() -> list[str]:
    """What the container's first stage takes from the repository."""
    given = [rest.split() for name, rest in steps_of_the_container() if name == "COPY"]
    return [source for words in given if not words[0].startswith("--from") for source in words[:-1]]


def test_the_container_keeps_what_compose_mounts_and_copies_what_is_there() -> None:
    steps = steps_of_the_container()
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "STOPSIGNAL", "ENTRYPOINT", "CMD"}
    assert {name for name, _ in steps} <= known
    [volume] = [rest for name, rest in steps if name == "VOLUME"]
    [service] = compose()["services"].values()
    assert service["volumes"][0].partition(":")[2] == volume
    assert [source for source in copied() if not (ROOT / source).exists()] == []


def test_what_the_container_copies_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    there = tmp_path / "src"
    there.mkdir()
    for source in copied():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, there / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, there)
    again = built_in(there, tmp_path)
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(wheel).namelist())


def test_the_container_builds_with_what_is_pinned_and_starts_a_command_there_is() -> None:
    steps, project = steps_of_the_container(), tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [build] = [rest for name, rest in steps if name == "RUN" and "requirements.lock" in rest]
    assert re.search(r"--require-hashes --prefix (\S+) -r requirements.lock", build)
    pinned = (ROOT / "requirements.lock").read_text("utf-8")
    for builder in project["build-system"]["requires"]:
        assert re.search(rf"^{builder}==", pinned, re.MULTILINE), "there is no build isolation"
    images = {rest.split()[0] for name, rest in steps if name == "FROM"}
    [version] = {image.partition(":")[2].removesuffix("-slim") for image in images}
    assert f"/lib/python{version}/site-packages" in build
    assert project["project"]["requires-python"].startswith(f">={version},")
    [[program]] = [json.loads(rest) for name, rest in steps if name == "ENTRYPOINT"]
    [command, *_] = next(json.loads(rest) for name, rest in steps if name == "CMD")
    assert program in project["project"]["scripts"]
    known: Any = get_command(app)
    assert command in known.commands


def test_the_proxy_page_says_first_that_polling_needs_none() -> None:
    assert "polling" in (DEPLOY / "reverse-proxy.md").read_text("utf-8").split("\n\n")[1]
