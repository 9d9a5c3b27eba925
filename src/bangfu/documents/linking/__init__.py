"""Which of many figures belong together: learned from annotated texts, so that what they claim can be computed."""
