"""What the flows share."""
