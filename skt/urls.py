"""Every URL of the site; paths Dutch, names English."""

from django.urls import include, path

urlpatterns = [
    path("", include("skt.web.urls")),
    path("", include("skt.autorisatie.urls")),
    path("", include("intake.urls")),
    path("", include("triage.urls")),
    path("", include("casusregie.urls")),
    path("", include("socialekaart.urls")),
    path("", include("rapportage.urls")),
]

handler400 = "skt.web.views.bad_request"
handler403 = "skt.web.views.forbidden"
handler404 = "skt.web.views.not_found"
handler500 = "skt.web.views.server_error"
