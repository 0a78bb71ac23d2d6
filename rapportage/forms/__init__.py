"""Wat er op de bladzijden van de stuurinformatie in te vullen en te kiezen is."""
