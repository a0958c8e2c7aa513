"""The rules, one file a group; :mod:`toolkit.proof.catalogue` lists them."""
