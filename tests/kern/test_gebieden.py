"""De gebieden van lijsten en cijfers: samen zijn het precies de buurten van Wassenaar."""

from skt.inwoners.buurten import Buurt
from skt.kern.gebieden import Gebied


class TestGebied:
    def test_divides_all_21_buurten_without_overlap(self) -> None:
        codes = [code for gebied in Gebied for code in gebied.buurtcodes]

        assert len(codes) == 21
        assert set(codes) == set(Buurt.values)
