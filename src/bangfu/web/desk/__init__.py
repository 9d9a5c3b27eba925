"""工作台: the first page, what is to be done and how the villages stand; the days counted down to."""
