"""How a field of a record is filled: from which property, as one text, several, or by language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from rdflib import URIRef

__all__ = ["Facts", "Texts", "lists", "many", "single", "texts"]

Texts = Mapping[str, str]
# What the graph says of one subject: predicate IRI -> (text, language tag), sorted by text.
Facts = Mapping[str, tuple[tuple[str, str], ...]]


def single(predicate: URIRef) -> Any:
    """Fill with the text of one value; "" for none."""
    return field(default="", metadata={"predicate": str(predicate), "read": _first})


def many(predicate: URIRef) -> Any:
    """Fill with the texts of all values, sorted."""
    return field(default=(), metadata={"predicate": str(predicate), "read": _all})


def texts(predicate: URIRef) -> Any:
    """Fill with language tag to text."""
    return field(default_factory=dict, metadata={"predicate": str(predicate), "read": _by_language})


def lists(predicate: URIRef) -> Any:
    """Fill with language tag to texts, sorted."""
    return field(default_factory=dict, metadata={"predicate": str(predicate), "read": _lists_by_language})


def _first(values: tuple[tuple[str, str], ...]) -> str:
    return values[0][0]


def _all(values: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(text for text, _ in values)


def _by_language(values: tuple[tuple[str, str], ...]) -> Texts:
    return {tag: text for text, tag in values}


def _lists_by_language(values: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    by_language: dict[str, list[str]] = defaultdict(list)
    for text, tag in values:
        by_language[tag].append(text)
    return {tag: tuple(texts) for tag, texts in by_language.items()}
