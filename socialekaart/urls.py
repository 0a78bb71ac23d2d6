from django.urls import path

from socialekaart import views

app_name = "socialekaart"

urlpatterns = [
    path("sociale-kaart/", views.voorziening_list, name="voorziening_list"),
    path("sociale-kaart/nieuw/", views.voorziening_new, name="voorziening_new"),
    path("sociale-kaart/foutmeldingen/", views.fout_list, name="fout_list"),
    path("sociale-kaart/foutmeldingen/<int:pk>/", views.fout_handle, name="fout_handle"),
    path("sociale-kaart/<slug:code>/", views.voorziening_detail, name="voorziening_detail"),
    path("sociale-kaart/<slug:code>/wijzigen/", views.voorziening_edit, name="voorziening_edit"),
    path("sociale-kaart/<slug:code>/controle/", views.voorziening_check, name="voorziening_check"),
    path("sociale-kaart/<slug:code>/fout/", views.fout_report, name="fout_report"),
]
