"""Acties, notities en de nazorg: wie doet wat, uiterlijk wanneer."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.db.models import Q

from casusregie.forms.doelen import read_uitkomst, uitkomst_blok, uitkomst_velden
from casusregie.forms.velden import CasusForm, KomendeDagField, MedewerkerField, placed
from casusregie.models import Actie, Casus, Nazorg
from casusregie.queries import employers
from casusregie.services import Uitkomst, check_uitkomst
from intake.forms.velden import KeuzeField, Tekst
from skt.kern.errors import DomainError
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import DOSSIERROLLEN, Plaatsing
from skt.web.crispy import Actiebalk, Duo, Fieldset, Invoer, Knop, Segment
from skt.web.crispy import Tekst as Alinea


class _ActieVelden(CasusForm):
    """De velden van één actie; te kiezen is wie de casus kan lezen."""

    wat = Tekst(label="Wat moet er gebeuren?", max_length=200)
    uitvoerder = KeuzeField(label="Wie doet het?", choices=Actie.Uitvoerder.choices, widget=forms.RadioSelect)
    medewerker = MedewerkerField(
        label="Welke medewerker?",
        required=False,
        empty_label="Kies een medewerker",
        help_text="Alleen als een organisatie het doet.",
    )
    uiterlijk = KomendeDagField(label="Uiterlijk")
    leefgebied = KeuzeField(
        label="Leefgebied", choices=[("", "Geen of meer dan één"), *Leefgebied.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("medewerker", placed(DOSSIERROLLEN).filter(may_read(self.casus)), employers())

    def actie(self) -> dict[str, Any]:
        """De velden zoals add_actie ze vraagt."""
        names = ("wat", "uitvoerder", "medewerker", "uiterlijk", "leefgebied")
        return {name: self.cleaned_data[name] for name in names}


class ActieForm(_ActieVelden):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("uitvoerder", Actie.Uitvoerder.ORGANISATIE)
        self.helper.layout = Layout(
            "wat",
            Segment("uitvoerder"),
            Invoer("medewerker", soms_verplicht=True),
            Duo("leefgebied", "uiterlijk", gelijk=True),
            Actiebalk(Knop("Voeg toe"), annuleer_url=self.annuleer_url),
        )


class AfrondForm(_ActieVelden):
    """Een actie is klaar of vervalt; zet zo nodig meteen de volgende klaar."""

    toelichting = Tekst(label="Hoe ging het?", lang=True, required=False, max_length=300)

    def __init__(
        self, *args: Any, actie: Actie, knop: str, reden_nodig: bool, laatste: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("wat", "uitvoerder", "uiterlijk"):
            self.fields[name].required = False
        if reden_nodig:
            self.fields["toelichting"].required = True
            self.fields["toelichting"].label = "Waarom vervalt de actie?"
            self.fields["toelichting"].error_messages["required"] = "Schrijf op waarom de actie vervalt."
        zin = (
            "Dit is de laatste open actie. Een casus heeft altijd een volgende stap: schrijf hier op welke."
            if laatste
            else "Volgt er iets uit? Zet het meteen klaar."
        )
        self.initial.setdefault("uitvoerder", Actie.Uitvoerder.ORGANISATIE)
        self.initial.setdefault("medewerker", actie.medewerker_id)
        self.initial.setdefault("leefgebied", actie.leefgebied)
        self.helper.layout = Layout(
            "toelichting",
            Fieldset(
                "De volgende actie",
                Alinea(zin),
                Invoer("wat", kop="Wat moet er nu gebeuren?"),
                Segment("uitvoerder", soms_verplicht=True),
                Invoer("medewerker", soms_verplicht=True),
                Duo("leefgebied", Invoer("uiterlijk", soms_verplicht=True), gelijk=True),
            ),
            Actiebalk(Knop(knop), annuleer_url=self.annuleer_url),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("wat"):
            return data
        if not data.get("uiterlijk") and "uiterlijk" not in self.errors:
            self.add_error("uiterlijk", "Kies een dag.")
        if not data.get("uitvoerder") and "uitvoerder" not in self.errors:
            self.add_error("uitvoerder", "Kies wie het doet.")
        return data

    def nieuwe(self) -> dict[str, Any] | None:
        """De volgende actie, als die is opgeschreven."""
        return self.actie() if self.cleaned_data.get("wat") else None


class NotitieForm(CasusForm):
    tekst = Tekst(
        label="Notitie",
        lang=True,
        help_text="U schrijft bij op de tijdlijn; wat er staat verandert niet.",
        error_messages={"required": "Schrijf eerst iets op."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Invoer("tekst", rows=6), Actiebalk(Knop("Voeg toe"), annuleer_url=self.annuleer_url)
        )


class _RondtActiesAf(CasusForm):
    """Biedt aan om wat nog open staat meteen op klaar te zetten; staat er niets open, dan is er niets te kiezen."""

    rond_acties_af = forms.BooleanField(label="Zet de open acties op klaar", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ = self.casus.acties.open().count()
        self.fields["rond_acties_af"].label = (
            "Zet de laatste open actie op klaar" if open_ == 1 else f"Zet de {open_} open acties op klaar"
        )
        self.kiest_acties = open_ > 0
        if not self.kiest_acties:
            del self.fields["rond_acties_af"]

    @property
    def acties_veld(self) -> list[str]:
        return ["rond_acties_af"] if self.kiest_acties else []


class NazorgStartForm(_RondtActiesAf):
    """Naar nazorg: wanneer er wordt nagebeld, en hoe elk doel eindigt dat nog open staat."""

    maanden = forms.TypedChoiceField(
        label="Wanneer belt u de inwoner na?",
        choices=Nazorg.Termijn.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, nu: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("maanden", Nazorg.Termijn.EEN)
        self.doelen = {
            f"doel_{doel.pk}_": doel for doel in self.casus.doelen.open().order_by("uiterlijk", "pk")
        }
        for voor, doel in self.doelen.items():
            self.fields |= {f"{voor}{name}": field for name, field in uitkomst_velden(doel).items()}
        self.helper.layout = Layout(
            "versie",
            Segment("maanden"),
            *self.acties_veld,
            *(uitkomst_blok(doel, voor, nu.get(doel.leefgebied)) for voor, doel in self.doelen.items()),
            Actiebalk(Knop("Naar nazorg"), annuleer_url=self.annuleer_url),
        )

    def clean(self) -> dict[str, Any]:
        """Wat de dienst van een uitkomst zou weigeren, staat bij het veld van dat doel."""
        data = super().clean() or self.cleaned_data
        for voor, doel in self.doelen.items():
            if any(name.startswith(voor) for name in self.errors):
                continue
            try:
                check_uitkomst(doel, read_uitkomst(data, voor))
            except DomainError as error:
                self.add_error(f"{voor}{getattr(error, 'veld', 'uitkomst')}", str(error))
        return data

    def uitkomsten(self) -> dict[int, Uitkomst]:
        """Hoe elk open doel eindigt."""
        return {doel.pk: read_uitkomst(self.cleaned_data, voor) for voor, doel in self.doelen.items()}


class NazorgForm(_RondtActiesAf):
    resultaat = KeuzeField(
        label="Wat kwam eruit?",
        choices=Nazorg.Resultaat.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er uit de nazorg kwam."},
    )
    toelichting = Tekst(label="Toelichting", lang=True, required=False)
    maanden_later = forms.TypedChoiceField(
        label="Nog een keer nabellen?",
        choices=[("", "Nee, sluit de casus"), *Nazorg.Termijn.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "resultaat",
            "toelichting",
            Invoer("maanden_later", hint="Telt alleen als de inwoner zich zonder hulp redt."),
            *self.acties_veld,
            Actiebalk(Knop("Bewaar het resultaat"), annuleer_url=self.annuleer_url),
        )


def may_read(casus: Casus) -> Q:
    """Wie deze casus leest: regisseurs, wie op naam is uitgenodigd en, tenzij afgeschermd, wie meedoet."""
    op_naam = Q(pk__in=casus.lees_medewerkers)
    if casus.afgeschermd:
        return op_naam
    werkt_er = (
        Plaatsing.objects.running()
        .with_rol(DOSSIERROLLEN)
        .filter(moederorganisatie__in=casus.lees_organisaties)
    )
    return op_naam | Q(pk__in=werkt_er.values("medewerker"))
