"""The yearly report and the brief for a visit: facts in the words of templates, with the evidence of each sentence."""
