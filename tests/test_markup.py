"""What the tests of pages read with is read right itself."""

from __future__ import annotations

import pytest

from tests.markup import parse

PAGE = parse("""<html lang="en"><head><title>T</title><script type="application/ld+json">{"a": "<b>"}</script></head>
<body onload="x()"><h1>One&nbsp;two</h1><h2> three </h2><p id="p">a<b>b</b>, c <i>d</i></p><script src="/s.js"></script>
<form><label><input name="kind" value="x"><span class="n">1 234</span></label><input name="kind" value="y"></form>
<section id="s"><table><thead><tr><th>H</th></tr></thead><tbody><tr><th>1</th><td><a href="/?a=1&amp;b=2">l</a></td>
</tr>
</tbody></table></section>
<dl><dt>term</dt><dd>what</dd></dl><script type="application/json" id="data">[1]</script>
<span class="badge held">valid</span></body></html>""")


def test_texts_have_plain_spaces_and_no_scripts() -> None:
    assert PAGE.headings() == ["One two", "three"]
    paragraph = PAGE.only("#p")
    assert (paragraph.text, paragraph.content, paragraph.own_text) == ("a b, c d", "ab, c d", "a, c")
    assert PAGE.text == "T One two three a b, c d 1 234 H 1 l term what valid"


def test_tables_and_lists() -> None:
    assert PAGE.table() == PAGE.table("s") == [["1", "l"]]
    assert PAGE.table("other") == []
    assert PAGE.column(1) == ["l"]
    assert PAGE.terms() == [("term", "what")]
    assert PAGE.facet("kind") == {"x": 1234}
    assert PAGE.badges() == ["held"]


def test_attributes_links_and_islands() -> None:
    assert PAGE["lang"] == "en" and PAGE.get("class") is None
    assert PAGE.links() == [("/?a=1&b=2", "l")]
    assert PAGE.values("input", "value") == ["x", "y"]
    assert PAGE.island("data") == [1] and PAGE.json_ld() == [{"a": "<b>"}]
    assert len(PAGE.inline_code()) == 1 and PAGE.inline_code()[0].startswith("<body")


def test_an_element_is_not_in_itself_and_what_must_be_there_is_missed() -> None:
    section = PAGE.section("s")
    assert not section.has("section") and section.children()[0].tag == "table"
    with pytest.raises(AssertionError, match="holds no h1"):
        section.first("h1")
    with pytest.raises(ValueError, match="too many"):
        PAGE.only("script")
