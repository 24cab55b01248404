"""Bad rows: each fault is found with its file, line and column, all in one run, and nothing is published."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import check, open_edition
from graph.errors import DataError
from graph.intake.checks import check_tables
from graph.intake.description import read_description
from graph.intake.findings import Finding, Severity
from graph.intake.tables import read_tables
from tests.conftest import Built, copy_small, settings_of
from tests.tables import replace_in

pytestmark = pytest.mark.slow

# Text that a cell may hold: not empty, no control characters, no blanks at its ends.
CELL_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).filter(
    lambda text: text == text.strip()
)


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Put `new` in the place of the only `old` of a file."""
    return lambda folder: replace_in(folder / file, old, new)


def replace_bytes(file: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / file
        path.write_bytes(path.read_bytes().replace(old, new, 1))

    return spoil


def remove(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


MEMBER = "mem-vzorov-unie,vzorov,unie-vzoru,2005,,member,src-seed-2012;src-vzorov,"
# name: (how it is spoilt, file, line, column, part of the message)
FAULTS: dict[str, tuple[Callable[[Path], None], str, int, str, str]] = {
    "unknown id in a list": (
        replace("agreements.csv", "komora-vzorov;gruentalverein", "komora-vzorov;nikdo"),
        "agreements.csv", 2, "parties", "'nikdo' is not a row of organisations.csv",
    ),
    "unknown id of any table": (
        replace("relations.csv", "describes,act-slavnost-2013", "describes,act-slavnost-2014"),
        "relations.csv", 7, "object", "'act-slavnost-2014' is not a row of any table",
    ),
    "unknown code": (
        replace("activities.csv", "act-setkani,meeting", "act-setkani,ball"),
        "activities.csv", 4, "kind", "'ball' is not a row of activity_kinds.csv",
    ),
    "unknown column in a claim": (
        replace("claims.csv", "signed-2,agr-muster-2008,signed", "signed-2,agr-muster-2008,seat"),
        "claims.csv", 3, "property", "'seat' is not a column of agreements.csv, where 'agr-muster-2008' stands",
    ),
    "no such month": (
        replace("memberships.csv", "unie-vzoru,2005", "unie-vzoru,2005-13"),
        "memberships.csv", 3, "date_from", "'2005-13' is not in the calendar",
    ),
    "date of another form": (
        replace("documents.csv", "2008-02-20", "20. 2. 2008"),
        "documents.csv", 3, "date", "'20. 2. 2008' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "id given twice": (
        replace("memberships.csv", "mem-vzorov-unie", "mem-mustermark-unie"),
        "memberships.csv", 3, "id", "'mem-mustermark-unie' is already used in memberships.csv:2",
    ),
    "id of another table": (
        replace("links.csv", "lnk-mustermark-nuts", "prj-most"),
        "links.csv", 3, "id", "'prj-most' is already used in projects.csv:2",
    ),
    "code given twice": (
        replace("link_relations.csv", "same_as,", "exact_match,je,is,ist,je,is,\nsame_as,"),
        "link_relations.csv", 3, "code", "'exact_match' is already used in link_relations.csv:2",
    ),
    "rows out of order": (
        replace("memberships.csv", "mem-vzorov-unie", "mem-a"),
        "memberships.csv", 3, "id", "'mem-a' stands after 'mem-mustermark-unie'; sort the rows",
    ),
    "no source": (
        replace("memberships.csv", "src-seed-2012;src-vzorov", ""),
        "memberships.csv", 3, "sources", "may not be empty",
    ),
    "not UTF-8": (
        replace_bytes("short_names.csv", b"Vzorov", b"\xfdVzorov"),
        "short_names.csv", 3, "", "byte 8 of the line (0xfd) is not UTF-8; save the file as UTF-8",
    ),
    "byte-order mark": (
        replace_bytes("translations.csv", b"id,", b"\xef\xbb\xbfid,"),
        "translations.csv", 1, "", "starts with a byte-order mark",
    ),
    "wrong column": (
        replace("memberships.csv", ",role,", ",rolle,"),
        "memberships.csv", 1, "rolle", "unknown column 'rolle'; missing column 'role' (see tables.json)",
    ),
    "missing column": (
        replace("memberships.csv", ",sources,note\n", ",sources\n"),
        "memberships.csv", 1, "", "missing column 'note'",
    ),
    "columns in another order": (
        replace("memberships.csv", "member,organisation,", "organisation,member,"),
        "memberships.csv", 1, "", "columns are in another order; write id,member,organisation,",
    ),
    "cell too many": (
        replace("memberships.csv", MEMBER, f"{MEMBER},"),
        "memberships.csv", 3, "", "9 cells instead of 8; quote cells that hold a comma",
    ),
    "padded cell": (
        replace("memberships.csv", "2005,,member", "2005,, member"),
        "memberships.csv", 3, "role", "' member' begins or ends with a blank; take it out",
    ),
    "empty list item": (
        replace("memberships.csv", "src-seed-2012;src-vzorov", "src-seed-2012;;src-vzorov"),
        "memberships.csv", 3, "sources", "has an empty or padded item",
    ),
    "padded list item": (
        replace("memberships.csv", "src-seed-2012;src-vzorov", "src-seed-2012; src-vzorov"),
        "memberships.csv", 3, "sources", "has an empty or padded item",
    ),
    "list item given twice": (
        replace("memberships.csv", "src-seed-2012;src-vzorov", "src-vzorov;src-vzorov"),
        "memberships.csv", 3, "sources", "'src-vzorov;src-vzorov' names an item twice",
    ),
    "control character": (
        replace("memberships.csv", "2005,,member", "2005,,mem\tber"),
        "memberships.csv", 3, "role", "'mem\\tber' holds a control character; take it out",
    ),
    "line break in a cell": (
        replace("memberships.csv", "2006,2010-06-30,observer", '2006,2010-06-30,"ob\nserver"'),
        "memberships.csv", 2, "role", "holds a control character",
    ),
    "bad decimal": (
        replace("projects.csv", "100000.50", "100 000"),
        "projects.csv", 2, "budget_eur", "'100 000' is not a valid decimal",
    ),
    "latitude out of range": (
        replace("organisations.csv", "52.5,13.4", "92.5,13.4"),
        "organisations.csv", 2, "lat", "'92.5' is not a valid decimal",
    ),
    "bad number": (
        replace("organisations.csv", ",321,2020,", ",many,2020,"),
        "organisations.csv", 5, "population", "'many' is not a valid integer",
    ),
    "bad language tag": (
        replace("sources.csv", "2015-06-10,de", "2015-06-10,německy"),
        "sources.csv", 3, "language", "'německy' is not a valid string",
    ),
    "quote not closed": (
        replace("memberships.csv", "2005,,member", '2005,,"member'),
        "memberships.csv", 3, "", "not CSV (RFC 4180): unexpected end of data; rows from here on were not read",
    ),
    "text after a quote": (
        replace("memberships.csv", "2005,,member", '2005,,"mem"ber'),
        "memberships.csv", 3, "", "not CSV (RFC 4180): ',' expected after '\"'",
    ),
    "missing file": (remove("short_names.csv"), "short_names.csv", 0, "", "named in tables.json, but there is no"),
    "one party only (shape)": (
        replace("agreements.csv", "komora-vzorov;gruentalverein", "komora-vzorov"),
        "agreements.csv", 2, "parties", "agr-komora: An agreement must have at least two parties.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found_where_it_stands(bad_tables: Path, name: str) -> None:
    spoil, file, line, column, message = FAULTS[name]
    spoil(bad_tables)
    errors = [finding for finding in check(settings_of(bad_tables)) if finding.severity is Severity.ERROR]
    assert [(finding.file, finding.line, finding.column) for finding in errors] == [(file, line, column)]
    assert message in errors[0].message


TOGETHER = [
    "unknown id in a list", "not UTF-8", "wrong column", "bad decimal", "bad language tag", "unknown id of any table",
    "byte-order mark", "id of another table", "date of another form", "unknown column in a claim", "unknown code",
]  # fmt: skip


def spoil_together(folder: Path) -> set[tuple[str, int, str]]:
    for name in TOGETHER:
        FAULTS[name][0](folder)
    return {FAULTS[name][1:4] for name in TOGETHER}


def places(findings: tuple[object, ...] | list[Finding]) -> list[tuple[str, int, str]]:
    return [(f.file, f.line, f.column) for f in findings if isinstance(f, Finding) and f.severity is Severity.ERROR]


def test_all_faults_in_one_run_in_the_order_of_the_tables(bad_tables: Path) -> None:
    wanted = spoil_together(bad_tables)
    tables = read_tables(bad_tables)
    found = places(check_tables(tables))
    assert set(found) == wanted
    assert len(found) == len(wanted)
    order = [f"{name}.csv" for name in tables.description.tables]
    assert [file for file, _, _ in found] == sorted((file for file, _, _ in found), key=order.index)


def test_nothing_is_published_and_the_cache_keeps_the_old_edition(bad_tables: Path) -> None:
    settings = settings_of(bad_tables)
    before = open_edition(settings)
    kept = {path: path.read_bytes() for path in settings.cache.rglob("*") if path.is_file()}
    wanted = spoil_together(bad_tables)
    with pytest.raises(DataError) as caught:
        open_edition(settings)
    assert set(places(caught.value.findings)) == wanted
    assert {path: path.read_bytes() for path in settings.cache.rglob("*") if path.is_file()} == kept
    assert before.path in kept


def test_error_names_ten_faults_and_counts_the_rest(bad_tables: Path) -> None:
    wanted = spoil_together(bad_tables)
    with pytest.raises(DataError) as caught:
        open_edition(settings_of(bad_tables))
    first, *lines = str(caught.value).splitlines()
    assert first == "the tables are not fit to publish:"
    assert len(lines) == 10
    assert lines[-1].endswith(f" and {len(wanted) - 10} more")
    assert lines[0].startswith("sources.csv:3:language: error: ")


def test_a_shape_fault_publishes_nothing(bad_tables: Path) -> None:
    FAULTS["one party only (shape)"][0](bad_tables)
    settings = settings_of(bad_tables)
    with pytest.raises(DataError, match=r"agreements\.csv:2:parties: error: agr-komora"):
        open_edition(settings)
    assert not settings.cache.exists()


def test_rows_after_a_cell_with_a_line_break_keep_their_line(bad_tables: Path) -> None:
    replace("memberships.csv", "2006,2010-06-30,observer", '2006,2010-06-30,"ob\nserver"')(bad_tables)
    replace("memberships.csv", "unie-vzoru,2005", "unie-vzoru,2005-13")(bad_tables)
    found = read_tables(bad_tables).findings
    assert [(f.line, f.column) for f in found] == [(2, "role"), (4, "date_from")]


def test_the_miniature_and_the_real_tables_are_sound(small: Built, real: Built) -> None:
    assert check_tables(read_tables(small.settings.data)) == []
    findings = check_tables(read_tables(real.settings.data))
    # Days for which a status is stated, though no source of that time is cited yet: they prove nothing.
    assert {finding.message.split(":")[0] for finding in findings} <= {"status without proof"}
    assert {(finding.file, finding.column) for finding in findings} <= {("status_periods.csv", "as_of")}


def test_seats_are_written_in_english(real: Built) -> None:
    """The column says so: none is the Czech name that the translations give for another."""
    tables = read_tables(real.settings.data)
    rows = [row for row in tables.rows["translations"] if row.text("property") == "seat"]
    czech = {row.text("cs") for row in rows} - {row.text("text") for row in rows}
    assert [row.key for row in tables.rows["organisations"] if row.text("seat") in czech] == []


def test_finding_is_one_readable_line() -> None:
    assert str(Finding("a.csv", 3, "kind", "wrong")) == "a.csv:3:kind: error: wrong"
    assert str(Finding("a.csv", 0, "", "missing", Severity.WARNING)) == "a.csv: warning: missing"


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_small(tmp_path_factory.mktemp("cells") / "data")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(CELL_TEXTS, min_size=1, max_size=25))
def test_text_of_a_cell_comes_back_as_it_was_written(scratch: Path, texts: list[str]) -> None:
    path = scratch / "memberships.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    for number, text in enumerate(texts):
        writer.writerow([f"mem-{number:02}", "vzorov", "unie-vzoru", "", "", "", "src-vzorov", text])
    path.write_text(f"{header}\n{target.getvalue()}", encoding="utf-8", newline="")
    tables = read_tables(scratch)
    assert tables.findings == ()
    assert [row.text("note") for row in tables.rows["memberships"]] == texts
    assert [row.line for row in tables.rows["memberships"]] == list(range(2, len(texts) + 2))


@pytest.mark.parametrize("member", ['"dc:title"', '"primaryKey"', '"aboutUrl"', '"propertyUrl"'])
def test_description_that_lacks_what_is_needed_is_a_finding(bad_tables: Path, member: str) -> None:
    path = bad_tables / "tables.json"
    path.write_text(path.read_text(encoding="utf-8").replace(member, '"dc:other"'), encoding="utf-8")
    with pytest.raises(DataError, match=r"tables\.json: not CSVW metadata as it is needed"):
        read_description(bad_tables)
