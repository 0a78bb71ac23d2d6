"""De kop van een casus: om wie het gaat, wie de regie heeft, en wat u moet weten voordat u belt."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from casusregie.models import Casus, CasusUserObjectPermission, Regietoewijzing
from skt.autorisatie.rules import permitted
from skt.inwoners.models import Inwoner, VeiligContact
from skt.medewerkers.models import Medewerker
from skt.web.datums import long_date, short_date
from skt.web.templatetags.skt import leeftijd


def people_of(casus: Casus) -> list[Inwoner]:
    """De mensen van de casus, de hoofdpersoon voorop. Wie niet te zien is staat er niet bij."""
    leden = sorted(casus.leden.all(), key=lambda lid: (not lid.is_hoofdpersoon, lid.pk))
    zichtbaar = Inwoner.objects.in_bulk([lid.inwoner_id for lid in leden])
    return [zichtbaar[lid.inwoner_id] for lid in leden if lid.inwoner_id in zichtbaar]


def head_of(
    user: Medewerker, casus: Casus, mensen: list[Inwoner], regie: list[Regietoewijzing]
) -> list[dict[str, Any]]:
    """Voor components/kopgegevens.html."""
    open_ = set(
        permitted(
            user, "inwoners.view_inwoner", Inwoner.objects.filter(pk__in=[m.pk for m in mensen])
        ).values_list("pk", flat=True)
    )
    namen = format_html_join(
        ", ", "{} <span>{}</span>", [(_linked(m, m.pk in open_), _age(m)) for m in mensen]
    )
    gegevens: list[dict[str, Any]] = [{"label": "Mensen", "waarde": namen or "Anoniem", "bij": ""}]
    if mensen:
        gegevens.append({"label": "Adres", **_address(mensen[0])})
    for toewijzing in regie:
        ik = "u, " if toewijzing.medewerker_id == user.pk else ""
        gegevens.append(
            {
                "label": "Casusregisseur" if toewijzing.soort == "casusregie" else "Procesregisseur",
                "waarde": toewijzing.medewerker,
                "bij": f"{ik}{toewijzing.organisatie} · sinds {short_date(toewijzing.van.date())}",
            }
        )
    if casus.evaluatie_op:
        gegevens.append({"label": "Volgende evaluatie", "waarde": long_date(casus.evaluatie_op), "bij": ""})
    return gegevens


def flags_of(casus: Casus, mensen: list[Inwoner]) -> list[dict[str, str]]:
    """Wat gezien moet worden voordat iemand de telefoon pakt."""
    flags = []
    if casus.afgeschermd:
        op_naam = CasusUserObjectPermission.objects.filter(content_object=casus).values_list(
            "user_id", flat=True
        )
        aantal = len({*casus.regisseurs, *op_naam})
        flags.append(
            {
                "icon": "slot",
                "kop": "Afgeschermd",
                "tekst": f"alleen {aantal} {'mens' if aantal == 1 else 'mensen'} op naam.",
                "url": "#k-regie",
                "url_label": "Bekijk wie",
            }
        )
    for inwoner in mensen:
        if inwoner.veilig_contact != VeiligContact.JA:
            tekst = inwoner.veilig_contact_toelichting or "Neem zelf geen contact op."
            kop = inwoner.get_veilig_contact_display()
            flags.append({"icon": "schild", "kop": kop, "tekst": f"{inwoner.naam}: {tekst}"})
        if inwoner.geheim_adres:
            flags.append(
                {
                    "icon": "slot",
                    "kop": "Geheim adres",
                    "tekst": f"{inwoner.naam}. Geef het aan niemand door.",
                }
            )
        if inwoner.tolk_nodig:
            taal = inwoner.taal or "de taal staat er niet bij"
            flags.append({"icon": "gesprek", "kop": "Tolk nodig", "tekst": f"{inwoner.naam}: {taal}."})
    return flags


def _linked(inwoner: Inwoner, is_open: bool) -> Any:
    if not is_open:
        return inwoner.naam
    return format_html(
        '<a href="{}">{}</a>', reverse("intake:inwoner_detail", args=[inwoner.uuid]), inwoner.naam
    )


def _age(inwoner: Inwoner) -> str:
    return leeftijd(inwoner.geboortedatum or inwoner.geboortejaar)


def _address(inwoner: Inwoner) -> dict[str, str]:
    if inwoner.geheim_adres:
        return {"waarde": "Geheim", "bij": "tonen wordt vastgelegd"}
    huis = f"{inwoner.huisnummer or ''}{inwoner.toevoeging}"
    return {"waarde": " ".join(filter(None, [inwoner.postcode, huis])) or "Onbekend", "bij": inwoner.telefoon}
