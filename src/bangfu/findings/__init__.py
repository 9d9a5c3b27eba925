"""Takes a snapshot of the register and a policy; gives runs, and findings that are known again from run to run.

Must not know any task. A finding that a person has called a false alarm stays silent until the values it rests on
change.
"""
