"""The Bot API's methods, a small file for each family; `table` lists them all."""
