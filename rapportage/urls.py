from django.urls import path

from rapportage.views import bevolking, codeboek, dashboard, downloads, tabellen, toelichting

app_name = "rapportage"

urlpatterns = [
    path("stuurinformatie/", dashboard.dashboard, name="dashboard"),
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
    path("stuurinformatie/open-data.zip", downloads.open_data, name="open_data"),
    path("stuurinformatie/<str:periode>/<slug:tabel>.csv", downloads.download, name="download"),
    path(
        "stuurinformatie/<str:periode>/<slug:tabel>.<slug:vorm>",
        downloads.download_table,
        name="download_table",
    ),
    path("stuurinformatie/<str:periode>.<slug:vorm>", downloads.download_period, name="download_period"),
]
