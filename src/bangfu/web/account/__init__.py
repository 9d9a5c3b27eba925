"""Login, logout and one's own password."""
