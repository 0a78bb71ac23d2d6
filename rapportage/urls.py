from django.urls import path

from rapportage.inzicht.views import insight
from rapportage.views import (
    bevolking,
    codeboek,
    dashboard,
    downloads,
    figuren,
    rapporten,
    tabellen,
    toelichting,
)

app_name = "rapportage"

urlpatterns = [
    path("inzicht/", insight, name="inzicht"),
    path("stuurinformatie/", dashboard.dashboard, name="dashboard"),
    path("stuurinformatie/open-data.zip", downloads.open_data, name="open_data"),
    path("stuurinformatie/thema/<slug:thema>/", dashboard.thema, name="thema"),
    path("stuurinformatie/tabellen/", tabellen.tabel_list, name="tabel_list"),
    path("stuurinformatie/tabellen/<slug:tabel>/", tabellen.tabel_detail, name="tabel_detail"),
    path("stuurinformatie/codeboek/", codeboek.codeboek, name="codeboek"),
    path("stuurinformatie/bevolking/", bevolking.bevolking, name="bevolking"),
    path(
        "stuurinformatie/toelichting/<str:periode>/<slug:figuur>/",
        toelichting.toelichting_edit,
        name="toelichting_edit",
    ),
    path("stuurinformatie/thema/<slug:thema>/<str:periode>.pdf", figuren.theme_pdf, name="theme_pdf"),
    path(
        "stuurinformatie/figuur/<slug:figuur>/<str:periode>.<slug:vorm>",
        figuren.figuur_file,
        name="figuur_file",
    ),
    path("stuurinformatie/rapporten/", rapporten.rapport_list, name="rapport_list"),
    path(
        "stuurinformatie/rapporten/<str:periode>/<int:versie>/",
        rapporten.rapport_detail,
        name="rapport_detail",
    ),
    path(
        "stuurinformatie/rapporten/<str:periode>/<int:versie>/stoppen/",
        rapporten.rapport_stop,
        name="rapport_stop",
    ),
    path(
        "stuurinformatie/rapporten/<str:periode>/<int:versie>/rapport.pdf",
        rapporten.rapport_pdf,
        name="rapport_pdf",
    ),
    path("stuurinformatie/<str:periode>/<slug:tabel>.csv", downloads.download, name="download"),
    path(
        "stuurinformatie/<str:periode>/<slug:tabel>.<slug:vorm>",
        downloads.download_table,
        name="download_table",
    ),
    path("stuurinformatie/<str:periode>.<slug:vorm>", downloads.download_period, name="download_period"),
]
