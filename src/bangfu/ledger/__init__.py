"""Takes what was given to households and done for them; gives it by programme and period.

Must not know any file or task. What a department says (deaths, vehicles, school rolls, ...) is kept as it said it,
beside what the office itself granted.
"""
