from django.apps import AppConfig


class InwonersConfig(AppConfig):
    name = "skt.inwoners"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "inwoners"
