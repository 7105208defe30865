"""Plans and protocols for the terminal: Rich renderables, returned and never printed."""
