"""The yearly report: facts of a year in the words of a template, with the evidence of each sentence."""
