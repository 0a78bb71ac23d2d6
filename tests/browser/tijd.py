"""How long a browser test waits for what it expects. It waits for a state, never for a while."""

TIJD_MS = 30_000
