"""What a hub's funder asks at the end of a year: lists of questions as versioned declarations, and words of a limit."""
