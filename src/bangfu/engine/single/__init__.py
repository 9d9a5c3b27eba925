"""Takes the rows of one household; gives what every check answers of them, without a statement or a plan a question.

Must not know where the rows are kept. The same nodes as a run's, as Python functions: the answers are the run's.
"""
