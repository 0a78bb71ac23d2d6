"""The one error a person at the keyboard meets: a sentence, no traceback."""


class Startfout(Exception):
    """Something outside the code is wrong; the text is one clear Dutch sentence that says what to do."""
