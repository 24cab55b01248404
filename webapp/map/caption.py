"""What a view says of itself: how much it shows and hides, and where it comes from; the same in every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import Response

from graph.views.scene import Scene, scene_of
from graph.views.scene_counts import left_out, undated_ties
from webapp.map.addresses import LinkedView
from webapp.map.time import change_sentence, span_words
from webapp.map.words import organizations, view_answer, view_title
from webapp.request.language import _, format_number, ngettext
from webapp.request.linked_data import LICENSE
from webapp.request.visit import Visit
from webapp.words.typography import format_date, typo

__all__ = ["Provenance", "add_links", "caption", "group_sentence", "lines", "provenance"]


@dataclass(frozen=True)
class Provenance:
    """What a file says of itself.

    Attributes
    ----------
    title, sentence : str
        What the view is of, and what it shows.
    day : str
        The day whose state is shown, ISO 8601.
    edition, modified : str
        Identifier of the edition, and the day of its data.
    address : str
        Address of the same view, under the base IRI.
    note : str
        Edition, days and licence in a sentence for people.
    """

    title: str
    sentence: str
    day: str
    edition: str
    modified: str
    address: str
    note: str
    licence: str = LICENSE

    def texts(self) -> Mapping[str, str]:
        """Names, as Dublin Core has them where it can, and values."""
        return {
            "title": self.title, "description": self.sentence, "license": self.licence, "valid": self.day,
            "edition": self.edition, "modified": self.modified, "source": self.address,
        }  # fmt: skip


def provenance(visit: Visit, scene: Scene, view: LinkedView) -> Provenance:
    """Say where what a view shows comes from."""
    edition, lang = visit.facts.edition, visit.language
    title = view_title(visit, view.view)
    sentence = " ".join(filter(None, (view_answer(visit, scene), change_sentence(visit, scene))))
    day, modified = scene.days.day.isoformat(), edition.modified or ""
    note = _(
        "Krajina, edition %(edition)s of %(modified)s, state as of %(day)s. Licence CC BY 4.0: %(licence)s",
        edition=edition.identifier, modified=format_date(modified, lang=lang) or "–",
        day=format_date(day, lang=lang), licence=LICENSE,
    )  # fmt: skip
    return Provenance(
        title=typo(title, lang=lang),
        sentence=typo(sentence, lang=lang),
        day=day,
        edition=edition.identifier,
        modified=modified,
        address=visit.links.under_base(view.without_choice().address()),
        note=typo(note, lang),
    )


def add_links(response: Response, about: Provenance) -> None:
    """Name licence and view in the head of an answer too, for formats that have no room for them, such as CSV.

    References
    ----------
    RFC 8288 (Web Linking); RFC 4946 (relation "license").
    """
    response.headers.add("Link", f'<{about.licence}>; rel="license"')
    response.headers.add("Link", f'<{about.address}>; rel="alternate"; type="text/html"')


def caption(visit: Visit, scene: Scene, view: LinkedView) -> tuple[str, ...]:
    """Say in sentences what is shown and what is hidden; how to read it is the same for all views."""
    sentences = (
        _shown(visit, scene),
        _grouped(scene) if view.tab not in ("table", "geo") else "",
        _span(scene) or lines(visit, scene),
        _hidden(visit, scene),
        _undated(visit, scene),
    )
    return tuple(filter(None, sentences))


def group_sentence(scene: Scene) -> str:
    """Say that the picture shows groups, and what to do about it; "" when it shows none."""
    groups = scene.drawn.groups
    if not groups:
        return ""
    members = sum(len(group.members) for group in groups.values())
    return ngettext(
        "The picture puts %(organizations)s together to %(num)s group; open it, or narrow the choice.",
        "The picture puts %(organizations)s together to %(num)s groups; open them, or narrow the choice.",
        len(groups), organizations=organizations(members),
    )  # fmt: skip


def _shown(visit: Visit, scene: Scene) -> str:
    records = len({iri for tie in scene.shown.ties for iri in tie.relations})
    return _(
        "Shown: %(nodes)s, %(ties)s; records below them: %(records)s.",
        nodes=organizations(len(scene.shown.distance)),
        ties=_ties(len(scene.shown.ties)),
        records=format_number(records, lang=visit.language),
    )


def _grouped(scene: Scene) -> str:
    """Say how the picture counts where it shows groups."""
    drawn = scene.drawn
    if not drawn.groups:
        return ""
    return _(
        "In the picture, groups have a double outline with the number of their organizations: %(nodes)s and %(lines)s;"
        " %(inner)s within groups.",
        nodes=ngettext("%(num)s node", "%(num)s nodes", len(drawn.shown.distance)),
        lines=ngettext("%(num)s line", "%(num)s lines", len(drawn.shown.ties)),
        inner=_ties(sum(group.inner for group in drawn.groups.values())),
    )


def _span(scene: Scene) -> str:
    words = span_words(scene.view.span)
    return (
        _(
            "Years %(span)s: full lines held in them, dashed ones had ended or were suspended, dotted ones are not "
            "verified.",
            span=words,
        )
        if words
        else ""
    )


def lines(visit: Visit, scene: Scene) -> str:
    """Say what the lines mean on the day, by the rule of states; the same on the page and in all files of a picture."""
    if scene.days.is_past:
        return _(
            "Full lines were valid by dates, or by a source of that day or later; dotted ones are not verified, dashed "
            "ones had ended or were suspended."
        )
    return _(
        "Full lines are valid by dates, or by a source of the last %(years)s years; dotted ones are shown by older or "
        "undated sources only or not verified, dashed ones have ended or are suspended.",
        years=visit.facts.settings.evidence_years,
    )


def _hidden(visit: Visit, scene: Scene) -> str:
    """Say what the choice hides within the same steps of the same organization, and what had not begun."""
    missing = left_out(visit.facts, scene)
    sentences = []
    if missing.organizations or missing.ties:
        where = _("The choice hides: %(nodes)s, %(ties)s.") if scene.view.whole or scene.view.between else _(
            "The choice hides within the same steps: %(nodes)s, %(ties)s."
        )  # fmt: skip
        sentences.append(where % {"nodes": organizations(missing.organizations), "ties": _ties(missing.ties)})
    if missing.later:
        sentences.append(
            ngettext(
                "%(num)s record that began later is not shown.",
                "%(num)s records that began later are not shown.",
                missing.later,
            )
        )
    return " ".join(sentences)


def _undated(visit: Visit, scene: Scene) -> str:
    if scene.view.undated:
        count = len(undated_ties(visit.facts, scene))
        return ngettext("%(num)s tie has no date at all.", "%(num)s ties have no date at all.", count) if count else ""
    with_undated = scene_of(visit.facts, replace(scene.view, undated=True), scene.days)
    count = len(undated_ties(visit.facts, with_undated))
    return ngettext(
        "%(num)s tie without any date is hidden.", "%(num)s ties without any date are hidden.", count
    ) if count else ""  # fmt: skip


def _ties(number: int) -> str:
    return ngettext("%(num)s tie", "%(num)s ties", number)
