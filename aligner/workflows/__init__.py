"""What the command line and the API do, as functions: each calls the packages below in the order of
data flow and prints nothing.

- `reading`, `sniffing` bytes -> Document or Alignment, whatever the format; `metadata` what a user adds
- `opening` files -> segmented documents, and what the user should hear of them
- `aligning` two documents -> Alignment; `realigning` around what a person has fixed
- `converting` any file of an alignment -> Alignment; `checking` Alignment -> findings
- `corpus_building`, `corpus_pairing`, `corpus_units`, `pooling`, `terminology` whole corpora
- `memories`, `pretranslating`, `drafting`, `ahead` translation memories
- `word_links` links between the words of an alignment
"""
