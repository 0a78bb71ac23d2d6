"""axe-core on a page, told in words: which rule, where, and what axe has to say about it."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check(page: Page, width: int) -> list[str]:
    """What axe finds on the page at this width; empty is good."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false})"
        ".then(result => result.violations)",
        REGELS,
    )
    return [
        f"{width} px: {violation['id']} ({violation['impact']}) bij {', '.join(map(str, node['target']))}: "
        f"{' '.join(str(node.get('failureSummary', '')).split())}\n      {node['html'][:160]}"
        for violation in found
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
