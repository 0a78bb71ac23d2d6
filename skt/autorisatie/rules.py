"""Lock 1: one Rule per action. The same Q filters the list and fetches the one row, so they can't disagree."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce, wraps
from operator import or_
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from skt.kern import werkcontext
from skt.medewerkers.models import DOSSIERROLLEN, Medewerker, Rol

M = TypeVar("M", bound=Model)
NIETS = Q(pk__in=[])
OVER_INWONERS = frozenset({"inwoners", "intake", "triage", "casusregie"})
"""The apps whose every right is about residents: without a running dossierrol there is none, whatever a ground says."""


@dataclass(frozen=True)
class Grond:
    """One ground for a right: the sentence a user reads, and the rows it covers."""

    waarom: str
    q: Callable[[Medewerker], Q]


class Rule:
    """A right: an action (‘casusregie.view_casus’) and its grounds; whoever has none has no right."""

    def __init__(
        self,
        action: str,
        *gronden: Grond,
        rollen: tuple[Rol, ...] = (),
        behalve: Callable[[Medewerker], Q] | None = None,
    ) -> None:
        """`behalve`: the rows that no ground gives, such as those of a family one knows."""
        self.action = action
        self.gronden = gronden
        self.rollen = rollen
        self.behalve = behalve

    @classmethod
    def of_role(cls, action: str, waarom: str, *rollen: Rol) -> "Rule":
        """A right of a role on everything of its kind (or on nothing in particular, such as ‘start a call’)."""
        return cls(
            action, Grond(waarom, lambda user: Q() if user.heeft_rol(*rollen) else NIETS), rollen=rollen
        )

    def q(self, user: Medewerker) -> Q:
        """The rows this user has this right on. A name in a dossier outlives the placement; the right doesn't."""
        if self.action.split(".")[0] in OVER_INWONERS and not user.heeft_rol(*DOSSIERROLLEN):
            return NIETS
        parts = [grond.q(user) for grond in self.gronden]
        all_of_it = any(part == Q() for part in parts)
        found = Q() if all_of_it else reduce(or_, [part for part in parts if part != NIETS], NIETS)
        return found & ~self.behalve(user) if self.behalve and found != NIETS else found

    @property
    def waarom(self) -> str:
        return " of ".join(grond.waarom for grond in self.gronden)


class Refused(Http404):
    """Not allowed and not there look the same; the log knows what was asked."""

    def __init__(self, action: str, soort: str, lookup: dict[str, Any]) -> None:
        super().__init__()
        self.action = action
        self.soort = soort
        self.lookup = {key: str(value)[:80] for key, value in lookup.items()}


_rules: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Add rules at start-up. Raises ValueError when an action gets a second rule."""
    for rule in rules:
        if rule.action in _rules:
            raise ValueError(f"voor {rule.action} staat al een regel")
        _rules[rule.action] = rule


def registered() -> dict[str, Rule]:
    return dict(_rules)


def permitted(user: Any, action: str, queryset: QuerySet[M]) -> QuerySet[M]:
    """The rows of `queryset` on which `user` may do `action`. An unknown action permits nothing."""
    werkcontext.current()
    rule = _rules.get(action)
    if rule is None or not _acts(user):
        return queryset.none()
    return queryset.filter(rule.q(user))


def get_permitted_or_404(user: Any, action: str, queryset: QuerySet[M], **lookup: Any) -> M:
    """The one row, or Refused (a 404): a URL never betrays that something exists."""
    found = permitted(user, action, queryset).filter(**lookup).first()
    if found is None:
        raise Refused(action, queryset.model._meta.model_name or "", lookup)
    return found


def may(user: Any, action: str, subject: Model | None = None) -> bool:
    """May `user` do this, to this object or (for a right of a role) at all? Unknown actions: no."""
    rule = _rules.get(action)
    if rule is None or not _acts(user):
        return False
    if subject is not None:
        return permitted(user, action, type(subject)._default_manager.filter(pk=subject.pk)).exists()
    return user.heeft_rol(*rule.rollen) and any(grond.q(user) != NIETS for grond in rule.gronden)


def explain(user: Any, action: str, subject: Model) -> list[str]:
    """The grounds on which this user may do this to this object: the answer to ‘waarom mag ik dit zien?’."""
    rule = _rules.get(action)
    if rule is None or not _acts(user):
        return []
    this = permitted(user, action, type(subject)._default_manager.filter(pk=subject.pk))
    return [grond.waarom for grond in rule.gronden if this.filter(grond.q(user)).exists()]


def requires(action: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """For a view without an object: 404 for whoever's role doesn't have the action."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, action):
                raise Refused(action, "pagina", {"pad": request.path})
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _acts(user: Any) -> bool:
    return bool(user is not None and user.is_authenticated and user.is_active)
