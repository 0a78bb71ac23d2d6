"""Pictures of pages in var/beelden, for who asks for them: BEELDEN=1 make test."""

import os
import re
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

HOOGTE = {1366: 768, 390: 844, 320: 844}
HOOGST = 6000


def take(page: Page, name: str, widths: tuple[int, ...]) -> None:
    """Take the whole page at each width, in a window so high that its bars stand where they belong; then as it was."""
    if not os.environ.get("BEELDEN"):
        return
    before = page.viewport_size
    folder = Path(settings.BASE_DIR) / "var" / "beelden"
    folder.mkdir(parents=True, exist_ok=True)
    safe = re.sub(r"[^\w-]+", "-", name).strip("-")
    for width in widths:
        page.set_viewport_size({"width": width, "height": HOOGTE[width]})
        height = min(page.evaluate("document.scrollingElement.scrollHeight"), HOOGST)
        page.set_viewport_size({"width": width, "height": max(height, HOOGTE[width])})
        page.screenshot(path=folder / f"{safe}-{width}.png", animations="disabled")
    if before:
        page.set_viewport_size(before)
