### Money and agents: what a month may cost, who makes the runs, what came of them.

budget-head = 💶 <b>Budget of this month</b> · { $project }
budget-spent = { $bar } ${ $spent } of ${ $limit } ({ $percent } %)
budget-free-only = Nothing that costs money is asked here.
budget-unknown = { $n ->
    [one] { $n } call has no known price: it is not in the sum, and the budget cannot hold the like back.
   *[other] { $n } calls have no known price: they are not in the sum, and the budget cannot hold the like back.
}
budget-use = { $purpose ->
    [read] 📖 Reading
    [find] 🔎 Finding tasks
    [judge] ⚖️ Comparing
    [edit] ✏️ Edits in words
    [ask] 💬 Answers
    [digest] 📬 Digests
   *[other] 🧭 Search
} with { $model }: { $price } · { $calls ->
    [one] { $calls } call
   *[other] { $calls } calls
}, { $tokens } tokens
budget-usd = ${ $usd }
budget-no-price = price unknown
budget-each = { $n ->
    [one] ${ $usd } for the { $n } task approved this month
   *[other] ${ $usd } for each of the { $n } tasks approved this month
}
budget-until = It starts anew on { $day }.
budget-hint = Owners change it, in dollars a month: <code>/budget 25</code>
button-budget-more = + ${ $usd }
button-budget-raise = 💶 Raise the budget
button-budget-resume = + ${ $usd } and go on

run-out-of-money = ⛔ The next call would pass this month's budget: ${ $spent } of ${ $limit } is spent. Nothing more is asked until { $day }, or until an owner raises it. Capturing by hand still works.
estimate-left = ${ $left } of ${ $limit } left this month
estimate-over = ⚠️ More than the ${ $left } left this month: it stops before it would pass that. /budget
estimate-unpriced = ⚠️ Without a known price the budget cannot hold it back.

agents-head = 🤖 <b>Who judges</b> · { $project }
agents-stage = { $stage ->
    [tasks] 🔎 <b>Find tasks</b>: { $names }
   *[knowledge] 📖 <b>Read new messages</b>: { $names }
}
agents-take-turns = they take turns, run by run
agents-rules = built-in (no AI)
agents-record = • <b>{ $name }</b> · { $runs ->
    [one] { $runs } run
   *[other] { $runs } runs
} · { $what }
agents-edited = { $stage ->
    [knowledge] { $n } of the kept after an edit
   *[tasks] { $n } of the approved after an edit
}
agents-approval = { $stage ->
    [knowledge] kept { $percent } %, likely { $low } to { $high } %
   *[tasks] approved { $percent } %, likely { $low } to { $high } %
}
agents-cost = { $stage ->
    [knowledge] ${ $usd } a kept note, likely ${ $low } to { $high }
   *[tasks] ${ $usd } an approved task, likely ${ $low } to { $high }
}
agents-no-end = any sum
agents-free = free of cost
agents-no-price = price unknown
agents-nothing = No run yet.
agents-better = ⚖️ { $name } is right more often than { $other }: by { $low } to { $high } points.
agents-alike = ⚖️ Between { $name } and { $other } no difference shows yet: it may be anything from { $low } to { $high } points.
agents-choose = { $stage ->
    [tasks] Who finds tasks? Tick one, or two that take turns, run by run.
   *[knowledge] Who reads new messages? Tick one, or two that take turns, run by run.
}
agents-hint = More of them are made on the server: <code>triagram agent add</code>
button-agents-stage = { $stage ->
    [tasks] 🔎 Who finds tasks…
   *[knowledge] 📖 Who reads…
}

embedding-head = 🧭 <b>The search learns anew</b> with { $model }. Until it is through, I find the like by words alone.
embedding-bar = { $bar } { $done } of { $n }
embedding-done = { $n ->
    [one] 🧭 The search uses { $model } now: { $n } note, task or proposal.
   *[other] 🧭 The search uses { $model } now: { $n } notes, tasks and proposals.
}
