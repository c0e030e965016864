"""A folder takes another one's place as a whole, or not at all."""

import json
import os
import signal
from pathlib import Path

import pytest
from starting import start

from osce_crawl.dataset.folder import NAME, PACKAGE, FolderError, replaced

#: Writes a dataset of one file, and may die at a moment.
WRITER = f"""
import json, os, signal, sys
from pathlib import Path
from osce_crawl.dataset.folder import replaced

def die():
    os.kill(os.getpid(), signal.SIGKILL)

folder, moment = Path(sys.argv[1]), sys.argv[2]
rename = Path.rename

def renamed(self, target):
    found = rename(self, target)
    if moment == "between the renames":
        die()
    return found

Path.rename = renamed
with replaced(folder) as part:
    (part / "items.csv").write_text("new")
    if moment == "while files are written":
        die()
    package = {{"name": "{NAME}", "resources": [{{"path": "items.csv"}}]}}
    (part / "{PACKAGE}").write_text(json.dumps(package))
"""


def write(folder, content="old"):
    with replaced(folder) as part:
        (part / "items.csv").write_text(content)
        package = {"name": NAME, "resources": [{"path": "items.csv"}]}
        (part / PACKAGE).write_text(json.dumps(package))


class FullDisk(OSError):
    """Stands for any error of the disk."""


def write_half(folder):
    with replaced(folder) as part:
        assert (folder / "items.csv").read_text() == "old"
        (part / "items.csv").write_text("half")
        raise FullDisk


def contents(folder):
    """Return what a folder's parent holds, hidden names as well: nothing may be left beside."""
    return {
        str(path.relative_to(folder.parent)): path.read_text() if path.name == "items.csv" else ""
        for path in folder.parent.rglob("*")
        if path.is_file()
    }


WHOLE = {f"dataset/{PACKAGE}": ""}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "dataset"


def test_new_folder_is_there_when_all_is_written(folder):
    with replaced(folder) as part:
        (part / "items.csv").write_text("new")
        assert not folder.exists()

    assert contents(folder) == {"dataset/items.csv": "new"}


def test_empty_folder_is_taken(folder):
    folder.mkdir()

    write(folder)

    assert contents(folder) == {**WHOLE, "dataset/items.csv": "old"}


def test_dataset_is_replaced_as_a_whole(folder):
    write(folder)

    with replaced(folder) as part:
        (part / "items.parquet").write_text("")
        assert contents(folder)["dataset/items.csv"] == "old"

    assert contents(folder) == {"dataset/items.parquet": ""}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("notes.txt", "mine", id="a file"),
        pytest.param(PACKAGE, '{"name": "another", "resources": []}', id="another data package"),
        pytest.param(PACKAGE, "[1]", id="a package that is none"),
        pytest.param(PACKAGE, '{"name": "osce-newsroom"', id="a package that is cut"),
    ],
)
def test_folder_with_something_else_is_refused(folder, name, content):
    folder.mkdir()
    (folder / name).write_text(content)

    with pytest.raises(FolderError, match=name), replaced(folder):
        pass

    assert (folder / name).read_text() == content
    assert len(contents(folder)) == 1


def test_dataset_to_which_something_was_added_is_refused(folder):
    write(folder)
    (folder / "notes.txt").write_text("mine")

    with pytest.raises(FolderError, match=r"holds notes\.txt: it would be replaced as a whole"):
        write(folder, "new")

    assert contents(folder) == {**WHOLE, "dataset/items.csv": "old", "dataset/notes.txt": ""}


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini"])
def test_dataset_that_a_file_manager_has_shown_is_replaced(folder, name):
    write(folder)
    (folder / name).write_text("")

    write(folder, "new")

    assert contents(folder) == {**WHOLE, "dataset/items.csv": "new"}


def test_permissions_and_group_stay(folder):
    write(folder)
    groups = [group for group in os.getgroups() if group != folder.stat().st_gid]
    os.chown(folder, -1, groups[0] if groups else -1)
    folder.chmod(0o2750)
    group = folder.stat().st_gid

    write(folder, "new")

    assert (folder.stat().st_mode & 0o7777, folder.stat().st_gid) == (0o2750, group)
    assert (folder / "items.csv").stat().st_gid == group


def test_read_only_folder_is_refused(folder, monkeypatch):
    write(folder)
    folder.chmod(0o555)
    if os.geteuid() == 0:  # who may write everywhere
        monkeypatch.setattr(os, "access", lambda _path, _mode: False)

    with pytest.raises(FolderError, match="is read-only: make it writable"):
        write(folder, "new")

    folder.chmod(0o755)
    assert contents(folder) == {**WHOLE, "dataset/items.csv": "old"}


def test_mount_is_refused(folder, monkeypatch):
    folder.mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == folder)  # to mount takes root

    with pytest.raises(
        FolderError, match="is a mount point and cannot be replaced: give a folder in it"
    ):
        write(folder)

    assert contents(folder) == {}


def test_folder_in_a_file_is_refused(folder):
    folder.write_text("mine")

    for inside in (folder / "a", folder / "a" / "b"):
        with pytest.raises(FolderError, match="would be inside a file: give another name"):
            write(inside)


def test_file_in_the_place_of_the_folder_is_refused(folder):
    folder.write_text("mine")

    with pytest.raises(FolderError, match="is not a folder"):
        write(folder)

    assert folder.read_text() == "mine"


def test_what_fails_leaves_the_old_one_and_nothing_beside(folder):
    write(folder)

    with pytest.raises(FullDisk):
        write_half(folder)

    assert contents(folder) == {**WHOLE, "dataset/items.csv": "old"}


def test_two_at_once_are_refused(folder):
    with (
        replaced(folder),
        pytest.raises(FolderError, match=r"in use by process \d+"),
        replaced(folder),
    ):
        pass


@pytest.mark.parametrize("moment", ["while files are written", "between the renames"])
def test_what_a_killed_process_left_is_put_right(folder, tmp_path_factory, moment):
    write(folder)
    program = tmp_path_factory.mktemp("program") / "writer.py"
    program.write_text(WRITER)
    killed = start(folder, moment, cwd=program.parent, env=os.environ, program=program)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL

    with pytest.raises(FullDisk):
        write_half(folder)

    assert contents(folder) == {**WHOLE, "dataset/items.csv": "old"}
