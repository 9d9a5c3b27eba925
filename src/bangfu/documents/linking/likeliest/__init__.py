"""What comes out of the claims that are likely: told to the network before its second look."""
