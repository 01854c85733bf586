"""Word processors: DOCX, ODT, RTF, and what their readers share (`package`)."""
