"""Een zip waarvan de bytes alleen volgen uit wat erin zit: vaste volgorde, vaste tijd, vaste rechten."""

import io
import zipfile
from collections.abc import Iterable

BEGIN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip knows: when a file was packed tells nothing about it."""


def pack(bestanden: Iterable[tuple[str, bytes]], *, los: Iterable[str] = ()) -> bytes:
    """Pack in the order given; what is named in `los` isn't compressed."""
    los = frozenset(los)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zip_:
        for naam, inhoud in bestanden:
            regel = zipfile.ZipInfo(naam, BEGIN)
            regel.create_system = 3
            regel.external_attr = 0o644 << 16
            regel.compress_type = zipfile.ZIP_STORED if naam in los else zipfile.ZIP_DEFLATED
            zip_.writestr(regel, inhoud)
    return buffer.getvalue()


def unpack(inhoud: bytes) -> list[tuple[str, bytes]]:
    """Everything in a zip but its folders, in its order."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        return [(regel.filename, zip_.read(regel)) for regel in zip_.infolist() if not regel.is_dir()]
