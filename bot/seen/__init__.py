"""Things as an audience sees them: frozen, and without rows of the database."""
