"""What the bot remembers: one file a noun, each the record and the questions asked of it."""
