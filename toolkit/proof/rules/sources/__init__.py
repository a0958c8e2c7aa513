"""Laws, references, annexes, what the workspace knows, what a report must contain."""
