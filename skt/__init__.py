"""SKT-loket: what every room of the building shares."""
