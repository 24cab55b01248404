"""The table of the map as rows of texts, for all files that hold it: CSV, XLSX, JSON-LD, the page that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.sparql.answers import AnswerTerm
from webapp.language import _, pgettext
from webapp.network_map.provenance import Provenance
from webapp.network_map.scene import Scene
from webapp.network_map.table import TIE_COLUMNS, tie_rows
from webapp.query.spreadsheets import Sheet, write_csv, write_xlsx
from webapp.typography import format_date

__all__ = ["csv_description", "csv_file", "xlsx_file"]

XSD = "http://www.w3.org/2001/XMLSchema#"
DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}
NAMES: Mapping[str, Callable[[], str]] = {
    "organization": lambda: _("Address of the organization"),
    "organization_name": lambda: _("Organization"),
    "partner": lambda: _("Address of the partner"),
    "partner_name": lambda: _("Partner"),
    "partner_country": lambda: pgettext("column", "Country"),
    "grounds": lambda: _("Ground"),
    "relationships": lambda: pgettext("column", "Relationships"),
    "since": lambda: _("Since"),
    "state": lambda: _("State"),
    "sources": lambda: _("Sources"),
}


def csv_file(found: Scene) -> bytes:
    """Write the ties as CSV for spreadsheets, in which no cell is run as a formula."""
    cells = [[AnswerTerm(text, "literal") for text in row] for row in tie_rows(found)]
    return write_csv(Sheet(TIE_COLUMNS, cells, {}, ()))


def xlsx_file(found: Scene, about: Provenance) -> bytes:
    """Write the ties as a workbook, with a second sheet that says where they come from."""
    headings = [NAMES[name]() if name in NAMES else name for name in TIE_COLUMNS]
    cells = [[_cell(name, text) for name, text in zip(TIE_COLUMNS, row, strict=True)] for row in tie_rows(found)]
    facts = [
        (_("Map"), about.title),
        (_("Shown"), about.sentence),
        (_("Day"), format_date(about.day)),
        (_("Edition"), about.edition),
        (_("Date of the data"), format_date(about.modified) or "–"),
        (_("Licence"), f"CC BY 4.0, {about.licence}"),
        (_("Address of the view"), about.address),
    ]
    return write_xlsx(Sheet(headings, cells, {}, facts))


def csv_description(address: str, found: Scene, about: Provenance) -> dict[str, object]:
    """Describe the CSV file, which has no room for its own provenance.

    References
    ----------
    Metadata Vocabulary for Tabular Data (W3C Recommendation 2015), sections 5.3 and 5.5.
    """
    titles = {name: NAMES[name]() if name in NAMES else name for name in TIE_COLUMNS}
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": address,
        "dc:title": about.title,
        "dc:description": about.sentence,
        "dc:license": {"@id": about.licence},
        "dc:valid": about.day,
        "dc:modified": about.modified,
        "dc:source": {"@id": about.address},
        "schema:version": about.edition,
        "tableSchema": {"columns": [{"name": name, "titles": [name, titles[name]]} for name in TIE_COLUMNS]},
    }


def _cell(column: str, text: str) -> AnswerTerm | None:
    if not text:
        return None
    if column in ("organization", "partner"):
        return AnswerTerm(text, "iri")
    if column == "relationships":
        return AnswerTerm(text, "literal", datatype=f"{XSD}integer")
    if column == "since" and len(text) in DATES:
        return AnswerTerm(text, "literal", datatype=XSD + DATES[len(text)])
    return AnswerTerm(text, "literal")
