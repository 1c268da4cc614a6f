### Що кажуть команди налаштування.

notice-not-read-here = 🙈 Тут я більше не читаю. /read here поновить.
notice-invited = 🔑 { $name } тепер теж може додавати мене до груп.
toast-kept-run = { $name } завершується з тим, що збережено
notice-no-runs = Запусків ще не було. /extract читає нові повідомлення.
notice-ignore-needs-reply = Дайте відповідь /ignore на повідомлення, яке не слід враховувати.
