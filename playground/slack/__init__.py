"""A Slack of the project's own, in one process: as strict as Slack's documents, talking to the app only over the wire."""
