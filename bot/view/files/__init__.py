"""Tasks as files: Markdown for people, CSV, JSON and iCalendar for other programs."""
