from django.urls import path

from rapportage.views import dashboard, downloads

app_name = "rapportage"

urlpatterns = [
    path("stuurinformatie/", dashboard.dashboard, name="dashboard"),
    path("stuurinformatie/open-data.zip", downloads.open_data, name="open_data"),
    path("stuurinformatie/<str:periode>/<slug:tabel>.csv", downloads.download, name="download"),
    path(
        "stuurinformatie/<str:periode>/<slug:tabel>.<slug:vorm>",
        downloads.download_table,
        name="download_table",
    ),
    path("stuurinformatie/<str:periode>.<slug:vorm>", downloads.download_period, name="download_period"),
]
