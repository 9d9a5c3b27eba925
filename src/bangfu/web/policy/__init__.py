"""The rulebook to read: checks, standards and programmes in plain words."""
