### What people made of the proposals: /stats.

trust = 📊 <b>Як у мене виходить</b> · { $project }, від { $since }
trust-none = 📊 У { $project } від { $since } ще нічого не вирішено: міряти поки нема чого. /review
trust-right = { $n ->
    [one] Слушна { $right } пропозиція з { $n }: { $percent } % (напевно від { $low } до { $high } %)
   *[other] Слушних { $right } з { $n }: { $percent } % (напевно від { $low } до { $high } %)
}
trust-reasons = Чому відхиляли: { $reasons }
trust-reason = { $reason } ({ $n })
trust-bounds = <i>Слушне — те, що схвалили, залишили чи об’єднали. «Напевно» справджується 19 разів із 20.</i>
trust-by-band = Слушні: наскільки я був певен
trust-by-kind = Слушні за видами
trust-over-time = Слушні за тижнями
trust-bar = { $right } з { $n }
