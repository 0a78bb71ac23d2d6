"""The floor under every other test."""

import socket
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction

ROLES = {"default": "skt_web", "eigenaar": "skt_eigenaar", "rapport": "skt_rapport", "beleid": "skt_beleid"}
TOMORROW = datetime(2030, 1, 2, tzinfo=UTC)


class TestConnections:
    @pytest.mark.django_db(databases=list(ROLES))
    @pytest.mark.parametrize(("alias", "role"), ROLES.items())
    def test_log_in_as_the_role_of_their_alias(self, alias: str, role: str) -> None:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT current_user, session_user, rolsuper, rolbypassrls"
                " FROM pg_roles WHERE rolname = current_user"
            )
            assert cursor.fetchone() == (role, role, False, False)

    @pytest.mark.django_db
    def test_may_not_truncate(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
                " AND has_table_privilege(oid, 'TRUNCATE')"
            )
            assert cursor.fetchone() == (0,)


class TestTransactionalDatabase:
    """The two tests write the same row: the second succeeds only on a renewed database."""

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("round_number", [1, 2])
    def test_starts_from_the_template(self, round_number: int) -> None:
        with transaction.atomic():
            Session.objects.create(session_key="eenmalig", session_data="", expire_date=TOMORROW)
        assert Session.objects.count() == 1


class TestNetwork:
    def test_refuses_another_machine(self) -> None:
        with socket.socket() as client, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
            client.connect(("192.0.2.1", 80))
