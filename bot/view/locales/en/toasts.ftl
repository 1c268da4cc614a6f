### Answers to a press, at most 200 characters. Plain text, no HTML.

toast-approved = Approved → { $result }
toast-kept = Kept
toast-rejected = Rejected
toast-dropped = Dropped
toast-merged = Merged into { $result }
toast-later = Back { $at }
toast-woken = It is back
toast-reason = Noted: { $reason }
toast-undone = Taken back
toast-undone-standing = Taken back. Kept, as later work stands on it: { $standing }
toast-kept-notes = { $dropped ->
    [0] Kept { $kept }
   *[other] Kept { $kept }, dropped { $dropped }
}
toast-kept-and-finding = Kept { $kept }. Looking for tasks…
toast-settled-all = { $what ->
    [reject] { $n } rejected
    [merge] { $n } merged
    [expire] { $n } let go
   *[other] { $n } approved
}
toast-started = { $name } has started
toast-cancelled = { $name } is cancelled
toast-resumed = { $name } goes on
toast-closed = { $name } is closed
toast-closed-carried = { $name } is closed, { $n } left for later
toast-kept-open = It stays open
toast-changed = { $field ->
    [priority] Priority: { $value }
    [category] Category: { $value }
    [due] Due: { $value }
    [owner] Owner: { $value }
    [title] Title: { $value }
   *[other] Changed: { $value }
}
toast-status = { $name }: { $status ->
    [in_progress] in progress
    [done] done
    [dropped] dropped
   *[open] open
}
toast-taken = { $name } is yours
toast-shared = The digest now also comes to the group
toast-paused = No digest for a week
toast-thanks = Thank you
toast-importing = Bringing it into { $project }
toast-reading = I am reading from now on
toast-clean = What was said here before is gone
toast-chat-opened = “{ $room }” may read this chat from now on
toast-chat-closed = “{ $room }” may no longer read this chat
toast-left-out = You are left out. I no longer read what you write.
toast-back-in = I read what you write again
toast-reviewer-added = { $name } decides now
toast-reviewer-removed = { $name } no longer decides
toast-saved = Saved
toast-brought-back = { $number } waits for a decision again
toast-reply-with-title = Reply to this message with the new title
toast-split = Split into { $n }
toast-promoted = { $name } is a task to decide on
toast-moved = It is with { $project } now
toast-unmerged = { $name } waits for a decision again
toast-reply-with-change = Tap a field, or reply in plain words
toast-applied = Changed
toast-reply-with-search = Reply to this message with a word to search
toast-reply-with-reason = Reply to this message with the reason
toast-open-direct = Press Start in the direct chat with me first
toast-here = Shown below
toast-here-already = It is shown below already
toast-sources-instead = I cannot point at the message here; this is what was said
toast-gone = This message is too old for its buttons. /pending shows what waits.
toast-waits = { $kind ->
    [full] The disk I write to is full. Nothing is lost: I do it by myself once my owner has made room.
   *[other] My database does not answer just now. Nothing is lost: I do it by myself soon, no need to ask again.
}
toast-broke = Something broke on my side · ref { $ref }
