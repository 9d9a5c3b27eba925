"""Units that plain measure or the text itself forbids: `find` tells them."""
