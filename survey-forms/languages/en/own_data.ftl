### The words of the page on which customers see what is kept about them, take it along, and delete it.
###
### For translators: plain words, no lawyer's language. Names of shops and order numbers come in as variables
### and never change their form. "We" is the shop. Labels stand beside a value, as in a list: "Delivered on:
### 4 August 2026".

# A link at the foot of pages and mails; in the plain part of a mail a web address follows.
own-data-link = See or delete what we keep about you

## The page

own-data-heading = What we keep about you
# Under the heading. $organisation is the shop's name.
own-data-lead = Kept by { $organisation } in connection with order { $order }.
own-order-heading = Your order
own-person-heading = About you
own-basis-heading = Why we may write to you
own-asked-heading = What we asked you
own-answers-heading = Your answers
own-others-heading = Your other orders
own-kept-heading = How long, and who sees it
own-actions-heading = What you can do

## Labels beside a value

own-label-order = Order number
# In which way the order was placed; a word such as "in the web shop" follows.
own-label-channel = Bought
# The shop, branch or desk.
own-label-place = Place
own-label-value = Value
own-label-placed = Placed on
own-label-expected = Expected on
own-label-shipped = Sent out on
own-label-delivered = Delivered on
own-label-cancelled = Cancelled on
own-label-returned = Sent back on
own-label-refunded = Money returned on
# The customer was in touch about the order; a word such as "by telephone" follows, or a date.
own-label-contacted = In touch
own-label-complaint = Complaint
own-label-complaint-opened = Complaint opened on
own-label-complaint-closed = Complaint closed on
# When the shop told this service of the order.
own-label-received = Told to us on
own-label-updated = Last changed on
own-label-name = Name
own-label-email = E-mail
own-label-phone = Telephone
# The number by which the shop knows the customer.
own-label-customer-number = Customer number
own-label-language = Language
own-label-since = Known to us since
own-label-basis = Reason
# The shop's own words for the reason.
own-label-basis-words = In our words
# When the customer was told, or agreed.
own-label-told = Told or agreed on
own-label-questionnaire = Questionnaire
own-label-planned = Mail planned for
own-label-sent = Mail sent on
own-label-begun = Begun on
own-label-answered = Answered on
own-label-link-ends = Link open until

## Values

own-not-kept = not kept
own-channel-web = in the web shop
own-channel-in-person = on the spot
own-channel-phone = by telephone
own-channel-email = by e-mail
own-channel-chat = in a chat
own-channel-community = in the customer community
own-complaint-open = open
own-basis-consent = You agreed to it.
own-basis-notice = You are our customer, were told of it, and could object.
own-basis-other = Another reason
own-basis-none = None was named, so we send no mail.

## Sentences

own-no-answers = You have not answered anything yet.
# A line to be opened; an earlier version of the whole answers. $date is a day.
own-earlier = As sent on { $date }
# A line to be opened; one page of the questionnaire as it was once saved. $number is its number.
own-earlier-page = Page { $number } as saved on { $date }
own-others = { $count ->
    [one] We also keep one other order of yours.
   *[other] We also keep { $count } other orders of yours.
}
own-others-why = You do not see them here, because whoever has this link should not learn more than it was sent for. Deleting takes them along.
# An e-mail address that is a link follows.
own-object = If something is wrong, or you do not want it to be kept, write to us; a person reads it:
# A link; leads to a file.
own-download = Save all of this as a file
own-download-hint = A JSON file, for keeping or for other programs. It also holds the numbers by which we count your answers.
# A button; leads to a page that asks once more.
own-erase = Delete everything
own-erase-hint = First you see what that means. Nothing is deleted before you say so there.

## The page that asks once more

erase-heading = Delete everything?
erase-lead = This will be gone for good:
erase-person = your name, address and telephone number, as far as we keep them here
erase-orders = { $count ->
    [one] one order with all its dates
   *[other] { $count } orders with all their dates
}
erase-answers = { $count ->
    [one] one questionnaire with your answers and your own words
   *[other] { $count } questionnaires with your answers and your own words
}
erase-remains = What stays is a note that somebody was deleted on that day, and to which groups an answer once belonged. It says neither who you are nor what you answered.
# An e-mail address that is a link follows.
erase-shop = The order itself stands in our shop's own books, too. If you want it to be deleted there, write to us:
# The button.
erase-now = Yes, delete everything

## The page after that

erased-heading = Everything is deleted
erased-text = Your contact data, your orders, your answers and your own words are gone from here. The links in our messages about them open nothing any more.
erased-copies = Should we ever have to bring back an older safety copy, you are deleted from it once more.
