from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from skt.web import termijnen, views

urlpatterns = [
    path("", views.home, name="home"),
    path("zoeken/", views.search, name="search"),
    path("profiel/", views.profile, name="profile"),
    path("profiel/bericht/", termijnen.bericht, name="termijnbericht"),
    path("termijnen/", termijnen.term_list, name="term_list"),
    path("inrichting/", views.inrichting, name="inrichting"),
    path("inloggen/", views.LoginView.as_view(), name="login"),
    path("inloggen/ter-plekke/", views.login_in_place, name="login_in_place"),
    path("uitloggen/", views.LogoutView.as_view(), name="logout"),
    path("sessie-verlopen/", views.session_expired, name="session_expired"),
    path("gezond/", views.health, name="health"),
]

if settings.DEBUG:
    urlpatterns += [
        path(
            "stijlgids/",
            login_not_required(TemplateView.as_view(template_name="web/stijlgids.html")),
            name="styleguide",
        )
    ]
