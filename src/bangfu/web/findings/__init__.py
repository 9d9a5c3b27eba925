"""What checks found: lists, one finding, runs and their differences."""
