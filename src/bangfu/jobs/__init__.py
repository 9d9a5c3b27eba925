"""Takes requests for long work; gives jobs: queued in the database, run one at a time by a worker, told, cancelled.

Must not know what any job does: stations register their kinds in their own `jobs.py`. A kind is safe to be run again
after it was killed at any instant.
"""
