"""The vocabulary every room shares: frozen values that know nothing of files, stages or people."""
