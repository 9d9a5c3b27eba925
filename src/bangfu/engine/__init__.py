"""Takes a Dataset and a Policy at a date and a place; gives what every check answers, with evidence and words.

Must not know where the rows came from (files or register), nor what is done about a finding.
"""
