### What is known: answers, search, subjects, notes.

answer-question = 🔎 <b>{ $question }</b>
answer-as-of = 🕰 As it was on { $day }
answer-sentence = 💬 { $text } <i>{ $name }</i>
answer-without-model = ⚠️ The model did not answer; found by words alone.
answer-unknown = 🤷 I do not know: nothing kept in { $project } answers this. /search looks through messages too.
notice-ask-what = Ask like this: <code>/ask why did we drop SMS?</code> For what held earlier, end with “as of 1 Apr”.
notice-search-what = Search like this: <code>/search push certificate</code>
found-head = { $n ->
    [0] 🔎 Nothing found for “{ $query }” · { $project }
    [one] 🔎 <b>{ $n } found</b> for “{ $query }” · { $project }
   *[other] 🔎 <b>{ $n } found</b> for “{ $query }” · { $project }
}
topic-notes = { $n ->
    [one] { $n } note
   *[other] { $n } notes
}
topic-merged-into = 🔀 Part of “{ $name }” now
topic-archived = 🗄 Archived since { $day }
topic-rename = Reply to this message with the new name.
topic-merge = Make it a part of:
topic-merge-none = There is no other subject to merge it into.
button-topic-rename = ✏️ Rename
button-topic-merge = 🔀 Merge…
button-topic-archive = 🗄 Archive
button-topic-back = ↩️ Bring back
note-since = 🕰 Holds since { $since }
note-until = 🕰 Held from { $since } to { $until }
note-over = (until { $until })
link-to = { $type ->
    [solves] 🔗 Solves { $name } “{ $title }”
    [supports] 🔗 Supports { $name } “{ $title }”
    [contradicts] 🔄 Speaks against { $name } “{ $title }”
    [continues] 🔗 Continues { $name } “{ $title }”
    [refines] 🔗 Refines { $name } “{ $title }”
    [depends_on] 🔗 Depends on { $name } “{ $title }”
   *[relates_to] 🔗 Related to { $name } “{ $title }”
}
link-from = { $type ->
    [solves] 🔗 Solved by { $name } “{ $title }”
    [supports] 🔗 Supported by { $name } “{ $title }”
    [contradicts] 🔄 { $name } “{ $title }” speaks against it
    [continues] 🔗 Continued by { $name } “{ $title }”
    [refines] 🔗 Refined by { $name } “{ $title }”
    [depends_on] 🔗 { $name } “{ $title }” depends on it
   *[relates_to] 🔗 Related to { $name } “{ $title }”
}
toast-topic-merged = { $name } is a part of the other subject now
toast-topic-archived = { $name } is archived
toast-topic-back = { $name } is back
help-know = 🔎 <b>Know</b> <code>/ask why did we drop SMS?</code> · /search · /topics
