### The words of the mail with the figures of a view, and of the page that stops it.
###
### For translators: its readers are people of the shop who read reports, not customers. A number stands with its range in
### brackets and how many people are behind it. Names of views, surveys and places never change their form.

# The subject line. $until is the last day of the week or month; $view the name of the view.
report-mail-subject-weekly = Weekly report, { $until }: { $view }
report-mail-subject-monthly = Monthly report, { $until }: { $view }
# Labels before a value.
report-mail-label-survey = Survey
report-mail-label-quality = Perceived quality, of 100
# The change against the period before.
report-mail-label-week = Against the week before
report-mail-label-month = Against the month before
# The one or two dimensions with the lowest scores follow.
report-mail-label-lowest = Lowest scores
report-mail-label-careless = Careless answers
# After that label.
report-mail-left-out = left out
# After the label of how customers were in touch: they were not.
report-mail-no-contact = not in touch
# After the label of the place: orders that have none.
report-mail-no-place = without a place
# A score from 0 to 100, the ends of its range, and how many people answered.
report-mail-value = { $count ->
    [one] { $value } ({ $low } to { $high }), { $count } person
   *[other] { $value } ({ $low } to { $high }), { $count } people
}
# The change: by how many points, and the ends of its range.
report-mail-higher = Higher by { $by } ({ $low } to { $high })
report-mail-lower = Lower by { $by } ({ $low } to { $high })
# $low and $high have their signs, such as −1 and +4.
report-mail-same = No clear change (likely { $low } to { $high })
# In the place of a number.
report-mail-few = Too few answers to say
# How many answered of those who were asked; $share is a percentage, $low and $high are the ends of its range.
report-mail-rate = { $answered } of { $asked }: { $share } % ({ $low } to { $high })
# The same where no percentage can be told.
report-mail-answered = { $answered } of { $asked }
# A small line below the figures.
report-mail-brackets = In brackets: the range in which the true value probably lies (95 %).
# In the place of all figures. $least is the fewest people for whom a figure is shown, a number above 4.
report-mail-nobody = Nobody's answer lies in this time with these filters.
report-mail-withheld = Too few answers to say: fewer than { $least } people answered, or so few could be told apart by comparing figures. We show nothing, to protect them.
report-mail-refused = This view cannot be shown to you as it is: one of its filters is not open to you, or what it is about is gone. Open the dashboard and choose others.
# The one button, and the words before the address in the plain part.
report-mail-button = Open the dashboard
# In small letters at the end.
report-mail-why-weekly = You get this each Monday because you asked for it on the dashboard. It shows what you may see there, and no single answers.
report-mail-why-monthly = You get this on the third of each month because you asked for it on the dashboard. It shows what you may see there, and no single answers.
# After it: a link in the HTML part; a web address follows in the plain part.
report-mail-stop = Stop this report

## The page behind that link

report-stop-heading = Stop this report?
# $view is the name of the view.
report-stop-what = Its figures come by mail: { $view }
report-stop-then = When you press the button, this report comes no more. On the dashboard, under Views, you can have it sent again.
# The button.
report-stop-now = Stop the report
report-stopped-heading = The report is stopped
report-stopped-what = No more mails come with these figures: { $view }
report-stopped-again = You need not do anything else. On the dashboard, under Views, you can have it sent again.
