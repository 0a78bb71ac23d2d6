from django.urls import path

from rapportage import views

app_name = "rapportage"

urlpatterns = [
    path("stuurinformatie/", views.dashboard, name="dashboard"),
    path("stuurinformatie/<str:maand>/<slug:kubus>.csv", views.download, name="download"),
]
