"""Een werkboek als ODS (odfdo): de koprij is een echte koprij, staat vast, en getallen zijn getallen.

The tables are written as XML and handed to odfdo whole: cell by cell, a year takes the better part of a minute.
"""

import io
import re
from collections.abc import Callable, Iterable
from datetime import UTC
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Element

from rapportage.bestanden.inpakken import pack, unpack
from rapportage.bestanden.rekenblad import UITLEG, Blad, Waarde, Werkboek

MIME = "application/vnd.oasis.opendocument.spreadsheet"
TAAL = "nl-NL"
PER_TEKEN = 0.21
"""Centimetres of a column per character."""
KOP = '<style:style style:name="kop" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
LANG = (
    '<style:style style:name="uitleg" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"'
    ' style:vertical-align="top"/></style:style>'
)
_WEG = re.compile(r"Thumbnails/|Configurations2/")
_MOMENT = re.compile(rb"(<(meta:creation-date|dc:date)>)[^<]*(</)")
_GENOEMD = re.compile(rb"\s*<manifest:file-entry[^>]*(Thumbnails|Configurations2)/[^>]*/>")
_GEMAAKT = re.compile(rb"<meta:generator>[^<]*</meta:generator>")


def write_ods(werkboek: Werkboek) -> bytes:
    document = Document("spreadsheet")
    document.body.clear()
    meta = document.meta
    meta.title, meta.subject, meta.language = werkboek.titel, werkboek.onderwerp, TAAL
    meta.creator = meta.initial_creator = "Sociaal Kernteam Wassenaar"
    breedtes = sorted({breedte for blad in werkboek.bladen for breedte in blad.breedtes})
    automatisch = document.content.get_element("//office:automatic-styles")
    for stijl in (KOP, LANG, *map(_column_style, breedtes)):
        automatisch.append(Element.from_tag(stijl))
    for blad in werkboek.bladen:
        document.body.append(Element.from_tag(_table(blad)))
    buffer = io.BytesIO()
    document.save(buffer)
    return _pack_again(werkboek, buffer.getvalue())


def _pack_again(werkboek: Werkboek, geschreven: bytes) -> bytes:
    """Without the time of saving and the preview of the empty template; the settings of our own sheets."""
    moment = werkboek.op.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S").encode()
    vervangen: dict[str, Callable[[bytes], bytes]] = {
        "meta.xml": lambda inhoud: _GEMAAKT.sub(
            b"<meta:generator>SKT-loket</meta:generator>", _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", inhoud)
        ),
        "settings.xml": lambda _inhoud: _settings(werkboek.bladen).encode(),
        "META-INF/manifest.xml": lambda inhoud: _GENOEMD.sub(b"", inhoud),
    }
    return pack(
        (
            (naam, vervangen[naam](inhoud) if naam in vervangen else inhoud)
            for naam, inhoud in unpack(geschreven)
            if not _WEG.match(naam)
        ),
        los=["mimetype"],
    )


def _column_style(breedte: int) -> str:
    return (
        f'<style:style style:name="breed{breedte}" style:family="table-column"><style:table-column-properties'
        f' style:column-width="{breedte * PER_TEKEN:.2f}cm"/></style:style>'
    )


def _table(blad: Blad) -> str:
    stijl = "uitleg" if blad.naam == UITLEG else ""
    kolommen = "".join(
        f'<table:table-column table:style-name="breed{breedte}"/>' for breedte in blad.breedtes
    )
    rijen = "".join(_row(rij, stijl) for rij in blad.rijen)
    return (
        f"<table:table table:name={quoteattr(blad.naam)}><table:title>{escape(blad.titel)}</table:title>{kolommen}"
        f"<table:table-header-rows>{_row(blad.kop, 'kop')}</table:table-header-rows>{rijen}</table:table>"
    )


def _row(rij: Iterable[Waarde], stijl: str) -> str:
    return f"<table:table-row>{''.join(_cell(waarde, stijl) for waarde in rij)}</table:table-row>"


def _cell(waarde: Waarde, stijl: str) -> str:
    """A formula is an attribute in this format; a text is never one, whatever it begins with."""
    vorm = f' table:style-name="{stijl}"' if stijl else ""
    getal = isinstance(waarde, int)
    soort = f'office:value-type="float" office:value="{waarde}"' if getal else 'office:value-type="string"'
    return f"<table:table-cell{vorm} {soort}><text:p>{escape(str(waarde))}</text:p></table:table-cell>"


def _settings(bladen: Iterable[Blad]) -> str:
    """Every sheet with its first row frozen."""

    def item(naam: str, soort: str, waarde: object) -> str:
        return f'<config:config-item config:name="{naam}" config:type="{soort}">{waarde}</config:config-item>'

    vast = (
        item("HorizontalSplitMode", "short", 0) + item("VerticalSplitMode", "short", 2)
        + item("HorizontalSplitPosition", "int", 0) + item("VerticalSplitPosition", "int", 1)
        + item("ActiveSplitRange", "short", 2) + item("PositionTop", "int", 0) + item("PositionBottom", "int", 1)
    )  # fmt: skip
    tabellen = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(blad.naam)}>{vast}</config:config-item-map-entry>"
        for blad in bladen
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-settings'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        f"<config:config-item-map-entry>{item('ViewId', 'string', 'view1')}"
        f'<config:config-item-map-named config:name="Tables">{tabellen}</config:config-item-map-named>'
        f"{item('ActiveTable', 'string', UITLEG)}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )
