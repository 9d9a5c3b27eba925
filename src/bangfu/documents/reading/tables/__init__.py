"""Takes the plain text of a report and the quantities that its prose states.
Gives the figures of the tables that were copied into it, with the unit of their head, and the columns that have a total.
Must not know whether the totals are right.
"""
