"""清单: the three lists of tasks, one task with everything that can be done with it, and who is responsible where."""
