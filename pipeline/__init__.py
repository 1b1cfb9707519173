"""The roof: runs the other rooms and is what a user sees of them, the `trichtin` command."""
