"""Languages: tags (BCP 47), names, detection, look-alikes, scripts, the codes of rule files."""
