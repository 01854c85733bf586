"""Parts of `scripts/bench roundtrip`: what other programs read of a file, and what comes back of ours."""
