"""Messages of the pages against their translations: ``python -m webapp.messages`` prints what is missing.

What it prints can be filled in and put at the end of ``locales/cs.po``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

__all__ = ["Comparison", "compare", "extract_messages"]

FOLDER = Path(__file__).parent
# Headings and meanings are declared there, marked by N_.
DECLARED = tuple(FOLDER.parent / "graph" / room for room in ("analyses", "views"))
METHODS = [
    ("assets/**", "ignore"),
    ("static/**", "ignore"),
    ("**.py", "python"),
    ("**.html", "jinja2.ext:babel_extract"),
]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}


@dataclass(frozen=True)
class Comparison:
    """Messages without a translation, without a use, and with one that is in doubt."""

    missing: tuple[Message, ...]
    obsolete: tuple[Message, ...]
    fuzzy: tuple[Message, ...]


def extract_messages() -> Catalog:
    """Find all messages of modules and templates, and of what is declared for them in `graph`."""
    catalogue = Catalog(locale="cs")
    keywords: Any = DEFAULT_KEYWORDS
    for folder in (FOLDER, *DECLARED):
        for place, line, message, _comments, context in extract_from_dir(folder, METHODS, OPTIONS, keywords):
            catalogue.add(message, locations=[(place, line)], context=context)
    return catalogue


def compare(name: str = "cs") -> Comparison:
    """Compare the messages with the catalogue of a language."""
    with (FOLDER / "locales" / f"{name}.po").open("rb") as lines:
        written = read_po(lines, locale=name, abort_invalid=True)
    used = extract_messages()
    return Comparison(
        tuple(message for message in used if message.id and not _is_translated(written, message)),
        tuple(message for message in written if message.id and _found(used, message) is None),
        tuple(message for message in written if message.id and message.fuzzy),
    )


def _found(catalogue: Catalog, message: Message) -> Message | None:
    identifier = message.id if isinstance(message.id, str) else message.id[0]
    return catalogue.get(identifier, context=message.context)


def _is_translated(catalogue: Catalog, message: Message) -> bool:
    known = _found(catalogue, message)
    forms = known.string if known and isinstance(known.string, tuple | list) else (known.string if known else "",)
    return all(forms) and len(forms) == (catalogue.num_plurals if message.pluralizable else 1)


def main() -> None:
    """Print the missing messages as they are written in a catalogue, and the obsolete ones as remarks."""
    comparison = compare()
    missing = Catalog(locale="cs")
    for message in comparison.missing:
        missing.add(message.id, locations=message.locations, context=message.context)
    write_po(sys.stdout.buffer, missing, omit_header=True, width=110)
    sys.stdout.buffer.flush()
    for message in comparison.obsolete:
        print(f"# obsolete: {message.context or ''} {message.id}")


if __name__ == "__main__":
    main()
