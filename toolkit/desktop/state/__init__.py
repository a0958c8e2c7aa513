"""What the pages show and may do, in plain Python: tested without a display."""
