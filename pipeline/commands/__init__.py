"""What the user can ask for: one file a group of commands, wired together in `pipeline.cli`."""
