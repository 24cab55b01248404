"""Pages that state: the terms of use, and how accessible the site is."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.request.visit import this_visit

__all__ = ["statements_blueprint"]

PREPARED = "2026-11-24"  # when the accessibility was last assessed


def statements_blueprint() -> Blueprint:
    """Make the routes of ``/licence`` and ``/accessibility``."""
    blueprint = Blueprint("statements", __name__)
    blueprint.add_url_rule("/licence", "licence", _licence)
    blueprint.add_url_rule("/accessibility", "accessibility", _accessibility)
    return blueprint


def _licence() -> str:
    return render_template("licence.html", contact=this_visit().facts.settings.contact)


def _accessibility() -> str:
    settings = this_visit().facts.settings
    return render_template(
        "accessibility.html", prepared=PREPARED, contact=settings.contact, name=settings.publisher_name
    )
