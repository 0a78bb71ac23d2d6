"""Een BSN in rust: onleesbaar zonder sleutel, en sleutels zijn te vernieuwen."""

from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import ImproperlyConfigured

from skt.inwoners.versleuteling import decrypt, encrypt


class TestEncrypt:
    def test_hides_the_digits_and_gives_them_back(self) -> None:
        token = encrypt("999990019")

        assert b"999990019" not in token
        assert decrypt(token) == "999990019"

    def test_reads_with_an_older_key_after_a_renewal(self, settings: Any) -> None:
        oud, nieuw = Fernet.generate_key().decode(), Fernet.generate_key().decode()
        settings.VELDSLEUTELS = [oud]
        token = encrypt("999990019")

        settings.VELDSLEUTELS = [nieuw, oud]
        assert decrypt(token) == "999990019"

        settings.VELDSLEUTELS = [nieuw]
        with pytest.raises(InvalidToken):
            decrypt(token)

    def test_refuses_to_work_in_production_without_a_key(self, settings: Any) -> None:
        settings.VELDSLEUTELS = []
        settings.OMGEVING = "productie"

        with pytest.raises(ImproperlyConfigured, match="VELDSLEUTELS"):
            encrypt("999990019")
