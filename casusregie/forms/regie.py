"""Wie de regie heeft, wie meedoet en wie meeleest."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from casusregie.forms.velden import CasusForm, KomendeDagField, MedewerkerField, placed
from casusregie.models import CasusUserObjectPermission, Schaling
from casusregie.queries import employers
from intake.forms.velden import KeuzeField, RijField, Tekst
from skt.medewerkers.models import DOSSIERROLLEN, REGIEROLLEN, Moederorganisatie, Rol
from skt.web.crispy import Actiebalk, Invoer, Knop
from skt.web.crispy import Tekst as Alinea
from triage.werklast import MAXIMUM, count_werklast


class BevestigForm(CasusForm):
    """Een handeling zonder gegevens: zeg wat er gaat gebeuren en vraag of het zo mag."""

    def __init__(self, *args: Any, zin: str, knop: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "versie", Alinea(zin), Actiebalk(Knop(knop), annuleer_url=self.annuleer_url)
        )


class RegieForm(CasusForm):
    medewerker = MedewerkerField(
        label="Nieuwe casusregisseur",
        empty_label="Kies een medewerker",
        error_messages={"required": "Kies wie de regie krijgt."},
    )
    reden = Tekst(
        label="Waarom gaat de regie over?",
        lang=True,
        max_length=300,
        error_messages={"required": "Schrijf op waarom de regie overgaat."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        oude = self.casus.lopende_toewijzing("casusregie")
        kandidaten = placed(REGIEROLLEN).exclude(pk=oude.medewerker_id if oude else None)
        druk = count_werklast(list(kandidaten.values_list("pk", flat=True)))
        waar = employers()
        bij = {pk: f"{waar.get(pk, '')}, {aantal} van {MAXIMUM} casussen" for pk, aantal in druk.items()}
        self.offer("medewerker", kandidaten, bij)
        self.helper.layout = Layout(
            "medewerker", "reden", Actiebalk(Knop("Draag de regie over"), annuleer_url=self.annuleer_url)
        )


class BetrokkenheidForm(CasusForm):
    organisatie = RijField(
        label="Organisatie",
        queryset=Moederorganisatie.objects.none(),
        empty_label="Kies een organisatie",
        error_messages={"required": "Kies welke organisatie meedoet."},
    )
    medewerker = MedewerkerField(
        label="Wie van deze organisatie?", required=False, empty_label="Nog niet bekend"
    )
    rol = Tekst(
        label="Wat doet de organisatie?",
        max_length=120,
        error_messages={"required": "Schrijf op wat de organisatie doet."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisaties: Any = self.fields["organisatie"]
        nu = self.casus.betrokkenheden.filter(tot__isnull=True).values("organisatie")
        organisaties.queryset = Moederorganisatie.objects.exclude(pk__in=nu).order_by("naam")
        self.offer("medewerker", placed(DOSSIERROLLEN), employers())
        self.helper.layout = Layout(
            Invoer("organisatie", hint="Wie er werkt, leest vanaf nu mee in deze casus."),
            "medewerker",
            "rol",
            Actiebalk(Knop("Voeg toe"), annuleer_url=self.annuleer_url),
        )


class SchalingForm(CasusForm):
    """Opschalen of afschalen: waarom, met wie besloten, en wanneer er weer naar gekeken wordt."""

    procesregisseur = MedewerkerField(
        label="Procesregisseur",
        empty_label="Kies een procesregisseur",
        error_messages={"required": "Kies een procesregisseur."},
    )
    aanleiding = KeuzeField(
        label="Aanleiding",
        choices=[("", "Kies een aanleiding"), *Schaling.Aanleiding.choices],
        error_messages={"required": "Kies een aanleiding."},
    )
    besproken_met = Tekst(
        label="Met wie is het besproken?",
        max_length=200,
        error_messages={"required": "Schrijf op met wie het is besproken."},
    )
    evaluatie_op = KomendeDagField(
        label="Wanneer kijkt u er weer naar?", error_messages={"required": "Kies een dag voor de evaluatie."}
    )
    toelichting = Tekst(label="Toelichting", lang=True, required=False)

    def __init__(self, *args: Any, op: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if op:
            self.offer("procesregisseur", placed([Rol.PROCESREGISSEUR]), employers())
        else:
            del self.fields["procesregisseur"]
        self.helper.layout = Layout(
            "versie",
            *(["procesregisseur"] if op else []),
            "aanleiding",
            "besproken_met",
            "evaluatie_op",
            "toelichting",
            Actiebalk(
                Knop("Schaal op naar procesregie" if op else "Schaal af naar casusregie"),
                annuleer_url=self.annuleer_url,
            ),
        )


class UitnodigForm(CasusForm):
    medewerker = MedewerkerField(
        label="Wie nodigt u uit?",
        empty_label="Kies een medewerker",
        error_messages={"required": "Kies wie u uitnodigt."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        al = CasusUserObjectPermission.objects.filter(content_object=self.casus).values("user")
        self.offer("medewerker", placed(DOSSIERROLLEN).exclude(pk__in=al), employers())
        self.helper.layout = Layout(
            Invoer("medewerker", hint="Leest en schrijft mee op naam, ook als de casus is afgeschermd."),
            Actiebalk(Knop("Nodig uit"), annuleer_url=self.annuleer_url),
        )


class NoodtoegangForm(forms.Form):
    nummer = Tekst(
        label="Nummer van de casus",
        max_length=12,
        help_text="Bijvoorbeeld 2026-0412.",
        error_messages={"required": "Vul het nummer van de casus in."},
    )
    reden = Tekst(
        label="Waarom moet u nu meekijken?",
        lang=True,
        max_length=500,
        error_messages={"required": "Schrijf op waarom u nu in deze casus moet kijken."},
    )

    def __init__(self, *args: Any, annuleer_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Invoer("nummer", kort=True),
            "reden",
            Actiebalk(Knop("Open voor vier uur"), annuleer_url=annuleer_url),
        )
