"""What is said of a day that cannot be read."""

from __future__ import annotations

from webapp.request.language import _

__all__ = ["wrong_date"]


def wrong_date(asked: str) -> str:
    """Say that a text is not a day, and how days are written."""
    return _(
        "“%(text)s” is not a date that can be read here. Write 2012, 2012-12, 2012-12-31, 31. 12. 2012, or today.",
        text=asked[:40],
    )
