"""Domain errors: what a professional may hear when the domain says no."""


class DomainError(Exception):
    """A refusal with one clear Dutch sentence; views put it on the form. Never shown: technical words."""


class ContextMissing(RuntimeError):
    """Code asked for people without saying who is acting. A programming error: it must be loud, not empty."""


class GuardFailed(DomainError):
    """A transition exists, but one of its conditions doesn't hold."""


class TransitionNotAllowed(DomainError):
    """The life of this object has no such transition from where it stands now."""
