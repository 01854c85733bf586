"""What commands share: options that mean the same everywhere, places to write to, progress, wording."""
