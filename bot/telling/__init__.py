"""What each post has to say, read in a transaction and drawn after it."""
