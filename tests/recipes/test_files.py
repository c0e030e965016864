"""What the recipes promise, as far as Python alone can tell; `make recipes` tries the rest."""

import ast
import configparser
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from grid import check_each

from osce_crawl.verdict import Status

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "recipes"
SITE = ROOT / "fixtures" / "site"
PACKAGE = ROOT / "osce_crawl"
#: What the crawler needs at run time beside its modules.
DATA = sorted(
    path.relative_to(PACKAGE)
    for path in PACKAGE.rglob("*")
    if path.is_file() and path.suffix not in {".py", ".pyc"}
)
SCRIPTS = [
    path
    for path in sorted(RECIPES.rglob("*"))
    if path.is_file() and path.read_bytes().startswith(b"#!")
]


def text_of(name: str) -> str:
    return (RECIPES / name).read_text("utf-8")


def unit(name: str) -> configparser.RawConfigParser:
    """Read a unit of systemd's; of lines with the same name the last counts."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text_of(f"systemd/{name}"))
    return parser


# -- scripts


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_is_executable(script):
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_is_sound_shell(script):
    checked = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
    assert checked.stderr == ""


def test_osce_scrapy_passes_the_exit_status_on(tmp_path):
    scrapy = tmp_path / ".venv/bin/scrapy"
    scrapy.parent.mkdir(parents=True)
    scrapy.write_text(f"#!/bin/sh\nexit {Status.REFUSED:d}\n")
    scrapy.chmod(0o755)
    environ = {"NEWSROOM_CODE": str(tmp_path), "NEWSROOM_DATA": str(tmp_path)}
    done = subprocess.run([RECIPES / "osce-scrapy", "crawl"], env=environ, check=False)
    assert done.returncode == Status.REFUSED


# -- each status has its words


@pytest.mark.parametrize("status", [int(status) for status in Status if status])
def test_cron_script_says_what_to_do(status):
    assert re.search(
        rf"^    {status}\) what=.* todo=", text_of("cron/osce-crawl-nightly"), re.MULTILINE
    )


@pytest.mark.parametrize("status", [1, 2, 4, 5])
def test_message_of_systemd_says_what_to_do(status):
    assert re.search(rf"^    {status}\) todo=", text_of("systemd/osce-crawl-failed"), re.MULTILINE)


# -- systemd


def test_warnings_are_no_failure_for_systemd():
    assert unit("osce-crawl.service")["Service"]["SuccessExitStatus"] == str(int(Status.WARNINGS))


def test_failure_starts_the_message():
    assert unit("osce-crawl.service")["Unit"]["OnFailure"] == "osce-crawl-failed@%n.service"


def test_nights_of_many_machines_do_not_begin_at_once():
    assert unit("osce-crawl.timer")["Timer"]["RandomizedDelaySec"] == "45min"


# -- Scrapyd: it runs the project from a zip archive


def packed() -> list[str]:
    """Return the patterns of package data in the recipe's setup.py."""
    call = next(
        node
        for node in ast.walk(ast.parse(text_of("scrapyd/setup.py")))
        if isinstance(node, ast.keyword) and node.arg == "package_data"
    )
    patterns: list[str] = ast.literal_eval(call.value)["osce_crawl"]
    return patterns


def test_data_is_packed_for_scrapyd():
    patterns = packed()

    check_each(lambda path: any(map(path.match, patterns)), dict.fromkeys(DATA, True))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Return a machine's folder of data after `osce-scrapy crawl`, and what the run said.

    The code is in an archive, as on Scrapyd; one start of Python shows that both of them run.
    """
    code, data = tmp_path_factory.mktemp("code"), tmp_path_factory.mktemp("data")
    with zipfile.PyZipFile(code / "osce_crawl.egg", "w") as egg:
        egg.writepy(str(PACKAGE))  # compiled, as eggs are
        for name in DATA:
            egg.write(PACKAGE / name, Path("osce_crawl") / name)
    scrapy = code / ".venv/bin/scrapy"
    scrapy.parent.mkdir(parents=True)
    scrapy.write_text(
        f'#!/bin/sh\nPYTHONPATH=$PYTHONPATH/osce_crawl.egg exec {sys.executable} -m scrapy "$@"\n'
    )
    scrapy.chmod(0o755)
    settings = code / "settings"
    settings.write_text(f"NEWSROOM_DATA={data}\nOSCE_STORE=\nOSCE_CHANGES=\n")
    words = ["crawl", "newsroom", "-a", "limit=3", "-s", f"OSCE_REPLAY={SITE}", "-O", "items.jsonl"]
    done = subprocess.run(
        [RECIPES / "osce-scrapy", *words],
        env={
            "PATH": os.environ["PATH"],
            "NEWSROOM_CODE": str(code),
            "NEWSROOM_SETTINGS": str(settings),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return data, done


def test_package_runs_from_an_archive(crawled):
    _, done = crawled
    assert done.returncode == Status.PUBLISHED, done.stderr


def test_osce_scrapy_writes_into_the_folder_of_the_data(crawled):
    data, _ = crawled
    assert len((data / "items.jsonl").read_bytes().splitlines()) == 3
    assert not (data / "output/newsroom.sqlite").exists()  # as the file of settings says


def test_scrapyd_requirements_agree_with_the_crawlers():
    def pins(path: Path) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==([\w.]+)", path.read_text("utf-8"), re.MULTILINE))

    ours, theirs = pins(ROOT / "requirements/run.lock"), pins(RECIPES / "scrapyd/requirements.lock")
    assert {name: theirs[name] for name in ours.keys() & theirs.keys()} == {
        name: ours[name] for name in ours.keys() & theirs.keys()
    }


# -- container


def test_image_is_built_from_locked_packages():
    assert "--require-hashes -r /build/run.lock" in text_of("container/Containerfile")


def test_image_does_not_run_as_root():
    (user,) = re.findall(r"^USER (.*)$", text_of("container/Containerfile"), re.MULTILINE)
    assert user.split(":")[0] not in {"0", "root"}


@pytest.mark.parametrize(
    "source", re.findall(r"^COPY (?!--)(\S+)", text_of("container/Containerfile"), re.MULTILINE)
)
def test_what_the_image_copies_goes_to_its_builder(source):
    assert f"!{source}" in text_of("container/Containerfile.containerignore").splitlines()
