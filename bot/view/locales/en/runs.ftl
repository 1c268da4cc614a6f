### Runs: estimate, progress, result, closing, metrics.

run-kept = 📚 The notes are kept.
run-is-pending = { $stage ->
    [tasks] ⏳ <b>Find tasks</b> · { $project } · { $name }
   *[knowledge] ⏳ <b>Read new messages</b> · { $project } · { $name }
}
run-is-running = { $stage ->
    [tasks] 🔎 <b>Finding tasks</b> · { $project } · { $name }
   *[knowledge] 📖 <b>Reading new messages</b> · { $project } · { $name }
}
run-is-completed = { $stage ->
    [tasks] ✅ <b>Tasks looked for</b> · { $project } · { $name }
   *[knowledge] ✅ <b>Messages read</b> · { $project } · { $name }
}
run-is-reviewed = ✅ <b>All decided</b> · { $project } · { $name }
run-is-closed = 🏁 <b>{ $name } is closed</b> · { $project }
run-is-failed = { $stage ->
    [tasks] ⚠️ <b>Find tasks stopped half-way</b> · { $project } · { $name }
   *[knowledge] ⚠️ <b>Reading stopped half-way</b> · { $project } · { $name }
}
run-is-cancelled = ⏹ <b>{ $name } was cancelled</b> · { $project }
run-waits = Starts in a moment.
run-bar = { $stage ->
    [tasks] { $bar } subject { $done } of { $n }
   *[knowledge] { $bar } conversation { $done } of { $n }
}
run-so-far = { $stage ->
    [tasks] { $n ->
        [one] { $n } task so far
       *[other] { $n } tasks so far
    }
   *[knowledge] { $n ->
        [one] { $n } note so far
       *[other] { $n } notes so far
    }
}
run-eta = about { $span } left
run-saved = { $stage ->
    [tasks] { $done } of { $n } subjects done and saved
   *[knowledge] { $done } of { $n } conversations done and saved
}
run-error = What went wrong: { $error }
run-read-messages = { $n ->
    [one] { $n } message
   *[other] { $n } messages
} in { $conversations ->
    [one] { $conversations } conversation
   *[other] { $conversations } conversations
}
run-left-out = { $n } small talk left out
run-read-notes = { $n ->
    [one] Notes of { $n } subject read
   *[other] Notes of { $n } subjects read
}
run-found-nothing = { $stage ->
    [tasks] Nothing in them calls for a task.
   *[knowledge] Nothing worth keeping this time.
}
run-carried = { $n } left for later
run-started = { $trigger ->
    [manual] Started { $at } by { $by }.
    [scheduled] Started { $at } by the schedule.
   *[threshold] Started { $at }, as enough messages had come in.
}
tally-pending = { $n } waiting
tally-approved = { $stage ->
    [knowledge] { $n } kept
   *[tasks] { $n } approved
}
tally-merged = { $n } merged
tally-rejected = { $stage ->
    [knowledge] { $n } dropped
   *[tasks] { $n } rejected
}
tally-replaced = { $n } replaced
tally-expired = { $n } let go

run-close = { $n ->
    [0] 🏁 Close <b>{ $name }</b>? Everything in it is decided.
    [one] 🏁 Close <b>{ $name }</b>? { $n } still waits for a decision.
   *[other] 🏁 Close <b>{ $name }</b>? { $n } still wait for a decision.
}
run-close-hint = What is left for later stays in /pending; what is let go can be brought back from there.
button-close-carry = 🕓 Close, leave { $n } for later
button-close-expire = 🧹 Close, let { $n } go
button-close-keep = Keep it open
button-close-now = 🏁 Close it

button-cancel-run = ✖️ Cancel
button-resume = 🔄 Resume
button-close-with = Close with { $n }
button-review = ▶️ Review
button-close = 🏁 Close…
button-undo-keep = ↩️ Undo keeping the notes
button-start = ▶️ Start
button-not-now = Not now

estimate-head = { $stage ->
    [tasks] 🔎 <b>Find tasks</b> · { $project }
   *[knowledge] 📖 <b>Read new messages</b> · { $project }
}
estimate-nothing = { $stage ->
    [tasks] No new or changed notes since last time. Read new messages first: /extract
   *[knowledge] Nothing new to read.
}
estimate-messages = { $n ->
    [one] { $n } message → about { $kept } after the filter → { $batches ->
        [one] { $batches } conversation
       *[other] { $batches } conversations
    }
   *[other] { $n } messages → about { $kept } after the filter → { $batches ->
        [one] { $batches } conversation
       *[other] { $batches } conversations
    }
}
estimate-notes = { $n ->
    [one] { $n } new or changed note
   *[other] { $n } new or changed notes
} in { $batches ->
    [one] { $batches } subject
   *[other] { $batches } subjects
}
estimate-since = Since { $at }
estimate-time = Takes about { $span }
estimate-free = free of cost
estimate-tokens = about { $n } tokens, price unknown
estimate-cost = about { $n } tokens, ${ $usd }

blocked = { $n ->
    [0] ✋ <b>{ $name }</b> is still open · { $project }
   *[other] ✋ <b>{ $name }</b> is still open ({ $n } waiting) · { $project }
}
blocked-running = ✋ <b>{ $name }</b> is still at work · { $project }. Start again when it is through, or /cancel it.
blocked-over = <b>{ $name }</b> is no longer in the way.
button-close-and-start = { $n ->
    [0] 🏁 Close { $name } and start
   *[other] 🏁 Close { $name }, leave { $n } for later, start
}

accuracy-none = It proposed nothing.
accuracy-undecided = { $n ->
    [one] Its { $n } proposal was not decided on.
   *[other] None of its { $n } proposals was decided on.
}
accuracy-right = { $n ->
    [one] { $right } of { $n } was right ({ $percent } %)
   *[other] { $right } of { $n } were right ({ $percent } %)
}
outcome-approved_unchanged = { $stage ->
    [knowledge] { $n } kept as they were
   *[tasks] { $n } approved as they were
}
outcome-approved_edited = { $n } after an edit
outcome-rejected = { $stage ->
    [knowledge] { $n } dropped
   *[tasks] { $n } rejected
}
outcome-merged = { $n } merged
outcome-replaced = { $n } replaced
outcome-expired = { $n } let go
outcome-carried = { $n } left for later
accuracy-bands = Right when I was { $bands }
accuracy-band = { $band }: { $right } of { $n }
accuracy-speed = Half were decided within { $span }
accuracy-cost-unknown = Cost: unknown
accuracy-cost = Cost: ${ $usd }
accuracy-cost-each = Cost: ${ $usd }, ${ $each } for each one approved
