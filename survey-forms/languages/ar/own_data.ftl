### What is kept about a customer, in Arabic. Draft: not yet read by a second reader.
###
### Modern standard Arabic, polite plural; requests by "يُرجى" with a verbal noun, buttons by verbal nouns. The shop's
### name and the order number take no article and no preposition that would join on to them. Digits are 0 to 9.

own-data-link = الاطلاع على بياناتكم أو حذفها

## The page

own-data-heading = ما نحتفظ به عنكم
own-data-lead = الجهة التي تحتفظ بالبيانات: { $organisation }. وهي تخص الطلب رقم { $order }.
own-order-heading = طلبكم
own-person-heading = بياناتكم الشخصية
own-basis-heading = لماذا يجوز لنا مراسلتكم
own-asked-heading = ما سألناكم عنه
own-answers-heading = إجاباتكم
own-others-heading = طلباتكم الأخرى
own-kept-heading = مدة الحفظ ومن يطّلع عليه
own-actions-heading = ما يمكنكم فعله

## Labels beside a value

own-label-order = رقم الطلب
own-label-channel = طريقة الشراء
own-label-place = المكان
own-label-value = القيمة
own-label-placed = تاريخ الطلب
own-label-expected = الوصول المتوقع
own-label-shipped = تاريخ الشحن
own-label-delivered = تاريخ التسليم
own-label-cancelled = تاريخ الإلغاء
own-label-returned = تاريخ الإرجاع
own-label-refunded = تاريخ رد المبلغ
own-label-contacted = التواصل
own-label-complaint = الشكوى
own-label-complaint-opened = تاريخ فتح الشكوى
own-label-complaint-closed = تاريخ إغلاق الشكوى
own-label-received = تاريخ وصوله إلينا
own-label-updated = آخر تعديل
own-label-name = الاسم
own-label-email = البريد الإلكتروني
own-label-phone = الهاتف
own-label-customer-number = رقم العميل
own-label-language = اللغة
own-label-since = معروفون لدينا منذ
own-label-basis = الأساس
own-label-basis-words = بكلماتنا
own-label-told = تاريخ الإبلاغ أو الموافقة
own-label-questionnaire = الاستبيان
own-label-planned = موعد الرسالة المقرر
own-label-sent = تاريخ إرسال الرسالة
own-label-begun = تاريخ البدء
own-label-answered = تاريخ الإجابة
own-label-link-ends = الرابط مفتوح حتى

## Values

own-not-kept = غير محفوظ
own-channel-web = في المتجر الإلكتروني
own-channel-in-person = حضوريًا
own-channel-phone = عبر الهاتف
own-channel-email = عبر البريد الإلكتروني
own-channel-chat = عبر المحادثة
own-channel-community = في مجتمع العملاء
own-complaint-open = مفتوحة
own-basis-consent = وافقتم على ذلك.
own-basis-notice = أنتم من عملائنا، وأُبلغتم بذلك، وكان بإمكانكم الاعتراض.
own-basis-other = أساس آخر
own-basis-none = لم يُذكر أي أساس، لذلك لا نرسل رسائل.

## Sentences

own-no-answers = لم تجيبوا عن أي سؤال بعد.
own-earlier = كما أُرسلت في { $date }
own-earlier-page = الصفحة { $number } كما حُفظت في { $date }
own-others = { $count ->
    [zero] لا نحتفظ بأي طلب آخر لكم.
    [one] نحتفظ أيضًا بطلب واحد آخر لكم.
    [two] نحتفظ أيضًا بطلبين آخرين لكم.
    [few] نحتفظ أيضًا بعدد { $count } طلبات أخرى لكم.
    [many] نحتفظ أيضًا بعدد { $count } طلبًا آخر لكم.
   *[other] نحتفظ أيضًا بعدد { $count } طلب آخر لكم.
}
own-others-why = لا تظهر هنا كي لا يعرف من لديه هذا الرابط أكثر مما أُرسل الرابط من أجله. والحذف يشملها أيضًا.
own-object = إن كان هناك خطأ، أو كنتم لا ترغبون في الاحتفاظ بهذه البيانات، فيُرجى الكتابة إلينا، وسيقرؤها شخص من فريقنا:
own-download = حفظ كل ذلك في ملف
own-download-hint = ملف JSON للاحتفاظ به أو لبرامج أخرى. ويتضمن أيضًا الأرقام التي نحسب بها إجاباتكم.
own-erase = حذف كل شيء
own-erase-hint = ستعرفون أولًا ما يعنيه ذلك. ولن يُحذف شيء قبل تأكيدكم هناك.

## The page that asks once more

erase-heading = هل تريدون حذف كل شيء؟
erase-lead = سيُحذف نهائيًا ما يلي:
erase-person = اسمكم وعنوانكم ورقم هاتفكم، بقدر ما هو محفوظ هنا
erase-orders = { $count ->
    [zero] لا طلبات
    [one] طلب واحد مع جميع تواريخه
    [two] طلبان مع جميع تواريخهما
    [few] { $count } طلبات مع جميع تواريخها
    [many] { $count } طلبًا مع جميع تواريخها
   *[other] { $count } طلب مع جميع تواريخها
}
erase-answers = { $count ->
    [zero] لا استبيانات
    [one] استبيان واحد مع إجاباتكم وكلماتكم
    [two] استبيانان مع إجاباتكم وكلماتكم
    [few] { $count } استبيانات مع إجاباتكم وكلماتكم
    [many] { $count } استبيانًا مع إجاباتكم وكلماتكم
   *[other] { $count } استبيان مع إجاباتكم وكلماتكم
}
erase-remains = يبقى قيد يفيد بأن شخصًا حُذفت بياناته في ذلك اليوم، وبالمجموعات التي كانت إجابته تنتمي إليها. ولا يدل القيد على هويتكم ولا على إجاباتكم.
erase-shop = الطلب نفسه محفوظ أيضًا في نظام متجرنا. إن كنتم ترغبون في حذفه هناك أيضًا، فيُرجى الكتابة إلينا:
erase-now = نعم، حذف كل شيء

## The page after that

erased-heading = حُذف كل شيء
erased-text = حُذفت من هنا بيانات الاتصال بكم وطلباتكم وإجاباتكم وكلماتكم. ولم تعد الروابط الواردة في رسائلنا بشأنها تفتح أي شيء.
erased-copies = إن اضطررنا يومًا إلى استعادة نسخة احتياطية أقدم، فستُحذف بياناتكم منها مرة أخرى.
