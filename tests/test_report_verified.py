"""What became of the sentences of a report since it was written: edits by hand, changes of records, faults of files."""

from __future__ import annotations

import shutil
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from docx.oxml.ns import qn

from graph.documents.verifying import Finding, Sentence, Verdict, read_marks, verify
from graph.errors import InputError
from graph.settings import Settings
from tests.conftest import Built
from tests.tables import replace_in
from webapp.__main__ import report_command
from webapp.report.trace import read_trace

pytestmark = pytest.mark.server

NAMES = ("krajina-report-2012.docx", "krajina-report-2012.jsonld")


def run(settings: Settings, *arguments: str | Path) -> Result:
    return CliRunner().invoke(report_command, list(map(str, arguments)), obj=settings)


@pytest.fixture(scope="module")
def written(small: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a report of the miniature and its trace."""
    folder = tmp_path_factory.mktemp("written")
    for name in NAMES:
        done = run(small.settings, "--year", "2012", "--format", name.rpartition(".")[2], "-o", folder / name)
        assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def report(written: Path, tmp_path: Path) -> Path:
    """Give a copy of the report that may be edited, its trace beside it."""
    for name in NAMES:
        shutil.copy(written / name, tmp_path)
    return tmp_path / NAMES[0]


def told(identifier: str, text: str, *records: str, ground: str = "") -> Sentence:
    return Sentence(identifier, text, records, (), ground)


def edit(path: Path, old: str, new: str) -> str:
    """Write another text in place of one that a bookmark holds, as a word processor does; give its identifier."""
    document = Document(str(path))
    for start in document.element.iter(qn("w:bookmarkStart")):
        run_of = start.getnext()
        if run_of is not None and run_of.tag == qn("w:r") and "".join(t.text for t in run_of.iter(qn("w:t"))) == old:
            next(run_of.iter(qn("w:t"))).text = new
            document.save(str(path))
            return str(start.get(qn("w:name")))
    raise AssertionError(f"no bookmark holds {old!r}")


def lines(result: Result) -> list[list[str]]:
    return [line.split("\t") for line in result.output.splitlines() if "\t" in line]


def test_each_verdict() -> None:
    before = [told("s1", "One of 2.", "a", "b"), told("s2", "A", "a"), told("s3", "B", "b"), told("s4", "C", "c"),
              told("s5", "D", "d"), told("s6", "E", "e"), told("s7", "Law", ground="law")]  # fmt: skip
    today = [told("s1", "One of 3.", "a", "b", "x"), told("s2", "A", "a"), told("s3", "X", "x"), told("s4", "B", "b"),
             told("s5", "C today", "c"), told("s6", "E today", "e"), told("s7", "Law", ground="law")]  # fmt: skip
    marks = {"s1": "One of 2.", "s2": "A", "s3": "B by hand", "s4": "C by hand", "s5": "D", "s7": "Law"}
    assert verify(marks, before, today) == (
        Finding("s1", Verdict.CHANGED, "One of 2.", "One of 2.", "One of 3."),
        Finding("s2", Verdict.SAME, "A", "A", "A"),
        Finding("s3", Verdict.EDITED, "B by hand", "B", "B"),
        Finding("s4", Verdict.BOTH, "C by hand", "C", "C today"),
        Finding("s5", Verdict.GONE, "D", "D", ""),
        Finding("s6", Verdict.REMOVED, "", "E", "E today"),
        Finding("s7", Verdict.SAME, "Law", "Law", "Law"),
        Finding("", Verdict.NEW, "", "", "X"),
    )  # fmt: skip


def test_sentence_that_moved_is_the_same() -> None:
    before = [told("s1", "A", "a"), told("s2", "B", "b"), told("s3", "C", "c")]
    today = [told("s1", "C", "c"), told("s2", "A", "a"), told("s3", "B", "b")]
    assert {found.verdict for found in verify({"s1": "A", "s2": "B", "s3": "C"}, before, today)} == {Verdict.SAME}


def test_file_holds_all_sentences_of_its_trace(small: Built, written: Path) -> None:
    marks, trace = read_marks(written / NAMES[0]), read_trace(written / NAMES[1])
    assert len(marks) > 20
    assert marks == {each.identifier: " ".join(each.text.split()) for each in trace.sentences}
    assert (trace.kind, trace.name) == ("reports", "2012")
    assert (trace.day.isoformat(), trace.language) == ("2012-12-31", "cs")
    assert trace.edition == small.edition.identifier


def test_untouched_report_is_unchanged(small: Built, report: Path) -> None:
    done = run(small.settings, "--verify", report)
    assert done.exit_code == 0, done.output
    assert {line[1] for line in lines(done)} == {"unchanged"}
    assert done.output.splitlines()[-1] == f"{len(read_marks(report))} unchanged"


def test_edits_by_hand_and_removed_sentences_are_told(small: Built, report: Path) -> None:
    identifier = edit(report, "Partnerská smlouva (2008)", "Smlouva o partnerství")
    document = Document(str(report))
    gone = next(p for p in document.paragraphs if any(b.get(qn("w:name")) == "s1" for b in p._p))
    gone._p.getparent().remove(gone._p)
    document.save(str(report))
    done = run(small.settings, "--verify", report)
    assert done.exit_code == 1
    differing = [line for line in lines(done) if line[1] != "unchanged"]
    assert differing[0][:2] == ["s1", "removed by hand"]
    assert differing[1:] == [
        [identifier, "edited by hand", "Smlouva o partnerství"], ["", "written", "Partnerská smlouva (2008)"],
    ]  # fmt: skip


def test_change_of_a_record_is_told_with_the_value_of_today(small: Built, report: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(small.settings.data, data)
    replace_in(data / "agreements.csv", "vzorov;mustermark,2008-03-01,", "vzorov;mustermark,2008-03-02,")
    settings = replace(small.settings, data=data, cache=tmp_path / "cache", state=tmp_path / "state")
    done = run(settings, "--verify", report)
    assert done.exit_code == 1, done.output
    found = lines(done)
    changed = [(line[2], after[2]) for line, after in pairwise(found) if line[1] == Verdict.CHANGED]
    plain = [(one.replace("\N{NO-BREAK SPACE}", " "), other) for one, other in changed]
    days = [(one, other) for one, other in plain if len(one) < 20]
    assert days and set(days) == {("1. 3. 2008", "2. 3. 2008")}
    # All else that reads otherwise names the edition.
    assert all(small.edition.identifier in one for one, _ in plain if len(one) >= 20)
    assert Counter(line[1] for line in found if line[0])["unchanged"] > 20


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"no zip", "this is no DOCX that can be read"), (None, "there are no marks of sentences in it")],
)
def test_file_that_is_no_report_is_told(report: Path, content: bytes | None, message: str) -> None:
    if content is None:
        Document().save(str(report))
    else:
        report.write_bytes(content)
    with pytest.raises(InputError, match=f"{report.name}: {message}"):
        read_marks(report)


def test_document_that_declares_entities_is_refused(report: Path) -> None:
    with zipfile.ZipFile(report, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(InputError, match="declares entities of its own"):
        read_marks(report)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"@id": 1}', b"\xff"])
def test_trace_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jsonld"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"a\.jsonld: this is no trace of a report"):
        read_trace(path)


def test_missing_trace_is_asked_for(small: Built, report: Path) -> None:
    report.with_suffix(".jsonld").unlink()
    done = run(small.settings, "--verify", report)
    assert isinstance(done.exception, InputError) and "is told by --trace FILE.jsonld" in str(done.exception)


@pytest.mark.parametrize("arguments", [[], ["--year", "2012"], ["--verify", __file__, "--year", "2012"]])
def test_wrong_arguments_are_told(small: Built, arguments: list[str]) -> None:
    done = run(small.settings, *arguments)
    assert done.exit_code == 2 and "Error: " in done.output
