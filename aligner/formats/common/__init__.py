"""What several formats share: texts side by side, links between numbered segments, ids, inline codes."""
