from django.urls import path

from rapportage.views import dashboard, downloads

app_name = "rapportage"

urlpatterns = [
    path("stuurinformatie/", dashboard.dashboard, name="dashboard"),
    path("stuurinformatie/<str:periode>/<slug:tabel>.csv", downloads.download, name="download"),
]
