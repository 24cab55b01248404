"""Files of the whole data: the edition that is served, earlier ones that are kept, or what RDF files hold.

References
----------
RFC 9110, sections 13 (conditional requests) and 14 (ranges); RFC 9530 (Repr-Digest); CSV on the Web: Model for
Tabular Data, section 5.2 (Link to the metadata).
"""

from __future__ import annotations

import base64
import gzip
import re
import shutil
from datetime import UTC, date, datetime, time
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
from flask import Blueprint, Response, abort, make_response, request, send_file

from graph.editions.edition import Edition
from graph.editions.history import KeptEdition, history_of
from graph.files.dump_set import CHECKSUMS, DESCRIPTION, NETWORK_DESCRIPTION, DumpSet, about, media_type_of
from graph.intake.csvw_files import CSVW_TYPE
from graph.kept import kept
from graph.networks.network import build_network
from graph.records.library import Library, read_library
from graph.sparql.engines.memory import MemoryStore
from graph.views.facts import Facts
from graph.whole_file import make_folder, write_whole
from webapp.request.visit import Visit, this_visit

__all__ = ["dump_set", "dumps_blueprint"]

MAX_AGE_S = 300
IDENTIFIER = re.compile(r"[0-9a-f]{16}")
BINARY = ("gz", "xlsx", "zip")


def dumps_blueprint() -> Blueprint:
    """Route ``/dump/<name>``; a name may begin with the identifier of an edition that is kept."""
    blueprint = Blueprint("dumps", __name__)
    blueprint.add_url_rule("/dump/<path:name>", "dump", _dump)
    return blueprint


@kept(2)
def dump_set(facts: Facts) -> DumpSet | None:
    """Give the files of what is served; None for a remote store, which offers its own."""
    said = about(facts.edition, facts.edition.tables)
    if facts.edition.path.name:
        folder = facts.edition.path.parent / "dumps"
        return DumpSet(facts.edition, folder, facts.settings.base, said, lambda: (facts.network, facts.library))
    if isinstance(facts.store, MemoryStore):
        return DumpSet(facts.edition, Path(_folder(facts).name), facts.settings.base, said, store=facts.store)
    return None


def _dump(name: str) -> Response:
    visit = this_visit()
    first, _, rest = name.partition("/")
    is_named = bool(IDENTIFIER.fullmatch(first))
    dumps = _set_of(visit.facts, first) if is_named else dump_set(visit.facts)
    asked = rest if is_named else name
    if dumps is None or (asked not in dumps.names and asked != CHECKSUMS):
        abort(404)
    response = _checksums(dumps) if asked == CHECKSUMS else _file(visit, dumps, asked)
    return response


def _file(visit: Visit, dumps: DumpSet, name: str) -> Response:
    digest = dumps.digest(name)
    response = send_file(
        dumps.path(name),
        mimetype=media_type_of(name),
        as_attachment=not name.startswith("tables/"),
        download_name=Path(name).name.replace("krajina", f"krajina-{dumps.edition.identifier}", 1),
        etag=digest.sha256[:32],
        last_modified=_last_modified(dumps.edition),
        conditional=True,
        max_age=MAX_AGE_S,
    )
    response.content_type = _content_type(name)
    response.cache_control.public = True
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(digest.sha256)).decode()}:"
    description = _description_of(name)
    if description:
        target = visit.links.path(request.path.removesuffix(name) + description)
        response.headers["Link"] = f'<{target}>; rel="describedby"; type="{CSVW_TYPE}"'
    return response


def _checksums(dumps: DumpSet) -> Response:
    response = make_response(dumps.checksums())
    response.content_type = "text/plain; charset=utf-8"
    response.set_etag(f"{dumps.edition.identifier}-sums")
    response.make_conditional(request)
    return response


def _description_of(name: str) -> str:
    if name.startswith("tables/") and name.endswith(".csv"):
        return DESCRIPTION
    return NETWORK_DESCRIPTION if name == "krajina.csv" else ""


def _content_type(name: str) -> str:
    suffix = name.rpartition(".")[2]
    media_type = media_type_of(name)
    if suffix in BINARY:
        return media_type
    return f"{media_type}; charset=utf-8{'; header=present' if suffix == 'csv' else ''}"


def _last_modified(edition: Edition) -> datetime | None:
    return datetime.combine(date.fromisoformat(edition.modified), time(), UTC) if edition.modified else None


def _set_of(facts: Facts, identifier: str) -> DumpSet | None:
    """Give the files of an edition by its identifier: of the served one, or of one that is kept."""
    if identifier == facts.edition.identifier:
        return dump_set(facts)
    kept = history_of(facts.settings).find(identifier) if facts.edition.path.name else None
    return _kept_set(facts, _unpacked(facts, kept)) if kept else None


def _unpacked(facts: Facts, kept: KeptEdition) -> Path:
    """Give the plain statements of an earlier edition, in the folder of its files."""
    path = facts.edition.path.parent / "dumps" / kept.identifier / "edition.nq"
    if not path.is_file():
        make_folder(path.parent)
        write_whole(path, partial(_unpack, kept.statements))
    return path


def _unpack(packed: Path, path: Path) -> None:
    with gzip.open(packed) as lines, path.open("wb") as out:
        shutil.copyfileobj(lines, out)


@kept()
def _kept_set(facts: Facts, statements: Path) -> DumpSet:
    """Make the files of an earlier edition from its statements; its tables are not kept."""
    kept = history_of(facts.settings).find(statements.parent.name)
    assert kept
    edition = Edition(kept.identifier, kept.modified, kept.quads, dict(kept.named_graphs), 0, statements)

    @cache
    def contents() -> tuple[nx.MultiDiGraph, Library]:
        with edition.open() as store:
            library = read_library(store, facts.iris, facts.settings.home)
            return build_network(store, library), library

    return DumpSet(edition, statements.parent, facts.settings.base, about(edition, facts.edition.tables), contents)


@kept(1)
def _folder(_: Facts) -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="krajina-")
