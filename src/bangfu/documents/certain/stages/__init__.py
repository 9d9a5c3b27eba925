"""Steps of a procedure, households and persons: `find` tells them."""
