"""Templates that an office may edit: where they lie, what they were, and where a fault in one stands."""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from graph.settings import Settings

__all__ = ["FAULTS", "SHIPPED", "digest", "place_of"]

SHIPPED = Path(__file__).parent.parent / "templates" / "report"
# What an expression of a template may come to: `{{ y.year + "a" }}`, a date that is none, a division by zero, a macro
# that calls itself, a file that is not UTF-8.
FAULTS = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError, OSError)


def digest(settings: Settings) -> str:
    """SHA-256 of what an office may edit: names and texts of the templates, and the DOCX that looks are taken from."""
    told = hashlib.sha256()
    found = {path.name: path for folder in (SHIPPED, settings.report_templates) for path in folder.glob("*.html")}
    for path in (*(found[name] for name in sorted(found)), Path(settings.report_pattern)):
        if path.is_file():
            told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def place_of(error: Exception, folder: Path) -> str:
    """Give file and line of a fault: those that the reader of templates names, or the last ones that were filled in."""
    if isinstance(error, TemplateSyntaxError):
        return f"{folder / (error.name or '')}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno}" for frame in frames if Path(frame.filename).parent == folder]
    return places[-1] if places else str(folder)
