"""Plans as files and data for other programs: returned, never written."""
