"""The members of a round on a day: who they are, what each pays, and their counts."""
