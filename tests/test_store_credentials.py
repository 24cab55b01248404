"""What a remote store is told of who asks: read from a file, sent to that store alone, and never shown."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from graph import open_store
from graph.errors import QueryError, SettingsError, StoreError
from graph.sparql.engines.exchange import Credentials
from graph.sparql.engines.remote import RemoteQueries, RemoteStore
from graph.views.facts import Facts
from tests.conftest import Built
from tests.strangers import MISBEHAVIOURS, Stranger
from webapp.app import create_app
from webapp.request.site import Site

QUERY = "ASK { ?s ?p ?o }"


def test_password_goes_as_basic_and_token_as_bearer(strange: Stranger, tmp_path: Path) -> None:
    file = tmp_path / "credentials"
    for line, told in (
        ("anna:tajné heslo\n", "Basic YW5uYTp0YWpuw6kgaGVzbG8="),
        ("Bearer abc.def\n", "Bearer abc.def"),
    ):
        file.write_text(line, encoding="utf-8")
        assert open_store(strange.address, credentials=str(file)).ask(QUERY) is True
        assert strange.requests[-1][1]["authorization"] == told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hunter2secret", "holds no credentials"),
        (b"", "holds no credentials"),
        (b"anna:hunter2secret\nbela:hunter2secret", "more than one line"),
        (b"anna:\xff hunter2secret", "no text in UTF-8"),
        (None, "No such file"),
    ],
)
def test_file_without_them_is_told_and_not_its_content(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "credentials"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=said) as caught:
        Credentials.read(file)
    assert str(file) in str(caught.value)
    assert "hunter2secret" not in "".join(traceback.format_exception(caught.value))


def test_they_do_not_belong_into_the_address() -> None:
    with pytest.raises(SettingsError, match="KRAJINA_STORE_CREDENTIALS") as caught:
        RemoteStore("https://anna:hunter2secret@example.org/sparql")
    assert "hunter2secret" not in str(caught.value)


def test_they_are_never_shown(
    strange: Stranger, small: Built, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told = Credentials("anna", "hunter2secret")
    body = b"you said hunter2secret, which is wrong"
    for status in (b"401 No", b"400 Bad", b"500 Oops"):
        start = b"HTTP/1.1 " + status + b"\r\nContent-Type: text/plain\r\n\r\n" + body
        monkeypatch.setitem(MISBEHAVIOURS, "repeats", (lambda _it, out, start=start: out(start), ""))
        strange.manner = "repeats"
        settings = replace(small.settings, store=strange.address)
        there = RemoteStore(strange.address, credentials=told)
        client = create_app(Site(Facts(settings, small.edition, there), RemoteQueries(settings, there))).test_client()
        texts = [client.get(address).text for address in ("/agreements", "/sparql?query=ASK%7B%7D", "/about")]
        with pytest.raises((StoreError, QueryError)) as caught:
            there.ask("ASK {")
        texts += ["".join(traceback.format_exception(caught.value)), repr(told), repr(vars(there)), repr(settings)]
        assert not [text for text in [*texts, caplog.text] if "hunter2secret" in text]
