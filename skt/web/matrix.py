"""The score matrix: a form with six fields per leefgebied, as the rows that components/matrix.html draws."""

from typing import Any

from django.forms import BaseForm, BoundField

from skt.web.grafieken import read
from skt.web.leefgebieden import LEEFGEBIEDEN, SCOREWOORDEN

HOOFDVELDEN = (("toelichting", "Toelichting"), ("eigen_kracht", "Eigen kracht"), ("netwerk", "Netwerk"))
"""Always in sight in the detail of a leefgebied."""
MEERVELDEN = (("lopende_hulp", "Lopende hulp"), ("wens", "Wens"))
"""Behind "Lopende hulp en wens", open when one of them holds something."""


METHODE_OP_PAGINA = "uitvraagmethode"
"""Name of the hidden input that says which version of the questions the page showed."""


def _score(field: BoundField) -> int | None:
    text = str(field.value() if field.value() is not None else "")
    return int(text) if text in {str(score) for score in SCOREWOORDEN} else None


def _fields(form: BaseForm, key: str, wanted: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    found = [(form[f"{name}_{key}"], label) for name, label in wanted if f"{name}_{key}" in form.fields]
    return [{"veld": field, "label": label} for field, label in found]


def _choices(field: BoundField, score: int | None) -> list[dict[str, Any]]:
    options = [
        {"waarde": str(value), "teken": str(value), "klasse": str(value), "uitleg": f"{value}, {words}"}
        for value, words in SCOREWOORDEN.items()
    ]
    options.append({"waarde": "", "teken": "n.b.", "klasse": "n", "uitleg": "n.b., niet besproken"})
    chosen = "" if score is None else str(score)
    for index, option in enumerate(options):
        option["id"] = f"{field.auto_id}_{index}"
        option["gekozen"] = option["waarde"] == chosen
    return options


def read_matrix(form: BaseForm, opened: str = "") -> dict[str, Any]:
    """Rows, how many leefgebieden are discussed, their scores, and which row is open.

    Open is the first with an error, else the asked leefgebied, else the one that was open when the form was sent,
    else the lowest score, else the first with a question to ask first, else the first. A form with `gevraagd`
    (questions per leefgebied) has them shown where the answer goes, one with `eerder` (earlier scores) and
    `eerder_gezegd` (what was said then) has those beside the new ones.
    """
    asked = getattr(form, "gevraagd", {})
    earlier = getattr(form, "eerder", {})
    said = getattr(form, "eerder_gezegd", {})
    rows = []
    for gebied in LEEFGEBIEDEN:
        field = form[f"score_{gebied.sleutel}"]
        score = _score(field)
        main = _fields(form, gebied.sleutel, HOOFDVELDEN)
        more = _fields(form, gebied.sleutel, MEERVELDEN)
        rows.append(
            {
                "gebied": gebied,
                "veld": field,
                "score": score,
                "keuzes": _choices(field, score),
                "velden": main,
                "meer": more,
                "meer_open": any(item["veld"].value() or item["veld"].errors for item in more),
                "vragen": asked.get(gebied.sleutel, []),
                "eerder": earlier.get(gebied.sleutel),
                "toen": said.get(gebied.sleutel, ""),
                "fout": bool(field.errors) or any(item["veld"].errors for item in main + more),
            }
        )
    keys = [row["gebied"].sleutel for row in rows]
    name = form.add_prefix("open_leefgebied")
    sent = str(form.data.get(name, "")) if form.is_bound else ""
    faulty = [row["gebied"].sleutel for row in rows if row["fout"]]
    known = sorted((row["score"], index) for index, row in enumerate(rows) if row["score"] is not None)
    lowest = [keys[index] for _, index in known[:1]]
    first_asked = [
        row["gebied"].sleutel for row in rows if any(read(vraag, "eerst") for vraag in row["vragen"])
    ]
    candidates = [key for key in [*faulty, opened, sent, *lowest, *first_asked] if key in keys]
    return {
        "methode": getattr(form, "methode", None),
        "naam_methode": METHODE_OP_PAGINA,
        "eerder": earlier,
        "regels": rows,
        "naam_open": name,
        "open": (candidates or keys)[0],
        "besproken": len(known),
        "scores": {row["gebied"].sleutel: row["score"] for row in rows},
        "laagste": [rows[index]["gebied"].label for score, index in known if score == known[0][0]],
    }
