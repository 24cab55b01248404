"""Walks through the site as somebody with a task does, and counts the steps: what is typed and what is clicked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

__all__ = ["Walk"]


class Walk:
    """A walk from the home page.

    Parameters
    ----------
    page : Page
        With its width; `base_url` of its context is that of the server.
    task : str
        Its name, as it is printed.
    language : str
        Tag of the language of the pages.

    Notes
    -----
    A step is a text typed and sent, or a click. Each is kept in words, so that a walk that grew longer tells where.
    """

    def __init__(self, page: Page, task: str, language: str) -> None:
        self.page, self.task, self.language = page, task, language
        self.steps: list[str] = []
        page.goto(f"/?{urlencode({'lang': language})}")

    def search(self, text: str) -> None:
        """Type a text into the search of the page and send it by the keyboard."""
        self.page.fill("#q", text)
        self.page.press("#q", "Enter")
        self.page.wait_for_url("**/search?**")
        self.steps.append(f"search “{text}”")

    def click(self, target: Locator, name: str = "") -> None:
        """Click what is seen; `name` is what it is called among the steps, its text when left out."""
        expect(target).to_be_visible()
        self.steps.append(name or " ".join(target.inner_text().split()))
        target.click()
        self.page.wait_for_load_state()

    def fill(self, field: Locator, text: str) -> None:
        """Type or paste a text into a field of a form, or choose the option that is called so in a list."""
        expect(field).to_be_visible()
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)
        self.steps.append(f"write “{' · '.join(text.split())}”")

    def download(self, target: Locator, name: str = "") -> Path:
        """Click what downloads a file, and give the path of the file."""
        expect(target).to_be_visible()
        self.steps.append(name or " ".join(target.inner_text().split()))
        with self.page.expect_download() as download:
            target.click()
        return Path(download.value.path())

    def end(self, most: int) -> None:
        """Print the steps and hold them to the most that the task may take; nothing lies beside the page."""
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        print(f"{self.task} ({self.language}, {width} px): {len(self.steps)} of {most}: {' → '.join(self.steps)}")
        assert len(self.steps) <= most, self.steps
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width
