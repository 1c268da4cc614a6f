### What people made of the proposals: /stats.

trust = 📊 <b>Как у меня получается</b> · { $project }, с { $since }
trust-none = 📊 В { $project } с { $since } ещё ничего не решено: измерять пока нечего. /review
trust-right = { $n ->
    [one] Верно { $right } предложение из { $n }: { $percent } % (наверняка от { $low } до { $high } %)
   *[other] Верных { $right } из { $n }: { $percent } % (наверняка от { $low } до { $high } %)
}
trust-reasons = Почему отклоняли: { $reasons }
trust-reason = { $reason } ({ $n })
trust-bounds = <i>Верное — то, что одобрили, оставили или объединили. «Наверняка» сбывается 19 раз из 20.</i>
trust-by-band = Верные: насколько я был уверен
trust-by-kind = Верные по видам
trust-over-time = Верные по неделям
trust-bar = { $right } из { $n }
