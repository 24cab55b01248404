"""Answers in words: counted clauses set together to a sentence."""

from __future__ import annotations

from webapp.request.language import _

__all__ = ["join_and", "sentence", "some"]


def some(number: int, clause: str) -> str:
    """Keep a clause unless it would speak of none."""
    return clause if number else ""


def join_and(*clauses: str) -> str:
    """Set clauses together with commas and a final "and"; empty ones are left out."""
    found = [clause for clause in clauses if clause]
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s and %(last)s", first=", ".join(found[:-1]), last=found[-1])


def sentence(*clauses: str) -> str:
    """One sentence of clauses with commas; "" when all are empty."""
    text = ", ".join(clause for clause in clauses if clause)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
