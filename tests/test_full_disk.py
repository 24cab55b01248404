"""A full disk, one that can only be read, a folder where a file should be: words, and nothing half-written."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import webapp.__main__  # noqa: F401  the commands of the site
from graph.cli import commands
from graph.editions.edition import Edition
from graph.errors import WriteError
from graph.search.full_text import FullText, IndexedText
from graph.views.list_docs import ADDRESSES_BEGIN, ADDRESSES_END, BEGIN, END, update_addresses, update_lists
from graph.whole_file import make_folder, write_text, write_whole
from tests.apps import client_of
from tests.conftest import Built
from tests.effort import heavy

DISK_BYTES = 4 * 2**20
REFUSALS = {
    errno.ENOSPC: "no space is left there; make room",
    errno.EROFS: "the disk can only be read; name another place",
    errno.EACCES: "this user may not write there",
    errno.EIO: "Input/output error; name another place",
}


@contextmanager
def no_room(most_bytes: int = 0) -> Iterator[None]:
    """Have files of this process end at a number of bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of four megabytes; where none can be mounted, `no_room` stands for it in other tests."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if not mount or os.geteuid() or subprocess.run([mount, "-t", "tmpfs", "-o", "size=4m", "none", place]).returncode:
        pytest.xfail("no disk can be mounted here: root and the right to mount are needed")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def run(small: Built, tmp_path: Path) -> Callable[..., Result]:
    """Give what runs a command on the miniature, with caches of its own."""

    def command(*arguments: str | Path, **environment: str | Path) -> Result:
        folders = {"KRAJINA_CACHE": tmp_path / "cache", "KRAJINA_STATE": tmp_path / "state"}
        told = {"KRAJINA_DATA": small.settings.data, "KRAJINA_HOME": "vzorov", "KRAJINA_BASE": small.settings.base}
        told |= {**folders, **environment}
        return CliRunner().invoke(commands, [*map(str, arguments)], env={name: str(of) for name, of in told.items()})

    return command


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(("number", "words"), REFUSALS.items(), ids=errno.errorcode.get)
def test_why_and_what_to_do_is_told_and_the_old_file_stays(tmp_path: Path, number: int, words: str) -> None:
    def fail(part: Path) -> None:
        part.write_text("half")
        raise OSError(number, os.strerror(number), str(part))

    file = tmp_path / "file"
    file.write_text("old")
    with pytest.raises(WriteError) as told:
        write_whole(file, fail)
    assert str(told.value).startswith(f"{file} cannot be written: {words}")
    assert (file.read_text(), left(tmp_path)) == ("old", ["file"])


def test_folder_and_file_in_the_place_of_each_other(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old")
    with pytest.raises(WriteError, match="a folder stands where the file should be"):
        write_text(tmp_path / "folder", "new")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(WriteError, match="a file stands where a folder should be"):
            make_folder(folder)
    with pytest.raises(WriteError, match="a file stands where a folder should be"):
        write_text(tmp_path / "file" / "below", "new")
    with pytest.raises(WriteError, match="its folder is not there; make it"):
        write_text(tmp_path / "none" / "file", "new")
    assert left(tmp_path) == ["file"]


def test_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "file").read_text() == "new"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_text(tmp_path / "pipe", "new")
    assert os.read(reader, 9) == b"new" and (tmp_path / "pipe").is_fifo()
    os.close(reader)
    with pytest.raises(WriteError, match="/dev/full cannot be written: no space is left there; make room"):
        write_text(Path("/dev/full"), "new")
    assert Path("/dev/full").is_char_device()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["nq", "xlsx", *heavy("ttl", "zip", "gexf")])
def test_export_to_a_full_disk(run: Callable[..., Result], disk: Path, suffix: str) -> None:
    target = disk / f"out.{suffix}"
    target.write_bytes(b"old")
    with (disk / "filler").open("wb") as filler:
        filler.write(bytes(DISK_BYTES - 3 * 4096))
    ended = run("export", suffix, "-o", target)
    assert (ended.exit_code, ended.output) == (
        1, f"Error: {target} cannot be written: no space is left there; make room, or name another place\n"
    )  # fmt: skip
    assert (target.read_bytes(), left(disk)) == (b"old", ["filler", f"out.{suffix}"])


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [
    ("export", "nq"), ("export", "--all", "{}"), ("list", "agreements"), ("map",),
    ("report", "--year", "2020", "--format", "html"),
], ids=" ".join)  # fmt: skip
def test_cache_on_a_full_disk(run: Callable[..., Result], disk: Path, arguments: tuple[str, ...]) -> None:
    """The miniature takes more than a quarter of a megabyte."""
    (disk / "filler").write_bytes(bytes(DISK_BYTES - 256 * 1024))
    ended = run(*(argument.format(disk / "files") for argument in arguments), KRAJINA_CACHE=disk)
    assert ended.exit_code == 1
    assert ended.output.startswith(f"Error: {disk / 'editions'}")
    assert ended.output.endswith(
        "make room, or name another place (KRAJINA_CACHE names the folder of built editions)\n"
    )
    assert left(disk) == ["filler"]


@pytest.mark.slow
def test_cache_that_can_only_be_read_or_is_a_file(run: Callable[..., Result], disk: Path, tmp_path: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    ended = run("list", "agreements", KRAJINA_CACHE=disk)
    assert ended.exit_code == 1 and "the disk can only be read; name another place (KRAJINA_CACHE" in ended.output
    (tmp_path / "file").touch()
    ended = run("list", "agreements", KRAJINA_CACHE=tmp_path / "file")
    assert ended.exit_code == 1 and "a file stands where a folder should be" in ended.output


@pytest.mark.slow
def test_commands_name_a_folder_that_stands_where_a_file_should(
    run: Callable[..., Result], bad_tables: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    for arguments in (("export", "csv"), ("map",), ("report", "--year", "2020", "--format", "html")):
        ended = run(*arguments, "-o", tmp_path / "out")
        assert ended.exit_code == 2 and "is a directory" in ended.output
    (bad_tables / "agreements.csv").unlink()
    (bad_tables / "agreements.csv").mkdir()
    ended = run("list", "agreements", KRAJINA_DATA=bad_tables)
    assert ended.exit_code == 1
    assert "agreements.csv: error: cannot be read: Is a directory" in ended.output, ended.output
    (bad_tables / "tables.json").unlink()
    (bad_tables / "tables.json").mkdir()
    ended = run("check", KRAJINA_DATA=bad_tables)
    assert ended.exit_code == 1 and "tables.json: cannot be read: Is a directory" in ended.output
    (tmp_path / "question.rq").mkdir()
    ended = run("query", tmp_path / "question.rq")
    assert (ended.exit_code, ended.output) == (1, f"Error: {tmp_path / 'question.rq'}: Is a directory\n")


def test_documentation_is_written_as_a_whole(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    old = f"# Lists\n{BEGIN}\n{END}\n{ADDRESSES_BEGIN}\n{ADDRESSES_END}\n"
    page.write_text(old)
    for update in (update_lists, update_addresses):
        with no_room(100), pytest.raises(WriteError, match=r"README\.md cannot be written: it would be longer"):
            update(page)
        assert (page.read_text(), left(tmp_path)) == (old, ["README.md"])


def test_index_of_the_search_is_in_memory_where_there_is_no_room(tmp_path: Path) -> None:
    with no_room(5000):
        texts = FullText(lambda: [IndexedText("vzorov", "vzorov")], tmp_path / "search")
        assert texts.meeting([["vzorov"]]) == {0}
    assert left(tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "cs"])
def test_pages_answer_where_nothing_can_be_written(small: Built, tmp_path: Path, language: str) -> None:
    built = _apart(small, tmp_path)
    client = client_of(built)
    asked = {"Accept-Language": language, "Accept": "text/html"}
    with no_room():
        for address in (
            "/",
            "/map",
            "/search?q=vzorov",
            "/organizations",
            "/analysis/measures",
            "/page/organizations/vzorov",
        ):
            assert client.get(address, headers=asked).status_code == 200, address
        for address in ("/map.png", "/map.pdf", "/agreements.xlsx", "/map.gexf"):
            assert client.get(address).status_code == 200, address
        dump = client.get("/dump/krajina.ttl", headers=asked)
        link = client.post("/s", data={"query": "ASK {}"}, headers=asked)
    words = {"en": "The disk of the server is full", "cs": "Disk serveru je plný"}[language]
    assert (dump.status_code, dump.headers["Retry-After"], words in dump.text) == (503, "300", True)
    words = {"en": "Short links cannot be kept now", "cs": "Krátký odkaz teď nelze uložit"}[language]
    assert (link.status_code, link.headers["Retry-After"], words in link.text) == (503, "60", True)
    assert not [path for path in left(tmp_path) if path.endswith((".part", ".ttl", "-journal"))]
    assert client.get("/dump/krajina.ttl").status_code == 200  # as soon as there is room


@pytest.mark.slow
def test_files_of_the_edition_are_given_from_elsewhere(small: Built, tmp_path: Path, disk: Path) -> None:
    """A cache that can only be read costs time, and no answer."""
    built = _apart(small, disk)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    client = client_of(built)
    for address in ("/dump/krajina.ttl", "/dump/krajina.ttl.gz", "/dump/SHA256SUMS", "/download", "/catalog.ttl"):
        assert client.get(address).status_code == 200, address
    assert client.get("/dump/krajina.nq").data == built.edition.path.read_bytes()


def _apart(built: Built, folder: Path) -> Built:
    """Copy a built edition into a folder, without what was made for it."""
    (folder / "edition").mkdir()
    shutil.copy(built.edition.path, folder / "edition" / "edition.nq")
    shutil.copytree(built.edition.tables, folder / "edition" / "tables")
    edition: Edition = replace(built.edition, path=folder / "edition" / "edition.nq")
    values: dict[str, Any] = {"cache": folder / "cache", "state": folder / "state"}
    return Built(replace(built.settings, **values), edition, built.store)
