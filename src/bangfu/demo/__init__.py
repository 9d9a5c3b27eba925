"""Takes a seed and a number of households.
Gives a home with an invented population for the seed's real town, whose ledgers add up to the published figures.
Must not know how a home is stored: it writes by the same actions as everybody else.
"""
