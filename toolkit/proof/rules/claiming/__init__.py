"""What sentences claim against numbers and against one another."""
