### One line a refusal: what may not be, and what to do instead. Plain text, no HTML.

refusal-not-found = { $kind ->
    [task] I know no task { $name }. /tasks lists them.
    [proposal] I know no proposal { $name }. /pending lists what waits.
    [run] I know no run { $name }. /runs lists them.
    [project] I know no project { $name }. /project shows this chat's.
    [person] I know nobody called { $name } here yet. I do once they have written here.
    [topic] I know no subject { $name }. /topics lists them.
    [atom] I know no note { $name }. /topics lists where they are.
    [agent] I know no agent { $name }. /agents shows who there is.
    [message] I do not know that message. Reply to one written since I read here.
   *[other] I cannot find { $name } any more.
}
refusal-not-found-gone = That is not there any more. /pending shows what waits, /tasks what is open.
refusal-not-found-person = I do not know whom you mean. Write @name; I know who has written here.
refusal-not-found-time-zone = That is no time zone I know. Write it like this: /project timezone Europe/Berlin
refusal-not-found-language = I speak { $languages } so far. Choose one like this: /project language en
refusal-ambiguous = { $name } is in several projects: { $projects }. Choose one with /project NAME, then ask again.
refusal-ambiguous-project = You have several projects: { $projects }. Choose one with /project NAME, then ask again.
refusal-no-project = This chat belongs to no project yet. An administrator sets it up with /setup.
refusal-not-reading = I do not read here yet. An administrator taps Start reading in /setup.
refusal-not-reviewer = Only reviewers decide here. Ask { $reviewers } or /reviewers.
refusal-not-reviewer-unnamed = Only reviewers decide here. /reviewers shows who that is.
refusal-not-owner = Only the owner may do this. Ask them.
refusal-not-an-administrator = Only an administrator of this chat may do this. Ask one.
refusal-not-asked = Only who was asked can say that. /task { $name } shows whose it is.
refusal-anonymous = You write as the group, so I cannot tell who decides. Switch “Remain anonymous” off for yourself, or decide in direct chat with me.
refusal-not-local = Text may only go to models on this machine or network, and { $model } is elsewhere. /agents chooses another.
refusal-budget-reached = That would pass this month's budget: ${ $spent_usd } of ${ $limit_usd } is spent, and it may cost ${ $needed_usd }. /budget shows it; an owner can raise it.
refusal-bad-knob-budget = I cannot read “{ $given }” as a sum for a month. Write dollars: /budget 25, or /budget default
refusal-already-settled = { $status ->
    [approved] Already approved by { $by } at { $at }
    [rejected] Already rejected by { $by } at { $at }
    [merged] Already merged by { $by } at { $at }
    [expired] Already let go at { $at }. /pending expired brings it back.
   *[other] { $number } was already settled by { $by } at { $at }
}
refusal-old-press = This was an older text. The new one is shown now; please look again.
refusal-not-pending = { $status ->
    [approved] { $number } is approved already. Undo it first.
    [rejected] { $number } is rejected already. Undo it first.
    [merged] { $number } is merged already. Undo it first.
    [expired] { $number } was let go. /pending expired brings it back.
    [pending] { $number } waits for a decision still. Decide on it first.
   *[other] { $number } is settled already.
}
refusal-wrong-step = { $status ->
    [pending] { $number } is still waiting, so that cannot be done yet. /status shows how it stands.
    [running] { $number } is still at work. Wait, or /cancel it.
    [completed] { $number } is through already. /review what it found.
    [closed] { $number } is closed already. Start a new one with /extract or /run.
    [reviewed] { $number } is decided already. /runs shows it.
    [failed] { $number } stopped half-way. /resume it first.
    [cancelled] { $number } was cancelled. Start a new one with /extract or /run.
    [open] { $number } is open already. /task { $number } shows what can be done.
    [in_progress] { $number } is in progress already. /task { $number } shows what can be done.
    [done] { $number } is done already. Open it again first: /task { $number }
    [dropped] { $number } was dropped. Open it again first: /task { $number }
    [merged] { $number } is part of another subject. /topic { $number } brings it back.
    [archived] { $number } is archived. /topic { $number } brings it back.
    [live] { $number } cannot become a part there: choose another subject.
   *[other] { $number } is settled already, so that cannot be done any more. /pending shows what waits.
}
refusal-run-in-the-way = { $pending ->
    [0] { $number } is still open. Close it first: /close
   *[other] { $number } is still open ({ $pending } waiting). Decide on them, or /close it and leave them for later.
}
refusal-run-has-pending = { $pending ->
    [one] { $pending } proposal of { $number } still waits. Leave it for later or let it go: /close
   *[other] { $pending } proposals of { $number } still wait. Leave them for later or let them go: /close
}
refusal-nothing-to-read = { $stage ->
    [tasks] No new or changed notes since last time. Read new messages first: /extract
   *[knowledge] Nothing new to read. Try again when something was written.
}
refusal-undo-over = { $minutes ->
    [one] That can be undone for { $minutes } minute only. Change the task itself instead: /tasks
   *[other] That can be undone for { $minutes } minutes only. Change the task itself instead: /tasks
}
refusal-undo-blocked = Later work stands on it: { $standing }. Undo that first.
refusal-words-gone = What { $name } rested on was removed since, so this decision stays. /tasks changes tasks.
refusal-nothing-to-undo = There is nothing of yours to take back. A decision can be undone for a few minutes.
refusal-merge-cycle = { $number } was itself merged into this one. Pick another.
refusal-merge-into-nothing = { $name } is gone or was rejected. Pick another.
refusal-bad-input = I cannot use that. /help shows how it is meant.
refusal-bad-config = { $where }: { $problem }. { $mend }
refusal-bad-export = { $where }: { $problem }. { $mend }
refusal-bad-backup = { $where }: { $problem }. { $mend }
refusal-bad-labels = { $where }: { $problem }. { $mend }
refusal-bad-window = I cannot read “{ $given }” as a span of time. Try 24h or 7d.
refusal-bad-schedule = I cannot read “{ $given }” as a time. Try 14:00, off, or a cron line such as 0 14 * * mon-fri
refusal-bad-text = { $what ->
    [name] A name has at most { $limit } characters, yours has { $length }. Shorten it.
    [description] A description has at most { $limit } characters, yours has { $length }. Shorten it.
    [keywords] Keywords have at most { $limit } characters together, yours have { $length }. Leave some out.
    [step] A step has at most { $limit } characters, yours has { $length }. Shorten it.
    [steps] A task has at most { $limit } steps. Make a task of its own of the rest.
    [title] A title has at most { $limit } characters, yours has { $length }. Shorten it.
   *[other] A text has at most { $limit } characters, yours has { $length }. Shorten it.
}
refusal-bad-text-empty = { $what ->
    [name] What shall it be called? Write it after the command: /project rename Mobile
    [description] What is it about? Write it after the command: /project description Our iPhone app
    [keywords] Which keywords? Write them after the command: /project keywords login, push, store
   *[other] There are no words in it. Write some.
}
refusal-name-taken = There is a project called { $name } already. Choose another name, or join it in /setup.

refusal-world-failed = That did not work just now. I will try again; if it stays so, tell my owner.
refusal-stale = Somebody else changed this in the same moment. Please look and tap again.
refusal-run-taken = Somebody else has just started one. /status shows it.
refusal-analyst-failed = The reading stopped on the way ({ $kind }). What is done is saved; /resume goes on with the rest.
refusal-telegram-away = Telegram does not answer just now. Please try again in a minute.
refusal-storage-failed = { $kind ->
    [full] The disk is full. Nothing is lost; make room on it and try again.
   *[other] My database does not answer just now. Nothing is lost; please try again in a minute.
}
