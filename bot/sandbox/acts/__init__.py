"""What can be done in the sandbox: talk, come and go, press; each act tells the bot its update."""
