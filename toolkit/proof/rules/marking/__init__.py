"""Full marks, marks won and lost, weights, grades."""
