"""Growth and decline: `find` tells them."""
