### Налаштування проєкту, хто їх змінював, і поради про них.

button-settings-about = 📝 Про проєкт
button-settings-rhythm = ⏱ Мова і час
button-settings-review = 🗳 Ревʼю
button-settings-quiet = 🔕 Тиша й зберігання
button-settings-history = 🕘 Історія
settings-head = ⚙️ <b>{ $page }</b> · { $project }
settings-page-about = Про проєкт
settings-page-rhythm = Мова і час
settings-page-review = Ревʼю
settings-page-quiet = Тиша й зберігання
settings-page-history = Хто що змінював
settings-hint = <i>Натисніть, що змінити.</i>
settings-line = { $knob }: <b>{ $value }</b>
settings-own = { $knob }: <b>{ $value }</b> ✎
settings-reply = <i>Натисніть або дайте відповідь на це повідомлення іншим значенням.</i>
settings-write = <i>Дайте відповідь на це повідомлення новим текстом; «-» очищає.</i>
settings-no-history = Поки нічого не змінювали.
settings-change = { $at } { $by } · { $knob }: { $was } → { $now }
settings-by-itself = за голосами
button-as-installed = ↺ Як у бота
button-empty-knob = 🗑 Очистити
settings-none = –
settings-on = увімк
settings-off = вимк
settings-percent = { $n } %
settings-kind = { $kind } { $right }/{ $n }
knob-name = Назва
knob-about-name = Так проєкт називається на картках.
knob-description = Опис
knob-about-description = Про що проєкт, одним-двома реченнями: так легше відрізнити роботу від балачок.
knob-keywords = Ключові слова
knob-about-keywords = З ключовими словами читаються лише повідомлення, де є одне з них або згадка. Через кому.
knob-components = Компоненти
knob-about-components = Частини продукту через кому: нотатки про них збираються під їхнім іменем.
knob-glossary = Словник
knob-about-glossary = Ваші слова й що вони значать, по рядку: <code>WAU: weekly active users</code>. Рядок <code>WAU:</code> прибирає слово.
knob-language = Мова
knob-about-language = Якою мовою я пишу в групах проєкту.
knob-timezone = Часовий пояс
knob-about-timezone = За яким годинником називаються дати й усе відбувається. Будь-яка назва, наприклад Europe/Kyiv.
knob-extract = Читання повідомлень
knob-about-extract = Коли нові повідомлення читаються самі: година, off або рядок cron.
knob-analyse = Пошук задач
knob-about-analyse = Коли задачі шукаються самі: година, off або рядок cron.
knob-digest = Дайджест
knob-about-digest = Коли приходить підсумок дня: у робочі дні й лише якщо щось сталося.
knob-weekly = Тиждень щопонеділка
knob-about-weekly = Чи приходить у понеділок підсумок тижня: у годину дайджесту й лише якщо щось сталося.
knob-digest_in_group = Дайджест у групі
knob-about-digest_in_group = Чи отримує дайджест і група, без того, що чекає рішення. Обирає власник.
knob-cards_per_run = Карток по одній
knob-about-cards_per_run = Якщо задач більше, вони приходять одним повідомленням для розбору.
knob-tick_confidence = Позначати від
knob-about-tick_confidence = З якої певності нотатка позначена заздалегідь.
knob-propose_from = Показувати від
knob-about-propose_from = У чому я певен менше, не показується зовсім, лише рахується. Обирає власник.
knob-auto_approve = Без натискання
knob-about-auto_approve = Види, які схвалюють так надійно, що можна робити це самому, коли я дуже певен; усе можна скасувати й позначено. Можливо після 50 рішень майже без сумнівів. Обирає власник.
knob-queue_limit = Чекає щонайбільше
knob-about-queue_limit = Якщо рішення чекає більше, само нічого не починається.
knob-expire_days = Відпускати через, днів
knob-about-expire_days = Стільки чекають нотатки, задачі вдвічі довше. /pending expired повертає.
knob-rejection_memory_days = Відхилене памʼятаю, днів
knob-about-rejection_memory_days = Стільки відхилене не пропонується знову, якщо немає двох нових повідомлень.
knob-quiet_from = Тихо з
knob-about-quiet_from = З якої години я мовчу, якщо не спитали.
knob-quiet_until = Тихо до
knob-about-quiet_until = До якої години я мовчу, якщо не спитали.
knob-weekends = На вихідних
knob-about-weekends = Чи приходить на вихідних те, про що не питали.
knob-messages_per_day = Повідомлень на день
knob-about-messages_per_day = Більше цього чат за день не отримує без прохання; решта чекає ранку.
knob-retention_days = Зберігати повідомлення, днів
knob-about-retention_days = Скільки зберігаються повідомлення, не довше, ніж дозволив той, хто мене запустив; цитати нотаток і задач лишаються. Обирає власник.
knob-place = Де вирішують
knob-reviewers = Ревʼюери
knob-budget = Бюджет
hint-threshold = 💡 <b>Менше карток даремно?</b> · { $project }
    Із того, у чому я був певен менше ніж на { $below } %, за дванадцять тижнів схвалено { $right } з { $n }. Більше не показувати?
hint-lost = { $n ->
    [0] Нічого зі схваленого не зникло б.
    [one] Губилася б приблизно { $n } справжня на місяць; приховане рахується в дайджесті.
    [few] Губилося б приблизно { $n } справжніх на місяць; приховане рахується в дайджесті.
   *[other] Губилося б приблизно { $n } справжніх на місяць; приховане рахується в дайджесті.
}
hint-free = 💡 <b>{ $kind }: без натискання?</b> · { $project }
    Без правок схвалено { $right } з { $n }: напевно не менше { $low } %. Коли я дуже певен і схожого немає, можу робити це сам, з позначкою і скасуванням.
hint-owner = <i>Вирішує власник. Питаю не частіше разу на місяць.</i>
hint-taken = 💡 Готово: { $knob } тепер { $value }. Повернути: /settings.
hint-declined = 💡 Лишилося як було: { $knob }. Змінити можна в /settings.
button-hint-hide = ✅ Приховувати
button-hint-free = ✅ Так, само
button-hint-no = Лишити
refusal-bad-knob = «{ $given }» тут не підходить. Натисніть одну з кнопок або погляньте над ними, як треба.
refusal-bad-knob-unearned = Зарано: без правок схвалено { $given }. Треба щонайменше 50 рішень майже без сумнівів.
