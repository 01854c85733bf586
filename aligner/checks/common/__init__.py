"""What all checks share: words of a text, what CLDR knows of a language, small trained models, findings."""
