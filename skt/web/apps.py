from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "skt.web"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "schermen"
