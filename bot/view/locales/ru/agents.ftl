### Деньги и агенты: сколько может стоить месяц, кто выполняет запуски, что из них вышло.

budget-head = 💶 <b>Бюджет этого месяца</b> · { $project }
budget-spent = { $bar } ${ $spent } из ${ $limit } ({ $percent } %)
budget-free-only = Ничего платного здесь не спрашивают.
budget-unknown = { $n ->
    [one] У { $n } вызова цена неизвестна: его нет в сумме, и бюджет такие не остановит.
   *[other] У { $n } вызовов цена неизвестна: их нет в сумме, и бюджет такие не остановит.
}
budget-use = { $purpose ->
    [read] 📖 Чтение
    [find] 🔎 Поиск задач
    [judge] ⚖️ Сравнение
    [edit] ✏️ Правки словами
    [ask] 💬 Ответы
    [digest] 📬 Дайджесты
   *[other] 🧭 Поиск
}, { $model }: { $price } · { $calls ->
    [one] { $calls } вызов
    [few] { $calls } вызова
   *[other] { $calls } вызовов
}, токенов { $tokens }
budget-usd = ${ $usd }
budget-no-price = цена неизвестна
budget-each = { $n ->
    [one] ${ $usd } за { $n } задачу, одобренную в этом месяце
   *[other] ${ $usd } за каждую из { $n } задач, одобренных в этом месяце
}
budget-until = Новый отсчёт начнётся { $day }.
budget-hint = Меняют владельцы, в долларах за месяц: <code>/budget 25</code>
button-budget-more = + ${ $usd }
button-budget-raise = 💶 Поднять бюджет
button-budget-resume = + ${ $usd } и дальше

run-out-of-money = ⛔ Следующий вызов превысил бы бюджет месяца: потрачено ${ $spent } из ${ $limit }. Больше ничего не спрашиваю до { $day } или пока владелец его не поднимет. Добавлять вручную можно и дальше.
estimate-left = в этом месяце осталось ${ $left } из ${ $limit }
estimate-over = ⚠️ Больше, чем осталось в этом месяце (${ $left }): остановлюсь, не превысив. /budget
estimate-unpriced = ⚠️ Цена неизвестна, и бюджет этого не остановит.

agents-head = 🤖 <b>Кто судит</b> · { $project }
agents-stage = { $stage ->
    [tasks] 🔎 <b>Поиск задач</b>: { $names }
   *[knowledge] 📖 <b>Чтение новых сообщений</b>: { $names }
}
agents-take-turns = по очереди, запуск за запуском
agents-rules = встроенный (без ИИ)
agents-record = • <b>{ $name }</b> · { $runs ->
    [one] { $runs } запуск
    [few] { $runs } запуска
   *[other] { $runs } запусков
} · { $what }
agents-edited = { $stage ->
    [knowledge] из оставленных { $n } после правки
   *[tasks] из одобренных { $n } после правки
}
agents-approval = { $stage ->
    [knowledge] оставлено { $percent } %, вероятно от { $low } до { $high } %
   *[tasks] одобрено { $percent } %, вероятно от { $low } до { $high } %
}
agents-cost = { $stage ->
    [knowledge] ${ $usd } за оставленную заметку, вероятно от ${ $low } до { $high }
   *[tasks] ${ $usd } за одобренную задачу, вероятно от ${ $low } до { $high }
}
agents-no-end = любой суммы
agents-free = бесплатно
agents-no-price = цена неизвестна
agents-nothing = Запусков ещё не было.
agents-better = ⚖️ { $name } прав чаще, чем { $other }: на { $low }–{ $high } пунктов.
agents-alike = ⚖️ Между { $name } и { $other } разницы пока не видно: она может быть любой от { $low } до { $high } пунктов.
agents-choose = { $stage ->
    [tasks] Кто ищет задачи? Отметьте одного или двух, которые работают по очереди.
   *[knowledge] Кто читает новые сообщения? Отметьте одного или двух, которые работают по очереди.
}
agents-hint = Других создают на сервере: <code>triagram agent add</code>
button-agents-stage = { $stage ->
    [tasks] 🔎 Кто ищет задачи…
   *[knowledge] 📖 Кто читает…
}

embedding-head = 🧭 <b>Поиск учится заново</b>: { $model }. Пока не закончу, похожее нахожу только по словам.
embedding-bar = { $bar } { $done } из { $n }
embedding-done = { $n ->
    [one] 🧭 Поиск теперь на { $model }: { $n } заметка, задача или предложение.
   *[other] 🧭 Поиск теперь на { $model }: заметок, задач и предложений { $n }.
}
