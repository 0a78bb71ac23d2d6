"""The old WWZ-loket list: reading, judging and reporting it. Pure functions on bytes and text; no Django models here."""
