"""Per-dossier grants: the only road to guardian, asked with Exists, taken away at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casusregie.models import Casus, CasusUserObjectPermission
from skt.autorisatie.delen import grant, revoke, shared_with_organisation, shared_with_person
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from tests.factories.casusregie import CasusFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie
from tests.fixtures import MAANDAG

RECHT = "casusregie.share_casus"


@pytest.fixture
def casus(systeem: object) -> Casus:
    return CasusFactory()


def sees(medewerker: Medewerker, casus: Casus) -> bool:
    fresh = Medewerker.objects.get(pk=medewerker.pk)
    mine = shared_with_person(fresh, RECHT, Casus) | shared_with_organisation(fresh, RECHT, Casus)
    return Casus.objects.filter(mine, pk=casus.pk).exists()


class TestGrant:
    def test_lets_one_person_in(self, casus: Casus) -> None:
        guest, other = (MedewerkerFactory(rol=Rol.TEAMLID, organisatie="jgz") for _ in range(2))

        grant(RECHT, casus, guest)

        assert sees(guest, casus)
        assert not sees(other, casus)

    def test_lets_an_organisation_in_and_whoever_works_for_it_now(self, casus: Casus) -> None:
        works, left, policy = (
            MedewerkerFactory(rol=rol, organisatie="jgz")
            for rol in (Rol.TEAMLID, Rol.TEAMLID, Rol.BELEIDSMEDEWERKER)
        )
        Plaatsing.objects.filter(medewerker=left).update(tot=MAANDAG.date())

        grant(RECHT, casus, organisatie("jgz"))

        assert [sees(who, casus) for who in (works, left, policy)] == [True, False, False]

    def test_twice_is_once(self, casus: Casus) -> None:
        guest = MedewerkerFactory(rol=Rol.TEAMLID)

        grant(RECHT, casus, guest)
        grant(RECHT, casus, guest)

        assert CasusUserObjectPermission.objects.filter(user=guest).count() == 1


class TestRevoke:
    def test_takes_it_away_and_only_there(self, casus: Casus) -> None:
        other_casus, guest = CasusFactory(), MedewerkerFactory(rol=Rol.TEAMLID, organisatie="jgz")
        for shared in (casus, other_casus):
            grant(RECHT, shared, guest)

        revoke(RECHT, casus, guest)

        assert not sees(guest, casus)
        assert sees(guest, other_casus)

    def test_what_was_never_given_is_no_mistake(self, casus: Casus) -> None:
        revoke(RECHT, casus, organisatie("jgz"))


class TestShape:
    def test_is_one_query_without_ids_in_python(self, casus: Casus) -> None:
        """guardian's own get_objects_for_user was measured at ten to fifty times slower."""
        guest = MedewerkerFactory(rol=Rol.TEAMLID)
        assert guest.lopende_plaatsingen

        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(Casus.objects.filter(shared_with_organisation(guest, RECHT, Casus)))

        assert len(queries) == 1
        assert "EXISTS" in queries[0]["sql"]
