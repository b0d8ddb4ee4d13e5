"""What keeps the database whole: opening, schema, backups, keys in use."""
