"""The only road to django-guardian: per-dossier grants to a person or a moederorganisatie, asked with Exists."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Exists, Model, OuterRef, Q
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from skt.medewerkers.models import DOSSIERROLLEN, Medewerker, Moederorganisatie


def shared_with_person(user: Medewerker, action: str, model: type[Model]) -> Q:
    """Rows granted to this person by name. `action` is ‘app.codename’."""
    table: Any = get_user_obj_perms_model(model)  # type: ignore[arg-type]  # takes a class as well
    return Q(
        Exists(
            table.objects.filter(
                content_object=OuterRef("pk"), user=user, permission__codename=action.split(".")[1]
            )
        )
    )


def shared_with_organisation(user: Medewerker, action: str, model: type[Model]) -> Q:
    """Rows granted to a moederorganisatie for which this person works with dossiers now."""
    table: Any = get_group_obj_perms_model(model)  # type: ignore[arg-type]
    return Q(
        Exists(
            table.objects.filter(
                content_object=OuterRef("pk"),
                group__moederorganisatie__in=user.organisatie_ids(*DOSSIERROLLEN),
                permission__codename=action.split(".")[1],
            )
        )
    )


def grant(action: str, subject: Model, to: Medewerker | Moederorganisatie) -> None:
    """Give the right on this one object. Doing it twice does nothing more."""
    table, field, holder = _where(subject, to)
    table.objects.get_or_create(content_object=subject, permission=_permission(action), **{field: holder})


def revoke(action: str, subject: Model, to: Medewerker | Moederorganisatie) -> None:
    """Take the right away, at once."""
    table, field, holder = _where(subject, to)
    table.objects.filter(content_object=subject, permission=_permission(action), **{field: holder}).delete()


def _where(subject: Model, to: Medewerker | Moederorganisatie) -> tuple[Any, str, Model]:
    if isinstance(to, Moederorganisatie):
        return get_group_obj_perms_model(subject), "group", to.groep
    return get_user_obj_perms_model(subject), "user", to


def _permission(action: str) -> Permission:
    app_label, codename = action.split(".")
    return Permission.objects.get(codename=codename, content_type__app_label=app_label)
