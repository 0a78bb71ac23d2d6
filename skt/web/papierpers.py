"""The press behind skt.web.papier: a process of its own, so that a document can't hold up the site or outgrow its memory.

Run as a script: JSON on stdin ({map, sjabloon, gegevens, norm}), the PDF on stdout; without a norm a PNG of the one page. It
writes no file: the limit on the size of a file is zero.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

PUNTEN_PER_DUIM = 192.0
"""Of a PNG: twice as sharp as it is shown, also on a telephone."""
GEHEUGEN = 2 * 1024**3
"""Address space in bytes; a hundred pages take about a tenth."""


def main() -> None:
    taak = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (GEHEUGEN, GEHEUGEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    papier = Path(taak["map"])
    vorm: dict[str, Any] = {"format": "png", "ppi": PUNTEN_PER_DUIM}
    if taak["norm"]:
        vorm = {"format": "pdf", "pdf_standards": [taak["norm"]], "timestamp": taak["tijdstip"]}
    gemaakt = typst.compile(
        str(papier / taak["sjabloon"]),
        root=str(papier),
        font_paths=[str(papier / "letter")],
        ignore_system_fonts=True,
        sys_inputs={"gegevens": json.dumps(taak["gegevens"], ensure_ascii=False)},
        package_path=str(papier / "geen"),
        package_cache_path=str(papier / "geen"),
        **vorm,
    )
    sys.stdout.buffer.write(gemaakt)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
