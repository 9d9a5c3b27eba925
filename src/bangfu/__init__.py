"""帮扶: the working system of a township's anti-poverty office; the folders are the loop (docs/adr/0001)."""
