### The words of the page that ends questions by mail.
###
### Three states of one page: before, done, and taken back. It asks for no reason and makes no plea.

## Before

unsubscribe-heading = No more questions by mail?
# $organisation is the shop's name.
unsubscribe-who = { $organisation } asks its customers by mail how its service was.
unsubscribe-what = When you press the button, no more such questions come to you by mail. Messages about your orders stay as they are.
# On each of the three pages. An e-mail address follows, most of whose letters are hidden.
unsubscribe-address = It is about this address:
# Above the button.
unsubscribe-hint = Nothing changes until you press the button.
# The button.
unsubscribe-now = No more questions

## Done

unsubscribed-heading = No more questions by mail
unsubscribed-what = { $organisation } will not send such questions to this address any more. You need not do anything else.
unsubscribed-late = A message that is on its way already may still arrive.
# Above the button that takes it back.
unsubscribe-undo-hint = Pressed by mistake? Take it back, and such questions may come again as before.
# That button.
unsubscribe-undo = Take it back

## Taken back

resubscribed-heading = You may get questions again
resubscribed-what = { $organisation } may send you short questions about its service again, as before.
resubscribed-again = If you change your mind, the link at the end of each such message still works.
