"""The whole product with no token: a sandbox, a chat in it, the real bot against it."""
