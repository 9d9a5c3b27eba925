"""Figures and charts as pages show them, and the reading of a text whose figures do not add up."""
