"""Many bookings at once: a table of rows in, a folder of calendars and handouts and a manifest out.

Nothing here knows the command line. A row is written by one function that any engine can map, and
what is known of a booking stands in the folder alone.
"""
