"""Takes a folder, a number of households and a seed.
Gives an invented town's files as the national system and the departments send them, on wish with known faults.
Must not know the engine, the checks or how files are read.
"""

from bangfu.samples.town import write_town

__all__ = ["write_town"]
