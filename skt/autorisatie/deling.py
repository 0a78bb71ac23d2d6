"""django-guardian's base tables for per-dossier grants, under our own names: only this room knows guardian."""

from guardian.models import GroupObjectPermissionBase as DelingMetOrganisatie
from guardian.models import UserObjectPermissionBase as DelingMetMens

__all__ = ["DelingMetMens", "DelingMetOrganisatie"]
