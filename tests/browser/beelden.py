"""Pictures of pages, kept as build output in var/beelden."""

import re
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

HOOGTE = {1366: 768, 390: 844, 320: 844}


def take(page: Page, name: str, widths: tuple[int, ...]) -> None:
    """Take the whole page at each width; the window keeps the width it had."""
    before = page.viewport_size
    folder = Path(settings.BASE_DIR) / "var" / "beelden"
    folder.mkdir(parents=True, exist_ok=True)
    safe = re.sub(r"[^\w-]+", "-", name).strip("-")
    for width in widths:
        page.set_viewport_size({"width": width, "height": HOOGTE[width]})
        page.screenshot(path=folder / f"{safe}-{width}.png", full_page=True, animations="disabled")
    if before:
        page.set_viewport_size(before)
