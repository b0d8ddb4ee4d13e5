"""Documents: what a person hands on beyond Slack, in words for an e-mail, as Markdown, as a spreadsheet or on paper."""
