"""The room of features: the table of contents, and the listeners of each noun."""
