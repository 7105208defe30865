"""The pure core: protocols as values, time rules, the dated plan. No I/O, no clock."""
