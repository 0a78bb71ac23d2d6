from django.urls import path

from casusregie import views

app_name = "casusregie"

urlpatterns = [
    path("casussen/", views.casus_list, name="casus_list"),
    path("noodtoegang/", views.noodtoegang_new, name="noodtoegang_new"),
    path("casussen/<str:nummer>/", views.casus_detail, name="casus_detail"),
    path("casussen/<str:nummer>/wie-keek-mee/", views.casus_readers, name="casus_readers"),
    path("casussen/<str:nummer>/actie/", views.actie_new, name="actie_new"),
    path("casussen/<str:nummer>/actie/<int:pk>/klaar/", views.actie_complete, name="actie_complete"),
    path("casussen/<str:nummer>/actie/<int:pk>/vervalt/", views.actie_drop, name="actie_drop"),
    path("casussen/<str:nummer>/doel/", views.doel_new, name="doel_new"),
    path("casussen/<str:nummer>/doel/<int:pk>/", views.doel_change, name="doel_change"),
    path("casussen/<str:nummer>/doel/<int:pk>/uitkomst/", views.doel_finish, name="doel_finish"),
    path("casussen/<str:nummer>/notitie/", views.notitie_new, name="notitie_new"),
    path("casussen/<str:nummer>/regie/", views.regie_transfer, name="regie_transfer"),
    path("casussen/<str:nummer>/opschalen/", views.casus_scale_up, name="casus_scale_up"),
    path("casussen/<str:nummer>/afschalen/", views.casus_scale_down, name="casus_scale_down"),
    path("casussen/<str:nummer>/betrokken/", views.betrokkenheid_new, name="betrokkenheid_new"),
    path("casussen/<str:nummer>/betrokken/<int:pk>/stop/", views.betrokkenheid_end, name="betrokkenheid_end"),
    path("casussen/<str:nummer>/starten/", views.casus_start, name="casus_start"),
    path("casussen/<str:nummer>/afbouwen/", views.casus_taper, name="casus_taper"),
    path("casussen/<str:nummer>/hervatten/", views.casus_resume, name="casus_resume"),
    path("casussen/<str:nummer>/nazorg/", views.nazorg_start, name="nazorg_start"),
    path("casussen/<str:nummer>/nazorg/<int:pk>/", views.nazorg_record, name="nazorg_record"),
    path("casussen/<str:nummer>/afschermen/", views.casus_shield, name="casus_shield"),
    path("casussen/<str:nummer>/opheffen/", views.casus_unshield, name="casus_unshield"),
    path("casussen/<str:nummer>/uitnodigen/", views.person_invite, name="person_invite"),
    path(
        "casussen/<str:nummer>/uitnodigen/<int:pk>/intrekken/", views.person_withdraw, name="person_withdraw"
    ),
]
