"""axe-core on a page, told in words: which rule, where, and what axe has to say about it."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.bestanden import AXE

REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_goed: set[int] = set()
"""The looks of text that axe found readable, by number (axe.js): the same on another page needs no second look."""


def check(page: Page, width: int) -> list[str]:
    """What axe finds on the page at this width; empty is good."""
    if not page.evaluate("() => Boolean(window.proef)"):
        page.add_script_tag(url=AXE)
    found: dict[str, Any] = page.evaluate("([tags, known]) => proef(tags, known)", [REGELS, list(_goed)])
    _goed.update(found["passed"])
    return [
        f"{width} px: {violation['id']} ({violation['impact']}) bij {', '.join(map(str, node['target']))}: "
        f"{' '.join(str(node.get('failureSummary', '')).split())}\n      {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page, width: int) -> list[str]:
    """What sticks out of a window this wide: WCAG 1.4.10 wants no scrolling sideways at 320 pixels."""
    found: list[str] = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          if (document.scrollingElement.scrollWidth <= room) return [];
          const inOwnScroller = el => {
            for (let up = el.parentElement; up && up !== document.body; up = up.parentElement) {
              if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
            }
            return false;
          };
          return [...document.body.querySelectorAll('*')]
            .filter(el => el.getBoundingClientRect().right > room + 1 && !inOwnScroller(el))
            .slice(0, 4)
            .map(el => `${el.tagName.toLowerCase()}.${[...el.classList].join('.')} tot ${Math.round(el.getBoundingClientRect().right)}`);
        }"""
    )
    if not found and page.evaluate(
        "document.scrollingElement.scrollWidth > document.documentElement.clientWidth"
    ):
        found = ["onbekend wat"]
    return [f"{width} px: steekt uit: {what}" for what in found]
