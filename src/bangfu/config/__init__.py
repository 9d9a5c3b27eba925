"""Takes the environment; gives the settings of an installation, each declared once in a table (`env`).

Must not know any station; `config.env` imports nothing of ours, so that all may read it.
"""
