"""Hostile and broken RDF files are refused in plain words, and the process that asked lives on."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.sandbox.foreign_rdf import refuse_unfit_files
from tests.test_cli import krajina

pytestmark = pytest.mark.server
LAUGHS = "\n".join(
    f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' if n else '<!ENTITY l1 "laugh laugh laugh laugh">' for n in range(10)
)
BOMB = f"""<?xml version="1.0"?><!DOCTYPE r [{LAUGHS}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">
<rdf:Description rdf:about="urn:a"><x:b>&l10;</x:b></rdf:Description></rdf:RDF>"""


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_sound_files_pass(tmp_path: Path) -> None:
    refuse_unfit_files(
        [
            written(tmp_path, "a.ttl", "<urn:a> <urn:b> <urn:c> ."),
            written(tmp_path, "b.jsonld", '{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}'),
            written(tmp_path, "c.nt", "not looked at here: it has no wall to need"),
        ]
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("laughs.rdf", BOMB),
        ("deep.jsonld", '{"urn:a":' * 100_000 + "1" + "}" * 100_000),
    ],
)
def test_bombs_are_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(StoreError, match=name):
        refuse_unfit_files([written(tmp_path, name, text)])


def test_fault_has_its_place(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"bad\.ttl.*line 1"):
        refuse_unfit_files([written(tmp_path, "bad.ttl", '<urn:a> <urn:b> "x .\n')])


@pytest.mark.parametrize("name", ["bad.ttl", "bad.nt", "bad.rdf"])
def test_serve_says_it_without_a_stack_trace(tmp_path: Path, name: str) -> None:
    ended = krajina("serve", "--port", "0", "--rdf", written(tmp_path, name, '<urn:a> <urn:b> "x .\n'))
    assert ended.returncode == 1
    assert name.encode() in ended.stderr and b"Traceback" not in ended.stderr


def test_store_that_is_not_there_is_said_without_a_stack_trace() -> None:
    ended = krajina("serve", "--port", "0", KRAJINA_STORE="http://127.0.0.1:9/sparql")
    assert ended.returncode == 1
    assert b"did not answer" in ended.stderr and b"Traceback" not in ended.stderr
