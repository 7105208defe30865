"""Plans and protocols as text for people: returned, never printed."""
