"""Log lines without people: PostgreSQL puts the values of a row in the detail of its errors."""

import logging
import re

# "DETAIL:  Key (bsn)=(...) already exists." and "CONTEXT: ..." can carry what someone typed.
TELLTALE = re.compile(r"^(DETAIL|CONTEXT|HINT|QUERY|Params?):.*$", re.MULTILINE)


class RegelFormatter(logging.Formatter):
    """Django's formatter, with the details of a database error left out."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the traceback if there is one, without values of a row."""
        return TELLTALE.sub(r"\1: (weggelaten)", super().format(record))
