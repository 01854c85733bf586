"""What the command line and the API do, as functions: each calls the packages below in the order of
data flow and prints nothing.

- `reading`, `sniffing` bytes -> Document or Alignment, whatever the format; `metadata` what a user adds
- `opening` files -> segmented documents, and what the user should hear of them
- `aligning` two documents -> Alignment; `review` a person repairs it, and aligning around that
- `alignment_files` any file of an alignment -> Alignment; `unit_files` any file of units -> units;
  `converting` units from file to file; `checking` Alignment -> findings
- `corpus` whole corpora: pairs, builds, units, filters, splits, exports, terms
- `evaluating` beads against gold, `training` weights from gold
- `memory` translation memories, and files filled from them
- `word_links` links between the words of an alignment
"""
