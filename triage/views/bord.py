"""Het bord van een team: kolommen met kaarten, en een kaart verplaatsen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2s
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from skt.autorisatie.rules import Refused, get_permitted_or_404, permitted, requires
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker, Rol
from skt.medewerkers.overdracht import VOORUIT, over_te_dragen
from skt.verantwoording.services import record_read
from skt.web.datums import short_day
from skt.web.grafieken import figure
from triage.forms.bord import BordFilterForm, KaartForm
from triage.meekijken import first_read, people, show_up, viewers_of
from triage.models import Aanmelding, Bord, Overleg
from triage.permissions import own_borden
from triage.queries import scores_by_melding
from triage.queries.bord import (
    BLAD,
    MEER,
    PER_KOLOM,
    board_state,
    cards,
    count_borden,
    count_chips,
    filter_board,
    latest_punten,
)
from triage.queries.kent_gezin import known_places
from triage.services import move_card
from triage.status import AanmeldingStatus, OverlegStatus
from triage.views.beeld import card, card_merk, gelezen_aanmeldingen, known_card

KOLOMMEN = [status for status in AanmeldingStatus if status != AanmeldingStatus.AFGEROND]
GRENS = {AanmeldingStatus.VOOR_OVERLEG: 25, AanmeldingStatus.INTAKE: 8, AanmeldingStatus.TE_BELEGGEN: 5}
"""Zoveel kaarten kan het team aan in een kolom [V]: daarboven staat er ‘vol’, maar niemand wordt geweigerd."""
CHIPS = ("mijn", "spoed", "termijn", "niemand")
NIET_IN_ADRES = ("stand", "bekijkt", "laat")
"""Wat een pagina die zichzelf ververst meestuurt, en niet in een adres hoort dat blijft."""
MEESTE_MERKEN = 600
GELEZEN = "triage.board"
Kijkers = Mapping[int, Sequence[Medewerker]]
"""Per melding wie haar nu open heeft."""


@dataclass(frozen=True)
class Vraag:
    """Wat een bord van de server vraagt: welk, gefilterd hoe, hoe diep per kolom, en wat het al heeft."""

    request: HttpRequest
    bord: str
    nu: datetime

    @property
    def user(self) -> Medewerker:
        return self.request.user

    @cached_property
    def diepte(self) -> dict[str, int]:
        """`toon=intake.36`: zoveel kaarten van die kolom; `kolom=intake` alleen: twee bladen."""
        diepte = {}
        if self.open_kolom:
            diepte[self.open_kolom] = PER_KOLOM + BLAD
        for deel in self.request.GET.getlist("toon")[: len(KOLOMMEN)]:
            if gevonden := re.fullmatch(r"([a-z_]{1,14})\.([0-9]{1,4})", deel):
                kolom, aantal = gevonden[1], int(gevonden[2])
                if kolom in KOLOMMEN:
                    diepte[kolom] = min(max(aantal, PER_KOLOM), MEER)
        return diepte

    @property
    def open_kolom(self) -> str:
        gevraagd = self.request.GET.get("kolom", "")
        return gevraagd if gevraagd in KOLOMMEN else ""

    @property
    def bekijkt(self) -> str:
        """De kolom die op een smal scherm open staat; bij het verversen blijft dat zo."""
        gevraagd = self.request.GET.get("bekijkt", "")
        return gevraagd if gevraagd in KOLOMMEN else ""

    @property
    def laat(self) -> str:
        """De kaart die er hoe dan ook bij hoort te staan: iemand verplaatste haar net."""
        return self.request.GET.get("laat", "")[:12].replace("\0", "")

    @cached_property
    def heeft(self) -> dict[str, str]:
        """Per kaart het merk dat de pagina al heeft."""
        delen = self.request.headers.get("SKT-Heb", "").split(",")[:MEESTE_MERKEN]
        return dict(deel.split(":", 1) for deel in delen if ":" in deel)

    def url(self, **anders: str) -> str:
        """Het adres van dit bord zoals het er staat, met iets anders erin."""
        query = self.request.GET.copy()
        for eigen in NIET_IN_ADRES:
            query.pop(eigen, None)
        for naam, waarde in anders.items():
            query[naam] = waarde
        return f"{self.request.path}?{query.urlencode()}"

    def deeper(self, kolom: str, aantal: int) -> str:
        """Hetzelfde bord met van deze kolom `aantal` kaarten."""
        query = self.request.GET.copy()
        for eigen in NIET_IN_ADRES:
            query.pop(eigen, None)
        ander = [f"{naam}.{diepte}" for naam, diepte in self.diepte.items() if naam != kolom]
        query.setlist("toon", [*ander, f"{kolom}.{aantal}"])
        query["kolom"] = kolom
        return f"{self.request.path}?{query.urlencode()}#kolom-{kolom}"


@requires("triage.view_board")
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Het bord. Met `stand` (van het bord dat er al staat) komt er alleen iets terug als er iets is veranderd.

    Een bord dat zichzelf ververst noemt in `SKT-Heb` de kaarten die het heeft; die komen dan niet nog eens.
    """
    user, nu = request.user, timezone.now()
    borden = own_borden(user)
    vraag = Vraag(request, _chosen(request, borden), nu)
    zichtbaar = permitted(user, "triage.view_aanmelding", Aanmelding.objects.all())
    op_het_bord = zichtbaar.on_board(vraag.bord)
    keuzes, form = _filters(request, vraag.bord)
    gevonden = filter_board(op_het_bord, user=user, at=nu, **keuzes)
    kijkers = viewers_of(gevonden, user.pk)
    stand = f"{board_state(gevonden)}-{_viewers_mark(kijkers)}"
    meekijkers = show_up(f"bord-{vraag.bord}", user.pk)
    if request.htmx and request.GET.get("stand") == stand:
        return HttpResponse(status=204, headers={"SKT-Meekijkers": str(len(meekijkers))})
    gefilterd = any(keuzes.values())
    overleg, blijft_liggen = _meetings(vraag.bord, nu)
    context = {
        "bord": vraag.bord,
        "stand": stand,
        "nu": nu,
        "overleg": overleg,
        "blijft_liggen": blijft_liggen,
        "tabs": _tabs(zichtbaar.on_any_board(), borden, vraag.bord),
        "kolommen": _columns(vraag, gevonden, overleg, gefilterd, kijkers),
        "open": vraag.open_kolom or vraag.bekijkt,
        "url": reverse("triage:board"),
        "ververs_url": vraag.url(),
        "gefilterd": gefilterd,
    }
    template = "triage/board.html"
    if request.htmx:
        return HttpResponse(render_to_string(f"{template}#bord", context, request))
    chips = count_chips(op_het_bord, user, nu)
    for naam in CHIPS:
        form[naam].label = f"{form[naam].label} {figure(chips[naam])}"
    coordineert = user.heeft_rol(Rol.TEAMCOORDINATOR)
    context |= {
        "form": form,
        "aanwezig": people(meekijkers),
        "overdracht": over_te_dragen(timezone.localdate(nu) + VOORUIT) if coordineert else [],
    }
    return render(request, template, context)


def _chosen(request: HttpRequest, borden: list[str]) -> str:
    """Het gevraagde bord als het er een van de eigen borden is; zonder vraag het eigen bord, voor de toegang volwassenen."""
    gevraagd = request.GET.get("bord", "")
    if gevraagd in borden:
        return gevraagd
    if gevraagd in Bord.values:
        raise Refused("triage.view_board", "bord", {"bord": gevraagd})
    return Bord.VOLWASSENEN.value if Bord.VOLWASSENEN in borden else borden[0]


def _filters(request: HttpRequest, bord: str) -> tuple[dict[str, Any], BordFilterForm]:
    form = BordFilterForm({**request.GET.dict(), "bord": bord})
    form.is_valid()
    keuzes = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam != "bord"}
    return keuzes, form


def _meetings(bord: str, nu: datetime) -> tuple[Overleg | None, Overleg | None]:
    """Het overleg dat komt (dat van vandaag zolang het niet is gesloten), en een dat bleef liggen."""
    gepland = Overleg.objects.filter(bord=bord, status=OverlegStatus.GEPLAND).select_related("voorzitter")
    vandaag = timezone.localtime(nu).replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        gepland.filter(begint_op__gte=vandaag).order_by("begint_op").first(),
        gepland.filter(begint_op__lt=vandaag).order_by("begint_op").first(),
    )


def _tabs(zichtbaar: "QuerySet[Aanmelding]", borden: list[str], bord: str) -> list[dict[str, Any]]:
    aantallen = count_borden(zichtbaar, borden)
    url = reverse("triage:board")
    return [
        {
            "url": f"{url}?bord={b}",
            "label": str(Bord(b).label),
            "aantal": aantallen.get(b, 0),
            "actief": b == bord,
        }
        for b in borden
    ]


def _viewers_mark(kijkers: Kijkers) -> str:
    """Verandert als er ergens iemand bij komt of weggaat."""
    wie = sorted((melding, [one.pk for one in mensen]) for melding, mensen in kijkers.items())
    return blake2s(repr(wie).encode(), digest_size=4).hexdigest() if wie else ""


def _cards(vraag: Vraag, getoond: list[Aanmelding], kijkers: Kijkers) -> list[tuple[str, dict[str, Any]]]:
    """Elke kaart met haar kolom. Wat de pagina al heeft, komt zonder inhoud; wat er wel komt, is gelezen."""
    pks = [aanmelding.pk for aanmelding in getoond]
    scores = scores_by_melding(aanmelding.melding_id for aanmelding in getoond)
    punten = latest_punten(pks)
    mag = permitted(vraag.user, "triage.decide_aanmelding", Aanmelding.objects.filter(pk__in=pks))
    te_verplaatsen = set(mag.values_list("pk", flat=True))
    terug = vraag.url()
    kaarten, nieuw = [], []
    for aanmelding in getoond:
        kaart = card(
            aanmelding, user=vraag.user, nu=vraag.nu, scores=scores, punt=punten.get(aanmelding.pk),
            mag_verplaatsen=aanmelding.pk in te_verplaatsen, terug=terug,
            kijkers=kijkers.get(aanmelding.melding_id, ()),
        )  # fmt: skip
        kaart["merk"] = card_merk(kaart)
        if vraag.heeft.get(kaart["nummer"]) == kaart["merk"]:
            kaart["zelfde"] = True
        else:
            nieuw.append(aanmelding)
        kaarten.append((str(aanmelding.status), kaart))
    if vraag.request.htmx:
        eerst = first_read(GELEZEN, vraag.request.session.session_key or "", [a.pk for a in nieuw])
        nieuw = [aanmelding for aanmelding in nieuw if aanmelding.pk in eerst]
    record_read(action=GELEZEN, rows=gelezen_aanmeldingen(nieuw))
    return kaarten


def _columns(
    vraag: Vraag,
    gevonden: "QuerySet[Aanmelding]",
    overleg: Overleg | None,
    gefilterd: bool,
    kijkers: Kijkers,
) -> list[dict[str, Any]]:
    """De vijf kolommen met hun kaarten. Van een gezin dat wie kijkt kent, staat er alleen dát er een kaart is."""
    getoond, aantallen = cards(gevonden, vraag.diepte, vraag.laat)
    kaarten = _cards(vraag, getoond, kijkers)
    bekend = {} if gefilterd else {p.aanmelding_id: p for p in known_places() if p.bord == vraag.bord}
    kolommen = []
    for status in KOLOMMEN:
        hier = [kaart for kolom, kaart in kaarten if kolom == status]
        verborgen = [known_card(plaats) for plaats in bekend.values() if plaats.status == status]
        nog = aantallen.get(status, 0) - len(hier)
        diepte = vraag.diepte.get(str(status), PER_KOLOM)
        erbij = min(nog, BLAD, MEER - diepte)
        kolommen.append(
            {
                "id": str(status),
                "titel": _title(status, overleg),
                "kaarten": [*hier, *verborgen],
                "aantal": aantallen.get(status, 0) + len(verborgen),
                "grens": GRENS.get(status),
                "bij": f"(eerste {MEER} getoond)" if nog > 0 and erbij <= 0 else "",
                "meer_url": vraag.deeper(str(status), diepte + erbij) if erbij > 0 else "",
                "meer": f"Toon nog {erbij}",
            }
        )
    return kolommen


def _title(status: AanmeldingStatus, overleg: Overleg | None) -> str:
    if status == AanmeldingStatus.VOOR_OVERLEG and overleg:
        return f"Voor overleg {short_day(timezone.localtime(overleg.begint_op).date())[3:]}"
    return str(status.label)


@require_POST
def card_move(request: HttpRequest, nummer: str) -> HttpResponse:
    """Verplaats een kaart; ook slepen komt hier uit. Een bord dat zichzelf ververst krijgt alleen de zin terug."""
    aanmelding = get_permitted_or_404(
        request.user,
        "triage.decide_aanmelding",
        Aanmelding.objects.exclude(status=AanmeldingStatus.AFGEROND).select_related("melding__inwoner"),
        melding__nummer=nummer,
    )
    form = KaartForm({"naar": request.POST.get("naar", ""), "versie": request.GET.get("versie", "")})
    gelukt = False
    if not form.is_valid():
        zin = next(iter(form.errors.values()))[0]
    else:
        try:
            moved = move_card(
                aanmelding=aanmelding, actor=request.user, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            zin = f"{nummer}: {error}"
        else:
            gelukt, zin = True, f"{nummer} staat nu bij ‘{moved.get_status_display()}’."
    if request.htmx:
        return JsonResponse({"gelukt": gelukt, "zin": zin, "laat": nummer})
    (messages.success if gelukt else messages.error)(request, zin)
    return redirect(_back(request, aanmelding))


def _back(request: HttpRequest, aanmelding: Aanmelding) -> str:
    """Terug naar het bord zoals het stond, met deze kaart in zicht; alleen naar het bord of naar deze aanmelding."""
    url = reverse("triage:board")
    nummer = aanmelding.melding.nummer
    terug = request.GET.get("terug", "")
    if terug == reverse("triage:aanmelding_detail", args=[nummer]):
        return terug
    bord = terug if terug.startswith(f"{url}?") else f"{url}?{urlencode({'bord': aanmelding.bord})}"
    return f"{bord.partition('#')[0]}&laat={nummer}"
