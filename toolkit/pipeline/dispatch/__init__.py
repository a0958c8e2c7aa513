"""Phase 4: what goes out to units: forms, packages, letters, mails, reminders. Out: files and events."""
