"""What programs look for at known addresses: robots, whom to tell of a weakness, how to search from a browser.

References
----------
RFC 9309 (robots.txt); RFC 9116 (security.txt); OpenSearch 1.1, draft 6.
"""

from __future__ import annotations

from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, abort, render_template

from webapp.open_data.sitemap import PAGES
from webapp.request.language import LANGUAGES, _
from webapp.request.visit import this_visit

__all__ = ["discovery_blueprint", "statements_blueprint"]

VALID_DAYS = 180  # a year at most is advised
# What is endless or of no use to those who collect pages.
ENDLESS = (
    "/search?",
    "/sparql?",
    "/sparql.",
    "/sparql/",
    "/s/",
    "/map?",
    "/match?",
    "/match.csv",
    "/resource?",
    "/*?*on=",
)


def discovery_blueprint(*, has_tables: bool) -> Blueprint:
    """Make the routes of ``/robots.txt``, ``/.well-known/security.txt`` and, for records, ``/opensearch.xml``."""
    blueprint = Blueprint("discovery", __name__)
    blueprint.add_url_rule("/robots.txt", "robots", _robots)
    blueprint.add_url_rule("/.well-known/security.txt", "security", _security)
    if has_tables:
        blueprint.add_url_rule("/opensearch.xml", "opensearch", _opensearch)
    return blueprint


def _robots() -> Response:
    visit = this_visit()
    lines = ["User-agent: *", "Allow: /", *(f"Disallow: {path}" for path in ENDLESS)]
    if visit.facts.has_tables:
        # The sitemap names the pages themselves, of which only further arguments are endless; the longest rule counts.
        lines += [f"Allow: {path}?lang={code}$" for path in PAGES if f"{path}?" in ENDLESS for code in LANGUAGES]
    if visit.facts.has_tables:
        lines += ["", f"Sitemap: {visit.facts.settings.base}/sitemap.xml"]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _security() -> Response:
    """Tell whom to write to; who runs the server must have said so."""
    visit = this_visit()
    settings = visit.facts.settings
    if not settings.contact:
        abort(404, description=_("Whoever runs this server has not said whom to tell of a weakness."))
    expires = visit.today + timedelta(days=VALID_DAYS)
    lines = (
        f"Contact: {settings.contact}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {settings.base}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _opensearch() -> Response:
    visit = this_visit()
    base = visit.facts.settings.base
    region = visit.library.name(visit.library.home, visit.language)[0]
    described = escape(_("Search in the international relations of the region: %(region)s", region=region))
    template = quoteattr(f"{base}/search?q={{searchTerms}}&lang={visit.language}")
    suggested = quoteattr(f"{base}/search/suggestions.json?format=opensearch&q={{searchTerms}}&lang={visit.language}")
    body = f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Krajina</ShortName>
<Description>{described}</Description>
<Language>{visit.language}</Language>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" method="get" template={template}/>
<Url type="application/x-suggestions+json" method="get" template={suggested}/>
<Url type="application/opensearchdescription+xml" rel="self" template={quoteattr(f"{base}/opensearch.xml")}/>
</OpenSearchDescription>
"""
    return Response(body, content_type="application/opensearchdescription+xml; charset=utf-8")


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
