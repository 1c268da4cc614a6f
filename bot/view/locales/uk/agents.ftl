### Гроші й агенти: скільки може коштувати місяць, хто виконує запуски, що з них вийшло.

budget-head = 💶 <b>Бюджет цього місяця</b> · { $project }
budget-spent = { $bar } ${ $spent } з ${ $limit } ({ $percent } %)
budget-free-only = Нічого платного тут не питають.
budget-unknown = { $n ->
    [one] У { $n } виклику ціна невідома: його немає в сумі, і бюджет таких не зупинить.
   *[other] У { $n } викликів ціна невідома: їх немає в сумі, і бюджет таких не зупинить.
}
budget-use = { $purpose ->
    [read] 📖 Читання
    [find] 🔎 Пошук задач
    [judge] ⚖️ Порівняння
    [edit] ✏️ Зміни словами
    [ask] 💬 Відповіді
    [digest] 📬 Дайджести
   *[other] 🧭 Пошук
}, { $model }: { $price } · { $calls ->
    [one] { $calls } виклик
    [few] { $calls } виклики
   *[other] { $calls } викликів
}, токенів { $tokens }
budget-usd = ${ $usd }
budget-no-price = ціна невідома
budget-each = { $n ->
    [one] ${ $usd } за { $n } задачу, схвалену цього місяця
   *[other] ${ $usd } за кожну з { $n } задач, схвалених цього місяця
}
budget-until = Новий відлік почнеться { $day }.
budget-hint = Змінюють власники, у доларах на місяць: <code>/budget 25</code>
button-budget-more = + ${ $usd }
button-budget-raise = 💶 Підняти бюджет
button-budget-resume = + ${ $usd } і далі

run-out-of-money = ⛔ Наступний виклик перевищив би бюджет місяця: витрачено ${ $spent } з ${ $limit }. Більше нічого не питаю до { $day } або поки власник його не підніме. Додавати вручну можна й далі.
estimate-left = цього місяця лишилося ${ $left } з ${ $limit }
estimate-over = ⚠️ Більше, ніж лишилося цього місяця (${ $left }): зупинюся, не перевищивши. /budget
estimate-unpriced = ⚠️ Ціна невідома, і бюджет цього не зупинить.

agents-head = 🤖 <b>Хто судить</b> · { $project }
agents-stage = { $stage ->
    [tasks] 🔎 <b>Пошук задач</b>: { $names }
   *[knowledge] 📖 <b>Читання нових повідомлень</b>: { $names }
}
agents-take-turns = по черзі, запуск за запуском
agents-rules = вбудований (без ШІ)
agents-record = • <b>{ $name }</b> · { $runs ->
    [one] { $runs } запуск
    [few] { $runs } запуски
   *[other] { $runs } запусків
} · { $what }
agents-edited = { $stage ->
    [knowledge] із залишених { $n } після зміни
   *[tasks] зі схвалених { $n } після зміни
}
agents-approval = { $stage ->
    [knowledge] залишено { $percent } %, імовірно від { $low } до { $high } %
   *[tasks] схвалено { $percent } %, імовірно від { $low } до { $high } %
}
agents-cost = { $stage ->
    [knowledge] ${ $usd } за залишену нотатку, імовірно від ${ $low } до { $high }
   *[tasks] ${ $usd } за схвалену задачу, імовірно від ${ $low } до { $high }
}
agents-no-end = будь-якої суми
agents-free = безкоштовно
agents-no-price = ціна невідома
agents-nothing = Запусків ще не було.
agents-better = ⚖️ { $name } має рацію частіше, ніж { $other }: на { $low }–{ $high } пунктів.
agents-alike = ⚖️ Між { $name } і { $other } різниці поки не видно: вона може бути будь-якою від { $low } до { $high } пунктів.
agents-choose = { $stage ->
    [tasks] Хто шукає задачі? Позначте одного або двох, які працюють по черзі.
   *[knowledge] Хто читає нові повідомлення? Позначте одного або двох, які працюють по черзі.
}
agents-hint = Інших створюють на сервері: <code>triagram agent add</code>
button-agents-stage = { $stage ->
    [tasks] 🔎 Хто шукає задачі…
   *[knowledge] 📖 Хто читає…
}

embedding-head = 🧭 <b>Пошук навчається наново</b>: { $model }. Поки не закінчу, схоже знаходжу лише за словами.
embedding-bar = { $bar } { $done } з { $n }
embedding-done = { $n ->
    [one] 🧭 Пошук тепер на { $model }: { $n } нотатка, задача чи пропозиція.
   *[other] 🧭 Пошук тепер на { $model }: нотаток, задач і пропозицій { $n }.
}
