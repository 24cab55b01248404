"""Sentences of a DOCX that people went on editing, against those that were written into it and those told today.

A sentence is found by its bookmark, which word processors keep; what is written before or after one is not read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree as ET

from graph.errors import InputError

__all__ = ["Finding", "Sentence", "Verdict", "read_marks", "verify"]

MOST_BYTES = 64 * 2**20
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = re.compile(r"s[0-9]{1,6}\Z")
SPACES = frozenset({f"{WORD}tab", f"{WORD}br", f"{WORD}cr"})


@dataclass(frozen=True)
class Sentence:
    """A sentence with what it rests on: IRIs of records and sources, or where no record tells it the ground."""

    identifier: str
    text: str
    records: Sequence[str]
    sources: Sequence[str]
    ground: str


class Verdict(StrEnum):
    """What became of a sentence; the value is how it is told."""

    SAME = "unchanged"
    EDITED = "edited by hand"
    CHANGED = "record changed since"
    BOTH = "edited by hand, and record changed since"
    GONE = "not told any more"
    REMOVED = "removed by hand"
    NEW = "told today only"


@dataclass(frozen=True)
class Finding:
    """A sentence with its verdict: as it stands in the file, was written, and is told today ("" for none)."""

    identifier: str
    verdict: Verdict
    stands: str
    written: str
    today: str


def read_marks(docx: Path) -> Mapping[str, str]:
    """Read the texts of the sentences of a DOCX by their identifiers; deletions that are tracked are not of the text.

    Raises
    ------
    InputError
        It is no DOCX, too large, or without sentences; the text names the file.
    """
    try:
        with zipfile.ZipFile(docx) as package, package.open("word/document.xml") as part:
            markup = part.read(MOST_BYTES + 1)
        if len(markup) > MOST_BYTES:
            raise InputError(f"{docx}: its text is longer than {MOST_BYTES // 2**20} MB")
        if b"<!DOCTYPE" in markup:
            raise InputError(f"{docx}: its text declares entities of its own, which no word processor writes")
        document = ET.fromstring(markup)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, EOFError, RuntimeError, ET.ParseError) as error:
        raise InputError(f"{docx}: this is no DOCX that can be read: {error}") from error
    opened: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    for node in document.iter():
        if node.tag == f"{WORD}bookmarkStart" and MARK.match(name := node.get(f"{WORD}name", "")):
            opened[node.get(f"{WORD}id", "")] = name
            texts.setdefault(name, [])
        elif node.tag == f"{WORD}bookmarkEnd":
            opened.pop(node.get(f"{WORD}id", ""), None)
        elif node.tag == f"{WORD}t" or node.tag in SPACES:
            for name in opened.values():
                texts[name].append(node.text or "" if node.tag == f"{WORD}t" else " ")
    if not texts:
        raise InputError(
            f"{docx}: there are no marks of sentences in it; it is no report, or its bookmarks were removed"
        )
    return {name: _plain("".join(parts)) for name, parts in texts.items()}


def verify(marks: Mapping[str, str], written: Sequence[Sentence], today: Sequence[Sentence]) -> Sequence[Finding]:
    """Compare the sentences of a file with those written into it, and these with those told today of the same records.

    Parameters
    ----------
    marks : mapping
        Texts of the file by identifier, see `read_marks`.
    written, today : sequence of Sentence
        In the order of the document.

    Returns
    -------
    sequence of Finding
        One for each sentence that was written, in their order, then those that are told today only.
    """
    pairs, added = _paired(written, today)
    found = []
    for sentence in written:
        other = pairs.get(sentence.identifier)
        stands = marks.get(sentence.identifier, "")
        is_edited = stands != _plain(sentence.text)
        is_changed = other is not None and _plain(other.text) != _plain(sentence.text)
        if not stands:
            verdict = Verdict.REMOVED
        elif other is None:
            verdict = Verdict.GONE
        elif is_edited:
            verdict = Verdict.BOTH if is_changed else Verdict.EDITED
        else:
            verdict = Verdict.CHANGED if is_changed else Verdict.SAME
        now = _plain(other.text) if other else ""
        found.append(Finding(sentence.identifier, verdict, stands, _plain(sentence.text), now))
    return (*found, *(Finding("", Verdict.NEW, "", "", _plain(each.text)) for each in added))


def _paired(
    written: Sequence[Sentence], today: Sequence[Sentence]
) -> tuple[Mapping[str, Sentence], Iterable[Sentence]]:
    """Pair sentences on the same records in order, between such pairs those that share a record, then moved ones.

    A sentence that counts rests on more records when there are more: it is the same sentence all the same.
    """
    old, new = ([_key(each) for each in side] for side in (written, today))
    pairs: dict[str, Sentence] = {}
    left: list[Sentence] = []
    added: list[Sentence] = []
    for kind, since, until, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = written[since:until], list(today[first:last])
        if kind == "equal":
            pairs |= {one.identifier: other for one, other in zip(before, after, strict=True)}
        else:
            left += _take(pairs, before, after, lambda one, other: bool(set(one.records) & set(other.records)))
            added += after
    _take(pairs, left, added, lambda one, other: _key(one) == _key(other))
    return pairs, added


def _take(
    pairs: dict[str, Sentence],
    before: Iterable[Sentence],
    after: list[Sentence],
    are_same: Callable[[Sentence, Sentence], bool],
) -> Sequence[Sentence]:
    """Pair each with the first that is left of `after`, which loses it; give those that found none."""
    lonely = []
    for one in before:
        other = next((each for each in after if are_same(one, each)), None)
        if other is None:
            lonely.append(one)
        else:
            pairs[one.identifier] = other
            after.remove(other)
    return lonely


def _key(sentence: Sentence) -> tuple[tuple[str, ...], str]:
    return tuple(sentence.records), sentence.ground


def _plain(text: str) -> str:
    """Make white space single: how a word processor keeps it is no edit."""
    return " ".join(text.split())
