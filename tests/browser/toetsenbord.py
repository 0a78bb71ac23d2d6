"""Somebody who has no mouse: only keys, in the order in which the page offers its fields."""

from playwright.sync_api import Locator, Page, expect

MEESTE_STAPPEN = 160
HEEFT_FOCUS = """el => {
  const now = document.activeElement;
  return now === el || (el.type === 'radio' && now?.type === 'radio' && now.name === el.name && now.form === el.form);
}"""


class Toetsenbord:
    """Presses keys on a page. `naar` walks with Tab: a field that can't be reached that way fails the test."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.toetsen = 0

    def druk(self, toets: str) -> None:
        self.toetsen += 1
        self.page.keyboard.press(toets)

    def naar(self, waar: Locator, toets: str = "Tab") -> None:
        for _ in range(MEESTE_STAPPEN):
            if waar.evaluate(HEEFT_FOCUS):
                return
            self.druk(toets)
        raise AssertionError(f"met {toets} niet te bereiken: {waar}")

    def schrijf(self, waar: Locator, tekst: str) -> None:
        """Walk to a field and write in it, over what stands there."""
        self.naar(waar)
        self.druk("Control+a")
        self.page.keyboard.type(tekst)

    def kies(self, waar: Locator, label: str) -> None:
        """Walk to a select and go down (or up) to the option with this label."""
        self.naar(waar)
        stappen: int = waar.evaluate(
            """(el, label) => {
              const wanted = [...el.options].findIndex(option => option.label.startsWith(label));
              return wanted < 0 ? 9999 : wanted - el.selectedIndex;
            }""",
            label,
        )
        assert stappen != 9999, f"geen keuze {label!r} in {waar}"
        for _ in range(abs(stappen)):
            self.druk("ArrowDown" if stappen > 0 else "ArrowUp")

    def zet(self, keuze: Locator) -> None:
        """Walk to the group of this radio button and go to it with the arrows."""
        self.naar(keuze)
        if not self.page.evaluate("document.activeElement.checked"):
            self.druk("Space")
        for _ in range(MEESTE_STAPPEN):
            if keuze.is_checked():
                return
            self.druk("ArrowDown")
        raise AssertionError(f"met de pijlen niet te bereiken: {keuze}")

    def vink(self, vakje: Locator, toets: str = "Tab") -> None:
        self.naar(vakje, toets)
        if not vakje.is_checked():
            self.druk("Space")
        expect(vakje).to_be_checked()

    def activeer(self, waar: Locator) -> None:
        """Walk to a link or button and press Enter."""
        self.naar(waar)
        self.druk("Enter")


class Teller:
    """Counts honestly what somebody does in a call: every field that is filled is 1, every key or chord and every click beside
    it is 1. Tab, arrows, Space and the key that opens the call count; only the letters typed in a field don't count apart."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.handelingen: list[str] = []

    def druk(self, toets: str) -> None:
        self.handelingen.append(toets)
        self.page.keyboard.press(toets)

    def typ(self, tekst: str) -> None:
        """Fill the field that has the focus now."""
        self.handelingen.append("veld")
        self.page.keyboard.type(tekst)

    @property
    def aantal(self) -> int:
        return len(self.handelingen)
