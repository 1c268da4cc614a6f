### Sentences the commands of setting up say.

notice-not-read-here = 🙈 I no longer read here. /read here takes it up again.
notice-invited = 🔑 { $name } may add me to groups too.
toast-kept-run = { $name } ends with what is saved
notice-no-runs = No runs yet. /extract reads new messages.
notice-ignore-needs-reply = Reply /ignore to the message that is to be left out.
