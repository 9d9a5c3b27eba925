"""What is left, lacking or more: `find` tells them."""
