### What people made of the proposals: /stats.

trust = 📊 <b>How I am doing</b> · { $project }, since { $since }
trust-none = 📊 Nothing was decided in { $project } since { $since }: there is nothing to measure yet. /review
trust-right = { $n ->
    [one] { $right } of { $n } was right: { $percent } % (surely between { $low } and { $high } %)
   *[other] { $right } of { $n } were right: { $percent } % (surely between { $low } and { $high } %)
}
trust-reasons = Rejected because: { $reasons }
trust-reason = { $reason } ({ $n })
trust-bounds = <i>Right is what was approved, kept or merged. “Surely” holds 19 times in 20.</i>
trust-by-band = Right, by how sure I was
trust-by-kind = Right, by kind
trust-over-time = Right, week by week
trust-bar = { $right } of { $n }
