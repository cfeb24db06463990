### The words of the report as PDF, for people who decide. It says what is known and how well.
### A draft: no second reader has gone through it.

report-title = تقرير جودة الخدمة
report-page = صفحة { $page } من { $pages }
report-range = { $low } إلى { $high }
report-signed = من { $low } إلى { $high }
report-and = { $first } و{ $second }
report-answers = { $count ->
    [zero] لا إجابات
    [one] إجابة واحدة
    [two] إجابتان
    [few] { $count } إجابات
    [many] { $count } إجابة
   *[other] { $count } إجابة
}
report-likely = على الأرجح { $range }
report-not-shown = غير معروض

report-scope-heading = ما يشمله التقرير
report-label-survey = الاستبيان
report-label-period = فترة الخدمة
report-label-filters = التصفية
report-label-answers = إجابات لها درجة
report-label-made = تاريخ الإعداد
report-label-channel = طريقة الشراء
report-label-contact = طريقة التواصل
report-label-place = المكان
report-label-language = لغة الإجابة
report-label-careless = إجابات غير متأنية
report-label-instrument = استمارة الأسئلة
report-label-program = البرنامج الحاسب
report-label-zone = المنطقة الزمنية
report-label-unfinished = استمارات غير مكتملة
report-label-fingerprint = البصمة (SHA-256)
report-careless-out = مستبعدة
report-careless-in = داخلة في كل الأرقام
report-no-filter = بلا تصفية، كل الإجابات
report-period-all = من البداية إلى اليوم
report-period-from = من { $from } إلى اليوم
report-period-until = من البداية إلى { $until }
report-period-span = من { $from } إلى { $until }
report-version = { $name }، الإصدار { $version }

report-channel-web = المتجر الإلكتروني
report-channel-in-person = حضوريًا
report-channel-phone = الهاتف
report-channel-email = البريد الإلكتروني
report-channel-chat = المحادثة
report-channel-community = المجتمع
report-channel-none = غير معروف
report-contact-none = بلا تواصل
report-place-none = بلا مكان

report-found-heading = ما تبيّن
report-found-quality = الجودة المدركة { $value } من 100، { $range } ({ $answers }).
report-found-no-quality = لا درجة للجودة المدركة: { $reason }.
report-found-weakest = أضعف بُعد هو { $name }: { $value } من 100، { $range } ({ $answers }).
report-found-two = بُعدان هما الأضعف: { $first } و{ $second }.
report-found-lowest = لا يتميّز أي بُعد عن غيره. الأدنى هو { $name }: { $value } من 100، { $range } ({ $answers }).
report-found-no-dimensions = الإجابات أقل من أن تُقارن بها الأبعاد.
report-found-rate = أُجيب عن { $answered } من { $asked } من الدعوات التي وصلت: { $share }، { $range }.
report-found-no-rate = لا نسبة للاستجابة: { $reason }.
report-no-rate = لا نسبة للاستجابة مع هذه التصفية: ما يُسأل عنه هنا معروف عن المجيبين وحدهم.
report-open-link = جاءت الإجابات عبر روابط مفتوحة. لم يُدعَ أحد، ولذلك لا نسبة للاستجابة.
report-change-higher = أعلى من الفترة السابقة: { $change } نقطة ({ $range }).
report-change-lower = أدنى من الفترة السابقة: { $change } نقطة ({ $range }).
report-change-none = لا تغيّر واضحًا عن الفترة السابقة: { $change } نقطة ({ $range }).
report-change-few = الإجابات أقل من أن تُقارن بالفترة السابقة.
report-change-nothing = ليس للتقرير يوم أول ويوم أخير، فلا فترة سابقة يُقارن بها.
report-even = { $what }: على مستوى واحد. كل فرق يقع ضمن { $margin } نقاط.
report-uneven = { $what }: ليست على مستوى واحد. { $low } أدنى من { $high } بمقدار { $distance } نقطة.
report-open = { $what }: الإجابات أقل من أن يُقال هل هي كلها على مستوى واحد ضمن { $margin } نقاط.
report-not-compared = { $what }: بلا مقارنة ({ $reason }).
report-difference = { $low } أدنى من { $high } بمقدار { $distance } نقطة.

report-overview-heading = في صفحة واحدة
report-card-quality = الجودة المدركة، من 100
report-card-change = مقارنة بالفترة السابقة
report-card-rate = الدعوات المجاب عنها
report-word-higher = أعلى من قبل
report-word-lower = أدنى من قبل
report-word-same = لا تغيّر واضحًا
report-of-invitations = { $answered } من { $asked } وصلت
report-name-quality = الجودة المدركة، من 100
report-name-always = نفسها، بمدى يصح عند كل نظرة
report-name-weighted = نفسها، مرجّحة على كل العملاء
report-name-overall = التقدير العام، بقيم المقياس
report-name-nps = يوصون بنا (NPS)، من ⁦−100⁩ إلى 100
report-name-csat = راضون، أعلى قيمتين
report-name-ces = وجدوه سهلًا، أعلى ثلاث قيم

report-column-figure = المؤشر
report-column-value = القيمة
report-column-score = الدرجة
report-column-range = المرجّح، 95 %
report-column-answers = الإجابات
report-column-dimension = البُعد
report-column-change = التغيّر
report-column-alpha = الثبات (ألفا)
report-column-month = الشهر
report-column-week = الأسبوع
report-column-expected = المتوقَّع
report-column-found = الملموس
report-column-gap = الفجوة
report-column-level = المستوى
report-column-drawn = مقرّبة إلى المتوسط
report-column-part = جزء من الكل
report-column-raw = كما أُجيب
report-column-weighted = مرجّحة
report-column-name = العمود
report-column-question = السؤال
report-column-codes = القيم

report-chart-dimensions = درجة كل بُعد، الأدنى أولًا
report-chart-levels = الجودة المدركة، { $what }
report-chart-expected = المتوقَّع والملموس، الفجوة الأوسع أولًا
report-chart-time = الجودة المدركة شهرًا بشهر
report-chart-weeks = الجودة المدركة أسبوعًا بأسبوع
report-chart-drivers = جزء كل بُعد، الأكبر أولًا
report-chart-scores = نقاط من 100، معروضة من { $low } إلى { $high }.
report-chart-shares = نسبة مئوية، من الصفر.
report-chart-marks = الخط العريض: المدى المرجّح، 80 %. الخط الرفيع: 95 %.
report-chart-hollow = نقطة مفرغة: أقل من 5 إجابات، أو بلا مدى.
report-chart-band = النقطة: القيمة. الشريط: المدى المرجّح، 95 %.
report-chart-pairs = المربع: المتوقَّع. النقطة: الملموس. الخطوط: المدى المرجّح، 95 %.
report-mark-expected = المتوقَّع
report-mark-found = الملموس
report-mark-gap = الفجوة
report-by-month = { $name } شهرًا بشهر
report-week = الأسبوع { $week } من عام { $year }
report-week-short = أسبوع { $week }

report-dimensions-heading = الأبعاد بالأرقام
report-change-note = التغيّر: مقارنة بالفترة السابقة، وله مداه المرجّح. الدرجات نقاط من 100.
report-items-heading = بُعدًا بعد بُعد
report-items-note = كل شريط هو كل تقديرات سؤال حول خطه الأوسط: القيم الدنيا إلى اليسار، والعليا إلى اليمين.
report-outcomes-heading = أسئلة أخرى
report-dimension-score = الدرجة { $value } من 100، { $range } ({ $answers }).
report-dimension-none = لا درجة: { $reason }.
report-dimension-alpha = الثبات (ألفا): { $value }.
report-item-mean = المتوسط { $value }، { $range } ({ $answers }).
report-item-states = بلا تقدير: { $states }.
report-state-not-applicable = لا ينطبق
report-state-dont-know = لا أستطيع القول
report-state-skipped = تُرك فارغًا

report-time-heading = مع الزمن
report-happened = ما حدث في هذه المدة:

report-expected-heading = المتوقَّع والملموس
report-expected-first = الأبعد دون التوقعات: { $name }، { $gap } نقطة ({ $range }، { $answers }).
report-expected-short = دون التوقعات أيضًا: { $names }.
report-expected-more = فوق التوقعات: { $names }.
report-expected-level = لا يقع أي بُعد دون التوقعات بوضوح.
report-expected-few = عدد من أجابوا عن الجانبين أقل من أن يُعرف ما يقع دون التوقعات.
report-expected-note = المتوقَّع والملموس درجات كل من أجاب عن ذلك الجانب. الفجوة هي الملموس ناقص المتوقَّع عند من أجابوا عن الجانبين، فلا يلزم أن تساوي الفرق بينهما. التوقعات العالية أو المنخفضة ليست جيدة ولا سيئة في ذاتها.

report-splits-heading = القنوات والأماكن
report-splits-note = المستويات بترتيب أسمائها، وليست مرتبة بحسب الأفضل: مع قلة الإجابات يكون الترتيب في معظمه مصادفة.
report-split-channel = القنوات
report-split-contact = طرق التواصل
report-split-place = الأماكن
report-split-language = اللغات
report-places-drawn = حيث أجاب قليلون يتذبذب المتوسط كثيرًا؛ وفيما يلي يُقرّب كل واحد إلى متوسط الجميع.
report-places-inside = لا شيء خارج حدود المصادفة.
report-places-outside = خارج حدود المصادفة: { $names }.
report-levels-cut = يُعرض { $shown } من { $all } من المستويات؛ وملف CSV فيه الكل.

report-drivers-heading = ما يصاحب التقدير العام
report-drivers-none = لا يمكن قول ذلك بعد: { $reason }.
report-drivers-together = الأبعاد معًا تقابل هذا الجزء من الفروق في التقدير العام: { $share }.
report-drivers-first = { $name } في المقام الأول باحتمال { $share }.
report-drivers-unclear = ليس واضحًا أي بُعد هو الأول: فمداها متداخل.
report-drivers-caution = هذا ما يصاحب بعضه بعضًا، وليس ما يسبّب ماذا.

report-answered-heading = من أجاب
report-weighting-none = لا شيء مرجّح: { $reason }.
report-weighting-why = إلى جانب الأرقام كما أُجيب تقف أرقام مرجّحة بحيث تطابق الإجابات كل الطلبات.
report-weighting-cost = الترجيح يكلّف دقة. وراءه { $answers }؛ وتُحسب كأنها { $like }.
report-indicator = تمثيل المجيبين (مؤشر R): { $value }، والمدعوون { $n }. القيمة 1 تعني أن كل المجموعات أجابت بالقدر نفسه.
report-careless = إجابات تبدو عليها علامة عدم التأني: { $flagged } من { $all }. وهي داخلة في كل الأرقام.
report-careless-hidden = عدد من أجابوا بلا تأنٍّ غير معروض: { $reason }.
report-careless-change = الجودة معها: { $with }. ومن دونها: { $without }.

report-method-heading = كيف حُسب هذا
report-method-score = درجة البُعد هي متوسط متوسطات أسئلته، منقولًا إلى مقياس من 0 إلى 100. والأسئلة المعكوسة تُعاد أولًا إلى اتجاهها.
report-method-quality = الجودة المدركة هي متوسط درجات كل أبعاد التجربة، لكل منها الوزن نفسه.
report-method-range = المدى المرجّح بنسبة 95 % يضم القيمة الصحيحة في 95 من 100 تقرير كهذا. وهو لنظرة واحدة.
report-method-always = المدى الذي يصح عند كل نظرة أوسع: فهو صحيح أيضًا لمن ينظر مرة بعد مرة.
report-method-change = يُقارن التغيّر بفترة سابقة لها أيام الأسبوع نفسها، وله مداه. ولا يُسمى واضحًا إلا حيث يستثني هذا المدى الصفر.
report-method-weak = لا يُسمى بُعدٌ الأضعف إلا حيث يقع مداه كله دون مدى كل الأبعاد الأخرى.
report-method-alpha = تقول ألفا كم تتماسك أسئلة البُعد معًا، من 0 إلى 1.
report-method-careless = تبقى الإجابات التي تبدو عليها علامة عدم التأني ما لم تقل التصفية غير ذلك: فقد يجيب عميل راضٍ هكذا.
report-method-hidden = { $count ->
    [zero] لا تُعرض أرقام أقل من { $least } أشخاص، ولا ما يكشفها. وهنا لم يلزم ترك شيء.
    [one] لا تُعرض أرقام أقل من { $least } أشخاص، ولا ما يكشفها. وهنا جزء واحد.
    [two] لا تُعرض أرقام أقل من { $least } أشخاص، ولا ما يكشفها. وهنا جزءان.
    [few] لا تُعرض أرقام أقل من { $least } أشخاص، ولا ما يكشفها. وهنا { $count } أجزاء.
    [many] لا تُعرض أرقام أقل من { $least } أشخاص، ولا ما يكشفها. وهنا { $count } جزءًا.
   *[other] لا تُعرض أرقام أقل من { $least } أشخاص، ولا ما يكشفها. وهنا { $count } جزء.
}
report-method-open = لم يُحجب شيء: أُعدّ هذا التقرير لمن يجوز له أن يرى الإجابات المفردة. فانتبهوا لمن تعطونه.

report-dictionary-heading = الأسئلة والقيم
report-dictionary-note = العمود: الاسم في ملفات الإجابات.
report-turned = معكوس

report-reason-people = أقل من { $least } أشخاص
report-reason-none = لا إجابات
report-reason-dimension = بُعد بلا إجابات
report-reason-one = إجابة واحدة فقط
report-reason-alike = الإجابات لا تختلف بما يكفي
report-reason-items = سُئلت أسئلة قليلة جدًا
report-reason-complete = لم يجب أحد عن كل ما يلزم لذلك
report-reason-groups = أقل من مجموعتين
report-reason-small-group = في مجموعة إجابات قليلة جدًا
report-reason-thin = في مجموعة أقل من { $least } إجابة
report-reason-few = إجابات قليلة جدًا
report-reason-not-asked = لم يُسأل
report-reason-protect = محجوب لحماية رقم آخر
report-reason-many = أكثر من أن يُحسب
report-reason-scales = المقاييس لا تتوافق
report-reason-frame = ما يُقارن به لا يتوافق
report-reason-delivered = لم يصل شيء
report-reason-pair = أجاب أقل من { $least } شخص عن زوج من الأبعاد
report-reason-places = أقل من { $least } أماكن
report-reason-points = أقل من { $least } نقاط زمنية
report-reason-absent = لم يُحسب
report-reason-range = بلا مدى
report-reason-other = لا يمكن حسابه من هذه الإجابات
