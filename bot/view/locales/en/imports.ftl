### An export sent in direct chat, in one message from its arrival to its end.

import-asks = 📥 <b>{ $file }</b>: which project is this chat part of?
import-reads = 📥 Bringing it into <b>{ $project }</b>… { $percent } %{ $read ->
    [0] {""}
   *[other] , { $read } messages so far
}
import-done = { $new ->
    [0] 📥 Nothing new for <b>{ $project }</b>: I had all { $read } messages already.
    [one] 📥 { $new } new message for <b>{ $project }</b>, of { $read }.
   *[other] 📥 { $new } new messages for <b>{ $project }</b>, of { $read }.
}
import-refused = ⚠️ “{ $file }” cannot be read{ $read ->
    [0] {""}
   *[other] {" "}further; { $read } messages are in
}: { $problem }.
    → { $mend }
