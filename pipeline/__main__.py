"""`python -m pipeline` is `trichtin`."""

from pipeline.cli import main

main()
