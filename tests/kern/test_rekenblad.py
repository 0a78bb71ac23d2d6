"""A cell never runs in a spreadsheet, in whatever file we give."""

import pytest

from skt.kern.rekenblad import harmless


class TestHarmless:
    @pytest.mark.parametrize(
        "cel", ["=1+1", "+31", "-2", "@x", "\tx", "\rx", "\nx", " =1+1", "\t=1", "＝1+1", "\xa0@x"]
    )
    def test_disarms_formulas(self, cel: str) -> None:
        assert harmless(cel) == f"'{cel}"

    @pytest.mark.parametrize("cel", ["<10", "fysiek (frontoffice)", "0-11", "57+", " ", ""])
    def test_leaves_other_words_alone(self, cel: str) -> None:
        assert harmless(cel) == cel
