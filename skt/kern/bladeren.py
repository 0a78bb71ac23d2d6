"""Turning pages by the key of a row, not by counting: page 400 is as quick as page 1, and no row is shown twice."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Bladzijde(Generic[M]):
    """The rows of one page, and the cursor (a primary key) of its neighbours; empty where there is none."""

    rijen: list[M]
    vorige: str = ""
    volgende: str = ""


def page(
    queryset: QuerySet[M], *keys: str, size: int, na: str | None = "", voor: str | None = ""
) -> Bladzijde[M]:
    """The page after row `na`, or before row `voor`, in the order of `keys`.

    `keys` are fields or annotations that all run in one direction and end with a unique one, which is the cursor:
    ("-tijdstip", "-id"). A cursor that isn't among the rows (any more) gives the first page.
    """
    terug = bool(voor)
    anchor = _anchor(queryset, keys, voor or na or "")
    if anchor is None:
        terug = False
    ordered = queryset.order_by(*(_turned(key) for key in keys) if terug else keys)
    if anchor is not None:
        ordered = ordered.filter(_beyond(keys, anchor, terug=terug))
    found = list(ordered[: size + 1])
    more, rijen = len(found) > size, found[:size]
    if terug:
        rijen.reverse()
    return Bladzijde(
        rijen,
        vorige=_cursor(rijen[:1], keys) if (more if terug else anchor is not None) else "",
        volgende=_cursor(rijen[-1:], keys) if (terug or more) else "",
    )


def page_url(request: HttpRequest, **cursor: str) -> str:
    """This page with the same filters and another cursor (`na` or `voor`); '' where there is none."""
    if not any(cursor.values()):
        return ""
    query = request.GET.copy()
    for name in ("na", "voor"):
        query.pop(name, None)
    query.update(cursor)
    return f"{request.path}?{query.urlencode()}"


def _anchor(queryset: QuerySet[M], keys: tuple[str, ...], cursor: str) -> tuple[Any, ...] | None:
    if not cursor.isdecimal() or len(cursor) > 18:
        return None
    names = [key.removeprefix("-") for key in keys]
    return queryset.order_by().filter(**{names[-1]: int(cursor)}).values_list(*names).first()


def _beyond(keys: tuple[str, ...], anchor: tuple[Any, ...], *, terug: bool) -> Q:
    """Rows after the anchor. The first key stands outside the OR as well, so that its index can be walked."""
    down = keys[0].startswith("-") != terug
    names = [key.removeprefix("-") for key in keys]
    step = "lt" if down else "gt"
    parts = [
        Q(**dict(zip(names[:at], anchor[:at], strict=True)), **{f"{name}__{step}": anchor[at]})
        for at, name in enumerate(names)
    ]
    return Q(**{f"{names[0]}__{step}e": anchor[0]}) & reduce(or_, parts)


def _turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def _cursor(rijen: list[M], keys: tuple[str, ...]) -> str:
    return str(getattr(rijen[0], keys[-1].removeprefix("-"))) if rijen else ""
