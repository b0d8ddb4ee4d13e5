"""The playground's page: a browser window that looks and behaves like Slack, drawn from the small Slack's world."""
