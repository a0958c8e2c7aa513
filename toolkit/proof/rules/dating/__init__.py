"""Days, periods, years, how long something took."""
