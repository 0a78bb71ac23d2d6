"""One's own password: for everybody, whatever their role, and all that an account with a temporary one may do."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from skt.autorisatie.forms import OwnPasswordForm
from skt.autorisatie.services import change_own_password
from skt.autorisatie.verzoek import Verzoek
from skt.kern.errors import DomainError

PROFIEL = "../"
"""The profile, one step up: its name belongs to the room at our left (skt.web)."""


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: Verzoek) -> HttpResponse:
    """Change it; this session goes on, the others of this account end."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_own_password(actor=request.user, password=form.cleaned_data["nieuw"], at=timezone.now())
        except DomainError as error:
            form.add_error("nieuw", str(error))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, "Uw wachtwoord is veranderd.")
            return HttpResponseRedirect(PROFIEL)
    return render(request, "autorisatie/password_change.html", {"form": form, "profiel": PROFIEL})
