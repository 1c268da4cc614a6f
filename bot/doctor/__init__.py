"""`triagram doctor`: one line a check, what is wrong and the way to mend it."""
