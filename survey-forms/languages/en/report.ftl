### The words of the report as PDF, for people who decide. It says what is known and how well.
###
### For translators: never say "causes", say "goes with". A range is where the true value likely lies. Numbers and ranges
### come in finished: $value is such as 74, $range such as "likely 72 to 76" or "no range", $answers such as "183 answers".

# The title on the cover.
report-title = Service quality report
# At the foot of each page.
report-page = Page { $page } of { $pages }
# Two numbers.
report-range = { $low } to { $high }
# The same where one of them has a sign.
report-signed = { $low } to { $high }
# Two names, or several names and a last one.
report-and = { $first } and { $second }
# How many answers stand behind a figure.
report-answers = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
# The range behind or below a value.
report-likely = likely { $range }
# In the place of a figure that there is not.
report-not-shown = Not shown

# The scope: labels and values.
report-scope-heading = What this report covers
report-label-survey = Survey
report-label-period = Service from
report-label-filters = Filters
report-label-answers = Answers with a score
report-label-made = Made on
report-label-channel = Bought by
report-label-contact = In touch by
report-label-place = Place
report-label-language = Answered in
report-label-careless = Careless answers
report-label-instrument = Questionnaire
report-label-program = Computed by
report-label-zone = Time zone
report-label-unfinished = Unfinished forms
report-label-fingerprint = Fingerprint (SHA-256)
report-careless-out = left out
report-careless-in = in all figures
report-no-filter = none, all answers
# The period: days.
report-period-all = the beginning until today
report-period-from = { $from } until today
report-period-until = the beginning until { $until }
report-period-span = { $from } to { $until }
# A questionnaire's key and version.
report-version = { $name }, version { $version }

# Channels, by which a customer bought or was in touch.
report-channel-web = Web shop
report-channel-in-person = In person
report-channel-phone = Phone
report-channel-email = E-mail
report-channel-chat = Chat
report-channel-community = Community
report-channel-none = Not known
report-contact-none = No contact
report-place-none = No place

# The findings, on the cover.
report-found-heading = What was found
report-found-quality = Perceived quality is { $value } of 100, { $range } ({ $answers }).
report-found-no-quality = There is no score for perceived quality: { $reason }.
report-found-weakest = The weakest dimension is { $name }: { $value } of 100, { $range } ({ $answers }).
report-found-two = Two dimensions are the weakest: { $first } and { $second }.
report-found-lowest = No dimension stands apart. The lowest is { $name }: { $value } of 100, { $range } ({ $answers }).
report-found-no-dimensions = There are too few answers to compare dimensions.
report-found-rate = { $answered } of { $asked } delivered invitations were answered: { $share }, { $range }.
report-found-no-rate = There is no response rate: { $reason }.
report-no-rate = There is no response rate for these filters: only answers have what is asked for here.
report-open-link = Answers came by open links. Nobody was invited, so there is no response rate.
# Against the period before of equal weekdays; $change is such as +2.
report-change-higher = Higher than in the period before: { $change } points ({ $range }).
report-change-lower = Lower than in the period before: { $change } points ({ $range }).
report-change-none = No clear change against the period before: { $change } points ({ $range }).
report-change-few = There are too few answers to compare with the period before.
report-change-nothing = The report has no first and last day, so there is no period before to compare with.
# Verdicts on channels and the like; $what is such as "Channels".
report-even = { $what }: on one level. Every difference lies within { $margin } points.
report-uneven = { $what }: not on one level. { $low } is { $distance } points lower than { $high }.
report-open = { $what }: too few answers to say whether all are on one level, within { $margin } points.
report-not-compared = { $what }: not compared ({ $reason }).
report-difference = { $low } is { $distance } points lower than { $high }.

# The page that says it all.
report-overview-heading = On one page
report-card-quality = Perceived quality, of 100
report-card-change = Against the period before
report-card-rate = Invitations answered
report-word-higher = Higher than before
report-word-lower = Lower than before
report-word-same = No clear change
report-of-invitations = { $answered } of { $asked } delivered
report-name-quality = Perceived quality, of 100
report-name-always = The same, range that holds at every look
report-name-weighted = The same, weighted to all customers
report-name-overall = Overall judgement, in codes
report-name-nps = Would recommend (NPS), −100 to 100
report-name-csat = Satisfied, in the top two codes
report-name-ces = Found it easy, in the top three codes

# Headings of tables.
report-column-figure = Figure
report-column-value = Value
report-column-score = Score
report-column-range = Likely, 95 %
report-column-answers = Answers
report-column-dimension = Dimension
report-column-change = Change
report-column-alpha = Reliability (alpha)
report-column-month = Month
report-column-week = Week
report-column-expected = Expected
report-column-found = Found
report-column-gap = Gap
report-column-level = Level
report-column-drawn = Drawn to the mean
report-column-part = Part of the whole
report-column-raw = As answered
report-column-weighted = Weighted
report-column-name = Column
report-column-question = Question
report-column-codes = Codes

# Charts: titles and what the marks mean.
report-chart-dimensions = Score of each dimension, lowest first
report-chart-levels = Perceived quality, { $what }
report-chart-expected = Expected and found, the widest gap first
report-chart-time = Perceived quality by month
report-chart-weeks = Perceived quality by week
report-chart-drivers = Part of each dimension, largest first
report-chart-scores = Points of 100, shown from { $low } to { $high }.
report-chart-shares = Per cent, from zero.
report-chart-marks = Thick line: likely range, 80 %. Thin line: 95 %.
report-chart-hollow = Hollow dot: fewer than 5 answers, or no range.
report-chart-band = Dot: value. Band: likely range, 95 %.
report-chart-pairs = Square: expected. Dot: found. Lines: likely range, 95 %.
# Above the marks of a chart, as short as can be.
report-mark-expected = expected
report-mark-found = found
report-mark-gap = gap
report-by-month = { $name } by month
# A week of a year, alone and on an axis.
report-week = Week { $week } of { $year }
report-week-short = W{ $week }

# Dimensions and their questions.
report-dimensions-heading = Dimensions in numbers
report-change-note = Change: against the period before, with its own likely range. Scores are points of 100.
report-items-heading = Dimension by dimension
report-items-note = Each bar is all ratings of a question, around its middle line: low codes to the left, high ones to the right.
report-outcomes-heading = Other questions
report-dimension-score = Score { $value } of 100, { $range } ({ $answers }).
report-dimension-none = No score: { $reason }.
# $value is alpha, or why there is none.
report-dimension-alpha = Reliability (alpha): { $value }.
report-item-mean = Mean { $value }, { $range } ({ $answers }).
report-item-states = Without a rating: { $states }.
report-state-not-applicable = does not apply
report-state-dont-know = cannot say
report-state-skipped = left open

# Over time.
report-time-heading = Over time
# Before a list of days with what colleagues wrote of them.
report-happened = What happened in this time:

# What was expected against what was found; $gap is such as −13.
report-expected-heading = Expected and found
report-expected-first = { $name } falls furthest short of what was expected: { $gap } points ({ $range }, { $answers }).
report-expected-short = These fall short, too: { $names }.
report-expected-more = More than expected: { $names }.
report-expected-level = No dimension clearly falls short of what was expected.
report-expected-few = Too few customers answered both sides to say what falls short.
report-expected-note = Expected and found are scores of all who answered that side. The gap is found less expected, of those who answered both, so it need not be the difference of the two. High expectations, or low ones, are not good or bad by themselves.

# Channels and places.
report-splits-heading = Channels and places
report-splits-note = Levels stand in the order of their names. They are not ranked: with few answers, places in a ranking are mostly chance.
report-split-channel = Channels
report-split-contact = Ways of getting in touch
report-split-place = Places
report-split-language = Languages
report-places-drawn = Where few answered, a mean strays far; below, each is drawn towards the mean of all.
report-places-inside = None lies outside the limits of chance.
report-places-outside = Outside the limits of chance: { $names }.
report-levels-cut = { $shown } of { $all } levels are shown; the CSV has them all.

# What goes with the overall judgement.
report-drivers-heading = What goes with the overall judgement
report-drivers-none = This cannot be said yet: { $reason }.
report-drivers-together = Together, the dimensions account for this part of the differences in the overall judgement: { $share }.
report-drivers-first = { $name } comes first with a probability of { $share }.
report-drivers-unclear = Which dimension comes first is not clear: their ranges overlap.
report-drivers-caution = This is what goes together, not what causes what.

# Who answered.
report-answered-heading = Who answered
report-weighting-none = Nothing is weighted: { $reason }.
report-weighting-why = Beside the figures as answered stand those weighted so that the answers match all orders.
report-weighting-cost = Weighting costs precision. Behind it stand { $answers }; they count like { $like }.
report-indicator = Representativeness of the response (R-indicator): { $value }, { $n } invited. 1 means that every group answered alike.
report-careless = Answers that show a sign of carelessness: { $flagged } of { $all }. They count in all figures.
report-careless-hidden = How many answered without care is not shown: { $reason }.
report-careless-change = Quality with them: { $with }. Without them: { $without }.

# How this was computed.
report-method-heading = How this was computed
report-method-score = The score of a dimension is the mean of its questions' means, moved to a scale from 0 to 100. Questions that are turned round are turned back first.
report-method-quality = Perceived quality is the mean of the scores of all dimensions of experience, each with the same weight.
report-method-range = A likely range of 95 % holds the true value in 95 of 100 reports like this one. It is meant for one look.
report-method-always = The range that holds at every look is wider: it is right for somebody who looks again and again.
report-method-change = A change is compared with a period before of the same weekdays and has a range of its own. It is called clear only where that range leaves out zero.
report-method-weak = A dimension is called the weakest only where its whole range lies below those of all others.
report-method-alpha = Alpha says how well the questions of a dimension hang together, from 0 to 1.
report-method-careless = Answers with signs of carelessness stay in unless the filters say otherwise: a satisfied customer may answer so.
# $count parts are withheld, such as a figure or a whole level.
report-method-hidden = { $count ->
    [0] Figures of fewer than { $least } people are not shown, nor what would give them away. Here nothing had to be left out.
    [one] Figures of fewer than { $least } people are not shown, nor what would give them away. Here that is { $count } part.
   *[other] Figures of fewer than { $least } people are not shown, nor what would give them away. Here those are { $count } parts.
}
report-method-open = Nothing is withheld: this report was made for somebody who may see single answers. Take care whom you pass it on to.

# The questions.
report-dictionary-heading = Questions and codes
report-dictionary-note = Column: the name in files of answers.
report-turned = turned round

# Why there is no number; each may stand in brackets or after a colon.
report-reason-people = fewer than { $least } people
report-reason-none = no answers
report-reason-dimension = a dimension has no answers
report-reason-one = one answer only
report-reason-alike = answers do not differ enough
report-reason-items = too few questions were asked
report-reason-complete = nobody answered all that is needed for it
report-reason-groups = fewer than two groups
report-reason-small-group = a group has too few answers
report-reason-thin = a group has fewer than { $least } answers
report-reason-few = too few answers
report-reason-not-asked = not asked
report-reason-protect = withheld to protect another figure
report-reason-many = too many to compute
report-reason-scales = the scales do not fit
report-reason-frame = what it is compared with does not fit
report-reason-delivered = nothing was delivered
report-reason-pair = fewer than { $least } people answered a pair of dimensions
report-reason-places = fewer than { $least } places
report-reason-points = fewer than { $least } points in time
report-reason-absent = not computed
report-reason-range = no range
report-reason-other = it cannot be computed from these answers
