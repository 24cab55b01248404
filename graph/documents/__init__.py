"""Documents for paper and screen: one model in a small part of HTML, and writers of DOCX and PDF that run apart."""
