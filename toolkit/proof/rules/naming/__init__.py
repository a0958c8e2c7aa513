"""Names of projects, units, companies, indicators."""
