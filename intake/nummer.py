"""A number of a melding in an address: the year and a sequence, and nothing else gets as far as a view."""


class NummerConverter:
    """‘2026-0412’."""

    regex = "[0-9]{4}-[0-9]{3,8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)
