"""Characters and runs of text, for every reader and writer: decoding, mojibake, formatting, turns and
speakers, drafts of paragraphs, words.
"""
