### What is read, where it goes, for how long; leaving out, forgetting, taking along.

privacy-head = 🔒 <b>What I know of you</b>
privacy-what = 👀 <b>What:</b> what you write in the chats I read, once an administrator tapped Start reading there.
privacy-out = 🙈 <b>You are left out:</b> nothing you write is stored.
privacy-long = { $n ->
    [0] 🗓 <b>How long:</b> until I am removed.
    [one] 🗓 <b>How long:</b> { $n } day; after that only the quotes that notes and tasks rest on.
   *[other] 🗓 <b>How long:</b> { $n } days; after that only the quotes that notes and tasks rest on.
}
privacy-purge = { $n ->
    [one] 🧹 <b>Removed from a chat</b>, I forget it after { $n } day.
   *[other] 🧹 <b>Removed from a chat</b>, I forget it after { $n } days.
}
privacy-kept = { $n ->
    [0] 📦 Nothing of yours is kept.
    [one] 📦 { $n } message of yours is kept.
   *[other] 📦 { $n } messages of yours are kept.
}
privacy-never = Nobody gets statistics about a person.
privacy-direct = To forget what you wrote, or to take it along, open the direct chat.
button-take-me-in = 👀 Take me in again
button-forget-me = 🗑 Forget me…
button-export-me = 📦 Export my data
button-open-privacy = Open direct chat

privacy-confirm = { $n ->
    [one] 🗑 <b>Forget { $n } message of yours?</b>
   *[other] 🗑 <b>Forget { $n } messages of yours?</b>
}
privacy-confirm-what = Your words go from messages, notes, tasks, digests and cards. Tasks stay, without your words; those with nothing left go back to a reviewer. Decisions you made keep your name.
privacy-confirm-final = This cannot be undone. What you write from now on is read again unless you are left out.
button-forget-confirm = 🗑 Yes, forget me

panel-remove = 🗑 <b>Remove your words from { $name }?</b> Your messages quoted here go for good, everywhere. This cannot be undone.
button-remove-words = 🗑 Remove my words
button-remove-confirm = 🗑 Yes, remove them

toast-forgotten = { $n ->
    [0] There was nothing of yours to forget.
    [one] Forgotten: { $n } message.
   *[other] Forgotten: { $n } messages.
}
toast-not-quoted = You are not quoted here.
toast-exported = Here it comes.
toast-not-exported = I could not send it now. Try again in a minute.

notice-forgotten = 🙈 This was removed.
notice-no-longer = 🗑 This is no longer there.
notice-forget-how = To forget all you wrote: <code>/forget me</code>. One message of yours: reply /forget to it.
notice-forget-not-yours = Only who wrote a message can have it forgotten. /ignore leaves it out.
notice-forgot-message = 🗑 Forgotten.
notice-export-how = <code>/export</code> sends you tasks as a file, <code>/export my data</code> what I keep of yours.
notice-export-failed = I could not send it now. Try /export again in a minute.
notice-privacy-direct = I do that in direct chat: { $link }
