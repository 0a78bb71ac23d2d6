"""Rows of the old list become contacts: closed history, under the organisation that took them in, about one inwoner each."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from psycopg2.extras import execute_values

from intake.loketlijst.regels import Oordeel
from intake.loketlijst.rijen import Rij
from intake.loketlijst.vertaling import Contact, Persoonsgegevens, collect_person, translate
from intake.models import Contactmoment, Loketlijst, Loketlijstrij, Melding
from intake.status import MeldingStatus
from skt.inwoners.gelijkenis import Gelijkenis, Kenmerken, compare
from skt.inwoners.gelijkenis import Oordeel as Zekerheid
from skt.inwoners.models import Inwoner
from skt.inwoners.namen import make_naam
from skt.inwoners.normalisatie import normalise_telefoon
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker, Moederorganisatie
from skt.medewerkers.services import ensure_archive_account
from skt.verantwoording.services import record

NAAMRUIMTE = UUID("6f1f3a52-1d1b-4c6e-9a0e-2021000a0001")
"""Of the keys of contacts from the old list: never change it, or a list would be taken over a second time."""
OUDSTE_GEBOORTE = date(1890, 1, 1)


def contact_key(rij: Rij) -> UUID:
    """The key of the contact in this row: the same in every file, encoding or run."""
    return uuid5(NAAMRUIMTE, rij.vingerafdruk)


def count_known(keys: list[UUID]) -> int:
    """How many of these contacts stand here. As the system."""
    return sum(
        Contactmoment.objects.filter(sleutel__in=keys[begin : begin + 5000]).count()
        for begin in range(0, len(keys), 5000)
    )


def import_contacts(
    *,
    lijst: Loketlijst,
    rijen: list[Loketlijstrij],
    oordeel: Oordeel,
    by_number: dict[int, Rij],
    at: datetime,
) -> int:
    """Write one portion: per row a contactmoment and a closed melding, and the inwoner when it is a new one.

    Returns how many were new. What stands there already is only pointed at. As the system, in a transaction, with the lock of
    the import held.
    """
    _point_at_known(rijen)
    new = [rij for rij in rijen if rij.melding_id is None]
    if new:
        inwoners, found = _find_inwoners(lijst, new, oordeel, by_number, at)
        _write(lijst, new, inwoners, by_number, oordeel.jaar)
        touched = sorted({rij.inwoner_id for rij in new if rij.inwoner_id})
        record(
            action="intake.import_contacts",
            subject=lijst,
            inwoner_ids=touched,
            gegevens={
                "rijen": f"{new[0].nummer} tot en met {new[-1].nummer}",
                "contacten": len(new),
                "herkend": found,
            },
        )
        check_keten()
    _save_rows(rijen)
    return len(new)


def _save_rows(rijen: list[Loketlijstrij]) -> None:
    """What became of these rows, in one statement; the name isn't kept beside a row that is written."""
    with connection.cursor() as cursor:
        execute_values(
            cursor.cursor,
            "UPDATE intake_loketlijstrij r SET contactmoment_id = v.contactmoment, melding_id = v.melding,"
            " inwoner_id = v.inwoner, lijkt_op_id = v.lijkt_op, stond_er_al = v.stond_er_al,"
            " ter_beoordeling = v.ter_beoordeling, kern = r.kern - 'naam_inwoner'"
            " FROM (VALUES %s) AS v(id, contactmoment, melding, inwoner, lijkt_op, stond_er_al, ter_beoordeling)"
            " WHERE r.id = v.id",
            [
                (
                    rij.pk,
                    rij.contactmoment_id,
                    rij.melding_id,
                    rij.inwoner_id,
                    rij.lijkt_op_id,
                    rij.stond_er_al,
                    rij.ter_beoordeling,
                )
                for rij in rijen
            ],
            template="(%s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s::boolean, %s::boolean)",
            page_size=1000,
        )


def _point_at_known(rijen: list[Loketlijstrij]) -> None:
    there = {
        melding.contactmoment.sleutel: melding
        for melding in Melding.objects.filter(
            contactmoment__sleutel__in=[rij.sleutel for rij in rijen]
        ).select_related("contactmoment")
    }
    for rij in rijen:
        if rij.sleutel and (melding := there.get(rij.sleutel)) is not None:
            rij.contactmoment_id, rij.melding_id = melding.contactmoment_id, melding.pk
            rij.inwoner_id, rij.stond_er_al = melding.inwoner_id, True


# -- about whom


@dataclass(frozen=True)
class _Mens:
    """Somebody in the list: which group, what is known, and the rows of this portion."""

    code: str
    gegevens: Persoonsgegevens
    kenmerken: Kenmerken
    rijen: list[Loketlijstrij]


def _find_inwoners(
    lijst: Loketlijst,
    rijen: list[Loketlijstrij],
    oordeel: Oordeel,
    by_number: dict[int, Rij],
    at: datetime,
) -> tuple[dict[str, Inwoner], int]:
    """Per group the inwoner: from an earlier portion, a known one when that is certain, else a new one; and how many known."""
    codes = {rij.persoon for rij in rijen if rij.persoon}
    found: dict[str, Inwoner] = {}
    for earlier in (
        Loketlijstrij.objects.filter(lijst=lijst, persoon__in=codes, inwoner__isnull=False)
        .select_related("inwoner")
        .order_by("nummer")
    ):
        if earlier.inwoner is not None:
            found.setdefault(earlier.persoon, earlier.inwoner)
    mensen = [
        _describe(code, oordeel, by_number, [rij for rij in rijen if rij.persoon == code])
        for code in sorted(codes - set(found))
    ]
    known = _recognise(mensen)
    recognised = 0
    for mens in mensen:
        inwoner, zeker = known.get(mens.code, (None, False))
        if inwoner is not None and zeker:
            found[mens.code] = inwoner
            recognised += 1
        elif inwoner is not None:
            for rij in mens.rijen:
                rij.lijkt_op, rij.ter_beoordeling = inwoner, True
    new = {mens.code: _new_inwoner(mens.gegevens, at) for mens in mensen if mens.code not in found}
    Inwoner.objects.bulk_create(new.values())
    return found | new, recognised


def _describe(code: str, oordeel: Oordeel, by_number: dict[int, Rij], rijen: list[Loketlijstrij]) -> _Mens:
    gegevens = collect_person([by_number[nummer] for nummer in oordeel.persoongroepen[code]])
    kenmerken = Kenmerken(
        naam=make_naam(gegevens.voornamen or gegevens.roepnaam, gegevens.voorvoegsel, gegevens.achternaam),
        geboren=date.fromisoformat(gegevens.geboortedatum) if gegevens.geboortedatum else None,
        postcode=gegevens.postcode,
        huisnummer=f"{gegevens.huisnummer or ''}{gegevens.toevoeging}",
        telefoon=gegevens.telefoon,
    )
    return _Mens(code, gegevens, kenmerken, rijen)


def _recognise(mensen: list[_Mens]) -> dict[str, tuple[Inwoner, bool]]:
    """Who of these is an inwoner already, and whether that is certain. Never somebody with a shielded dossier."""
    if not mensen:
        return {}
    near = (
        Q(telefoon__in=[normalise_telefoon(m.gegevens.telefoon) for m in mensen if m.gegevens.telefoon])
        | Q(
            adres__in=[
                _adres(m.gegevens.postcode, m.gegevens.huisnummer) for m in mensen if m.gegevens.huisnummer
            ]
        )
        | Q(geboortedatum__in=[m.kenmerken.geboren for m in mensen if m.kenmerken.geboren])
    )
    shielded = Melding.objects.filter(afgeschermd=True, inwoner__isnull=False).values("inwoner_id")
    index: dict[tuple[str, str], set[Inwoner]] = defaultdict(set)
    adres = Concat("postcode", Value("/"), Cast("huisnummer", CharField()))
    for inwoner in Inwoner.objects.annotate(adres=adres).filter(near).exclude(pk__in=shielded):
        for mark in _marks(_kenmerken_of(inwoner)):
            index[mark].add(inwoner)
    found: dict[str, tuple[Inwoner, bool]] = {}
    for mens in mensen:
        others = {inwoner for mark in _marks(mens.kenmerken) for inwoner in index.get(mark, ())}
        judged = [(compare(mens.kenmerken, _kenmerken_of(inwoner)), inwoner) for inwoner in others]
        likely = sorted(
            (pair for pair in judged if pair[0].oordeel >= Zekerheid.WAARSCHIJNLIJK),
            key=lambda pair: (pair[0].oordeel, pair[0].score, -pair[1].pk),
            reverse=True,
        )
        if likely:
            found[mens.code] = (likely[0][1], _is_certain([gelijkenis for gelijkenis, _ in likely]))
    return found


def _is_certain(judged: list[Gelijkenis]) -> bool:
    """One person stands out: the best is the same, and no other is as well."""
    return judged[0].oordeel is Zekerheid.ZELFDE and not any(
        other.oordeel is Zekerheid.ZELFDE and other.score == judged[0].score for other in judged[1:]
    )


def _kenmerken_of(inwoner: Inwoner) -> Kenmerken:
    return Kenmerken(
        naam=make_naam(
            " ".join(filter(None, [inwoner.roepnaam, inwoner.voornamen])),
            inwoner.voorvoegsel,
            inwoner.achternaam,
        ),
        geboren=inwoner.geboortedatum,
        geboortejaar=inwoner.geboortejaar,
        postcode=inwoner.postcode,
        huisnummer=f"{inwoner.huisnummer or ''}{inwoner.toevoeging}",
        telefoon=inwoner.telefoon,
    )


def _marks(kenmerken: Kenmerken) -> list[tuple[str, str]]:
    """What two descriptions of one person must have at least one of in common."""
    digits = "".join(c for c in kenmerken.telefoon if c.isdigit())[-9:]
    nummer = re.match(r"\d+", kenmerken.huisnummer)
    pairs = [
        ("telefoon", digits),
        ("adres", _adres(kenmerken.postcode, int(nummer[0])) if kenmerken.postcode and nummer else ""),
        ("geboren", kenmerken.geboren.isoformat() if kenmerken.geboren else ""),
    ]
    return [pair for pair in pairs if pair[1]]


def _adres(postcode: str, huisnummer: int | None) -> str:
    return f"{postcode}/{huisnummer}"


def _new_inwoner(gegevens: Persoonsgegevens, at: datetime) -> Inwoner:
    geboren = date.fromisoformat(gegevens.geboortedatum) if gegevens.geboortedatum else None
    return Inwoner(
        achternaam=gegevens.achternaam,
        voorvoegsel=gegevens.voorvoegsel,
        voornamen=gegevens.voornamen,
        roepnaam=gegevens.roepnaam,
        geboortedatum=geboren if geboren and geboren >= OUDSTE_GEBOORTE else None,
        postcode=gegevens.postcode,
        huisnummer=gegevens.huisnummer,
        toevoeging=gegevens.toevoeging,
        telefoon=normalise_telefoon(gegevens.telefoon),
        aangemaakt_op=at,
    )


# -- what


def _write(
    lijst: Loketlijst,
    rijen: list[Loketlijstrij],
    inwoners: dict[str, Inwoner],
    by_number: dict[int, Rij],
    jaar: int,
) -> None:
    organisaties = {organisatie.code: organisatie for organisatie in Moederorganisatie.objects.all()}
    archief = ensure_archive_account(username="oude-loketlijst", voornaam="Oude", achternaam="loketlijst")
    contacts = [translate(by_number[rij.nummer], jaar=jaar) for rij in rijen]
    momenten = [
        _contactmoment(rij, contact, organisaties[contact.organisatie], archief)
        for rij, contact in zip(rijen, contacts, strict=True)
    ]
    Contactmoment.objects.bulk_create(momenten)
    nummers = _take_numbers([contact.moment.year for contact in contacts], jaar)
    meldingen = [
        _melding(moment, contact, inwoners.get(rij.persoon), nummer)
        for rij, contact, moment, nummer in zip(rijen, contacts, momenten, nummers, strict=True)
    ]
    Melding.objects.bulk_create(meldingen)
    for rij, moment, melding in zip(rijen, momenten, meldingen, strict=True):
        rij.contactmoment, rij.melding, rij.inwoner = moment, melding, melding.inwoner


def _contactmoment(
    rij: Loketlijstrij, contact: Contact, organisatie: Moederorganisatie, archief: Medewerker
) -> Contactmoment:
    return Contactmoment(
        sleutel=rij.sleutel or uuid5(NAAMRUIMTE, f"{rij.lijst_id}/{rij.nummer}"),
        kanaal=contact.kanaal,
        begonnen_op=contact.moment,
        melder_soort=contact.melder_soort,
        melder_naam=contact.melder_naam,
        melder_telefoon=normalise_telefoon(contact.melder_telefoon),
        medewerker=archief,
        organisatie=organisatie,
        samenvatting=contact.samenvatting,
        uit_oude_lijst=True,
    )


def _melding(moment: Contactmoment, contact: Contact, inwoner: Inwoner | None, nummer: str) -> Melding:
    """Closed on the day itself: the old list is history, and lays no duty on anybody (domein 5)."""
    return Melding(
        nummer=nummer,
        contactmoment=moment,
        inwoner=inwoner,
        organisatie=moment.organisatie,
        eigen_organisaties=[moment.organisatie_id],
        hulpvraag=contact.hulpvraag,
        aard=contact.aard,
        themas=list(contact.themas),
        status=MeldingStatus.GESLOTEN,
        afhandeling=contact.afhandeling,
        afhandeling_toelichting=contact.toelichting,
        ontvangen_op=contact.moment,
        gesloten_op=contact.moment,
    )


def _take_numbers(years: list[int], jaar: int) -> list[str]:
    """A number of the year of each contact; a year that can't be (2221) takes one of the list."""
    wanted = [year if 2000 <= year <= 2200 else max(2000, jaar) for year in years]
    given: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        for year in sorted(set(wanted)):
            cursor.execute(
                "SELECT skt_volgend_nummer('melding', %s) FROM generate_series(1, %s)",
                [year, wanted.count(year)],
            )
            given[year] = [f"{year}-{number:04d}" for (number,) in cursor.fetchall()]
    return [given[year].pop(0) for year in wanted]
