### Что говорят команды настройки.

notice-not-read-here = 🙈 Здесь я больше не читаю. /read here возобновит.
notice-invited = 🔑 { $name } теперь тоже может добавлять меня в группы.
toast-kept-run = { $name } завершается с тем, что сохранено
notice-no-runs = Запусков ещё не было. /extract читает новые сообщения.
notice-ignore-needs-reply = Ответьте /ignore на сообщение, которое не нужно учитывать.
