"""Rules that all templates keep: lines that can be read, and nothing computed that Python should give ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import webapp
from tests.apps import shell_app

FOLDER = Path(webapp.__file__).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
LONGEST_LINE = 160
# What a filter may do: write a value. What selects, sorts, counts out or takes apart is code and belongs to Python.
WRITING = {
    "cs", "date", "lower_first", "money", "number", "typo",  # ours, see webapp/words/typography.py
    "capitalize", "forceescape", "format", "int", "join", "length", "tojson", "upper",
}  # fmt: skip
LONGEST_CHAIN = 2
# Methods of texts and lists, by which a text is taken apart or a list is filled.
TAKING_APART = {name for name in {*dir(str), *dir(list)} if not name.startswith("_")}
ADDRESSES = ("iri", "href", "url", "address")


@pytest.fixture(scope="module")
def environment() -> Environment:
    return shell_app().jinja_env


@pytest.fixture(scope="module")
def trees(environment: Environment) -> dict[str, nodes.Template]:
    """All templates as Jinja reads them, by their paths."""
    return {name_of(path): environment.parse(path.read_text(encoding="utf-8")) for path in TEMPLATES}


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def sliced_addresses(tree: nodes.Node) -> Iterator[int]:
    """Lines in which a part of an address is taken."""
    for item in tree.find_all(nodes.Getitem):
        name = item.node.attr if isinstance(item.node, nodes.Getattr) else getattr(item.node, "name", "")
        if isinstance(item.arg, nodes.Slice) and name.endswith(ADDRESSES):
            yield item.lineno


def taken_apart(tree: nodes.Node) -> list[tuple[int, str]]:
    """Lines and names of methods of texts and lists that are called, and of slices of addresses."""
    called = (call.node for call in tree.find_all(nodes.Call))
    # self.title() is a block of the template, not a method of a text.
    methods = [
        (node.lineno, node.attr)
        for node in called
        if isinstance(node, nodes.Getattr) and getattr(node.node, "name", "") != "self"
    ]
    return [method for method in methods if method[1] in TAKING_APART] + [(n, "[:]") for n in sliced_addresses(tree)]


def chain_of(outer: nodes.Filter) -> list[str]:
    """Names of a chain of filters, the last one first."""
    names = [outer.name]
    inner = outer.node
    while isinstance(inner, nodes.Filter):
        names.append(inner.name)
        inner = inner.node
    return names


def computing_chains(tree: nodes.Node) -> list[tuple[int, str]]:
    """Lines and chains of filters that do more than to write a value."""
    chains = [(outer.lineno, chain_of(outer)) for outer in tree.find_all(nodes.Filter)]
    return [(line, "|".join(chain)) for line, chain in chains if len(chain) > LONGEST_CHAIN or {*chain} - WRITING]


def test_lines_can_be_read() -> None:
    lines = (
        (f"{name_of(path)}:{number}", len(line))
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    )
    assert [place for place, length in lines if length > LONGEST_LINE] == []


def test_no_text_is_taken_apart_and_no_list_filled(trees: dict[str, nodes.Template]) -> None:
    assert {name: taken for name, tree in trees.items() if (taken := taken_apart(tree))} == {}


def test_filters_only_write_values(trees: dict[str, nodes.Template]) -> None:
    assert {name: chains for name, tree in trees.items() if (chains := computing_chains(tree))} == {}


@pytest.mark.parametrize(
    ("source", "offence"),
    [
        ('{{ page.iri.rsplit("/", 1)[-1] }}', (1, "rsplit")),
        ('{% if request.path.startswith("/page/") %}x{% endif %}', (1, "startswith")),
        ("{% set _row = rows.append(1) %}", (1, "append")),
        ("\n{{ page.iri[20:] }}", (2, "[:]")),
    ],
)
def test_rule_finds_what_takes_apart(environment: Environment, source: str, offence: tuple[int, str]) -> None:
    assert taken_apart(environment.parse(source)) == [offence]


@pytest.mark.parametrize(
    "source",
    [
        '{{ rows|map(attribute="total")|join }}',
        '{{ url|replace("mailto:", "") }}',
        "{% for row in rows|sort %}{{ row }}{% endfor %}",
        "{{ rows|length|number|upper }}",
    ],
)
def test_rule_finds_filters_that_compute(environment: Environment, source: str) -> None:
    assert computing_chains(environment.parse(source))


def test_what_only_reads_and_writes_is_allowed(environment: Environment) -> None:
    tree = environment.parse("{% for name, text in page.terms.items() %}{{ text|length|number }}{% endfor %}")
    assert (taken_apart(tree), computing_chains(tree)) == ([], [])


def set_at_the_top(body: list[nodes.Node]) -> Iterator[str]:
    """Names that a template sets for those that extend it."""
    for node in body:
        if isinstance(node, nodes.Assign | nodes.AssignBlock):
            yield from (str(getattr(name, "name", "")) for name in (node.target, *node.target.find_all(nodes.Name)))
        elif isinstance(node, nodes.If):
            yield from set_at_the_top([*node.body, *node.elif_, *node.else_])


def test_template_that_others_extend_takes_no_name_from_their_views(trees: dict[str, nodes.Template]) -> None:
    """What is set at its top stands in their blocks in place of what the view gave under that name."""
    extended = {
        node.template.value
        for tree in trees.values()
        for node in tree.find_all(nodes.Extends)
        if isinstance(node.template, nodes.Const)
    }
    assert "base.html" in extended
    assert {name: found for name in extended if (found := list(set_at_the_top(trees[name].body)))} == {}
