### كلمات رسالة أرقام العرض، والصفحة التي توقفها.

report-mail-subject-weekly = تقرير أسبوعي، { $until }: { $view }
report-mail-subject-monthly = تقرير شهري، { $until }: { $view }
report-mail-label-survey = الاستبيان
report-mail-label-quality = الجودة كما تُرى، من 100
report-mail-label-week = مقارنة بالأسبوع السابق
report-mail-label-month = مقارنة بالشهر السابق
report-mail-label-lowest = أدنى الدرجات
report-mail-label-careless = الإجابات غير المتأنية
report-mail-left-out = مستبعدة
report-mail-no-contact = دون تواصل
report-mail-no-place = دون مكان
# كلمة «المجيبون» تغني عن صيغ الجمع: العدد بعدها.
report-mail-value = { $count ->
    [zero] { $value } (من { $low } إلى { $high })، المجيبون: { $count }
    [one] { $value } (من { $low } إلى { $high })، المجيبون: { $count }
    [two] { $value } (من { $low } إلى { $high })، المجيبون: { $count }
    [few] { $value } (من { $low } إلى { $high })، المجيبون: { $count }
    [many] { $value } (من { $low } إلى { $high })، المجيبون: { $count }
   *[other] { $value } (من { $low } إلى { $high })، المجيبون: { $count }
}
report-mail-higher = أعلى بمقدار { $by } (من { $low } إلى { $high })
report-mail-lower = أدنى بمقدار { $by } (من { $low } إلى { $high })
report-mail-same = لا تغير واضح (على الأرجح من { $low } إلى { $high })
report-mail-few = الإجابات أقل من أن يقال شيء
report-mail-rate = { $answered } من { $asked }: { $share } % (من { $low } إلى { $high })
report-mail-answered = { $answered } من { $asked }
report-mail-brackets = بين القوسين المدى الذي تقع فيه القيمة الحقيقية على الأرجح (95 %).
report-mail-nobody = لا توجد إجابة في هذه الفترة بهذه المرشحات.
report-mail-withheld = الإجابات قليلة جدًا: عدد من أجابوا أقل من { $least }، أو يمكن تمييز عدد قليل كهذا بمقارنة الأرقام. لا نعرض شيئًا حمايةً لهم.
report-mail-refused = لا يمكن عرض هذا العرض لكم كما هو: أحد مرشحاته غير متاح لكم، أو لم يعد ما يتعلق به موجودًا. افتحوا لوحة التقارير واختاروا غيرها.
report-mail-button = فتح لوحة التقارير
report-mail-why-weekly = تصلكم هذه الرسالة كل يوم اثنين لأنكم طلبتموها من لوحة التقارير. تعرض ما يحق لكم رؤيته هناك، دون أي إجابة مفردة.
report-mail-why-monthly = تصلكم هذه الرسالة في الثالث من كل شهر لأنكم طلبتموها من لوحة التقارير. تعرض ما يحق لكم رؤيته هناك، دون أي إجابة مفردة.
report-mail-stop = إيقاف هذا التقرير

## الصفحة خلف هذا الرابط

report-stop-heading = هل نوقف هذا التقرير؟
report-stop-what = تصل هذه الأرقام بالبريد: { $view }
report-stop-then = عند الضغط على الزر لن يصل هذا التقرير بعد الآن. يمكنكم طلبه من جديد في لوحة التقارير ضمن Views.
report-stop-now = إيقاف التقرير
report-stopped-heading = أُوقف التقرير
report-stopped-what = لن تصل رسائل أخرى بهذه الأرقام: { $view }
report-stopped-again = لا يلزمكم فعل شيء آخر. يمكنكم طلبه من جديد في لوحة التقارير ضمن Views.
