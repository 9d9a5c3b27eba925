"""Takes the plain text of a report.
Gives its quantities, each with its exact place, value, unit, subject and time.
Must not know what the quantities have to do with one another.
"""
