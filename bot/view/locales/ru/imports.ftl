### Экспорт, присланный в личный чат: одно сообщение от начала до конца.

import-asks = 📥 <b>{ $file }</b>: к какому проекту относится этот чат?
import-reads = 📥 Переношу в <b>{ $project }</b>… { $percent } %{ $read ->
    [0] {""}
   *[other] , сообщений пока: { $read }
}
import-done = { $new ->
    [0] 📥 Для <b>{ $project }</b> ничего нового: все сообщения ({ $read }) у меня уже были.
    [one] 📥 { $new } новое сообщение для <b>{ $project }</b> из { $read }.
    [few] 📥 { $new } новых сообщения для <b>{ $project }</b> из { $read }.
   *[other] 📥 { $new } новых сообщений для <b>{ $project }</b> из { $read }.
}
import-refused = ⚠️ Не могу прочитать «{ $file }»{ $read ->
    [0] {""}
   *[other] {" "}дальше; сообщений уже внесено: { $read }
}: { $problem }.
    → { $mend }
