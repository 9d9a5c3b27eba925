"""Faults that need no weighing: what is wrong in a text by what its own words or plain measures say.

Beside `claims`, which weighs readings by learned cues: a finder belongs here where its doubts are nearly always right.
"""
