//! Closed lists of words that the database keeps as small numbers.
//!
//! A code is never changed or used again: rows of old versions keep it.

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every value, in the order of its code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The number kept in the database.
            pub const fn code(self) -> i16 { match self { $(Self::$variant => $code,)+ } }

            /// The word used in JSON, URLs and on the command line.
            pub const fn word(self) -> &'static str { match self { $(Self::$variant => $word,)+ } }

            /// The value behind a number of the database.
            pub const fn from_code(code: i16) -> Option<Self> { match code { $($code => Some(Self::$variant),)+ _ => None } }

            /// The value behind a word.
            pub fn from_word(word: &str) -> Option<Self> { match word { $($word => Some(Self::$variant),)+ _ => None } }

            /// All words, for messages: `a, b or c`.
            pub fn words() -> String {
                crate::domain::coded::one_of(&[$($word,)+])
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.word()) }
        }
    };
}

/// Joins words for a message: `a, b or c`.
pub fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [firsts @ .., last] => format!("{} or {last}", firsts.join(", ")),
    }
}

coded! {
    /// Where an order was placed or served, or how the customer was in touch.
    Channel {
        /// The web shop.
        Web = 1 "web",
        /// A shop, branch or service desk.
        InPerson = 2 "in_person",
        /// By telephone.
        Phone = 3 "phone",
        /// By e-mail.
        Email = 4 "email",
        /// In a chat.
        Chat = 5 "chat",
        /// In the customer community.
        Community = 6 "community",
    }
}

coded! {
    /// What happened to an order.
    EventKind {
        /// The order was placed.
        Placed = 1 "placed",
        /// The goods left.
        Shipped = 2 "shipped",
        /// The goods arrived, or the service was done.
        Delivered = 3 "delivered",
        /// The order was cancelled.
        Cancelled = 4 "cancelled",
        /// The goods came back.
        Returned = 5 "returned",
        /// The money went back.
        Refunded = 6 "refunded",
        /// The customer was in touch about the order.
        Contacted = 7 "contacted",
        /// A complaint was opened: nothing is asked while it is open.
        ComplaintOpened = 8 "complaint_opened",
        /// The complaint was closed.
        ComplaintClosed = 9 "complaint_closed",
    }
}

coded! {
    /// A shop system that tells of its orders by itself.
    HookKind {
        /// Shopify.
        Shopify = 1 "shopify",
        /// WooCommerce.
        Woocommerce = 2 "woocommerce",
    }
}

coded! {
    /// What became of a delivery of a shop's hook.
    HookOutcome {
        /// It was taken, or there was nothing to take.
        Taken = 1 "taken",
        /// It was rightly signed and could not be taken.
        Problem = 2 "problem",
        /// Somebody has to do something: a customer wants to see their data, or a shop has left.
        Request = 3 "request",
    }
}

coded! {
    /// What allows a survey mail to be sent to this customer.
    BasisKind {
        /// The customer agreed.
        Consent = 1 "consent",
        /// An existing customer who was told and could object.
        ExistingCustomerNotice = 2 "existing_customer_notice",
        /// Another basis, named in words.
        Other = 3 "other",
    }
}

coded! {
    /// How far an invitation has come.
    InvitationState {
        /// Not sent yet.
        Planned = 1 "planned",
        /// Handed to the mail relay (or written as a file).
        Sent = 2 "sent",
        /// The first page was posted.
        Started = 3 "started",
        /// The form was finished.
        Answered = 4 "answered",
        /// Will not be sent; the reason says why.
        Skipped = 5 "skipped",
        /// The mail came back.
        Bounced = 6 "bounced",
        /// The link ran out.
        Expired = 7 "expired",
        /// The customer withdrew.
        Withdrawn = 8 "withdrawn",
    }
}

coded! {
    /// Why an invitation is skipped or waits.
    Reason {
        /// The event that starts the clock has not come, or the delay is not over.
        NotDue = 1 "not_due",
        /// The order says nothing that allows a mail.
        NoContactBasis = 2 "no_contact_basis",
        /// The customer does not want mail.
        Suppressed = 3 "suppressed",
        /// Asked too recently.
        Cap = 4 "cap",
        /// Moved out of the quiet hours.
        QuietHours = 5 "quiet_hours",
        /// The order was cancelled.
        Cancelled = 6 "cancelled",
        /// The goods or the money went back.
        Returned = 7 "returned",
        /// A complaint is open.
        ComplaintOpen = 8 "complaint_open",
        /// The place is not in the survey.
        Place = 9 "place",
        /// The survey is not offered in the customer's language.
        Language = 10 "language",
        /// Not drawn.
        SampledOut = 11 "sampled_out",
        /// This order was asked already.
        AlreadyAsked = 12 "already_asked",
        /// Too late to ask.
        Expired = 13 "expired",
        /// The survey is paused.
        Paused = 14 "paused",
        /// Came by a test key: written as a file, never mailed, never counted.
        TestKey = 15 "test_key",
    }
}

coded! {
    /// How a response was collected; modes are never mixed silently.
    CollectionMode {
        /// By the link of a mailed invitation.
        Mail = 1 "mail",
        /// By an open link.
        OpenLink = 2 "open_link",
        /// From an existing data set.
        Imported = 3 "imported",
    }
}

coded! {
    /// What brings an invitation to a customer.
    Carrier {
        /// A mail.
        Mail = 1 "mail",
        /// A short message to a telephone.
        Message = 2 "message",
        /// A printed slip in the parcel.
        Slip = 3 "slip",
    }
}

coded! {
    /// Whom a survey asks; decided when it is made, so that its answers are all of one kind.
    Collection {
        /// The customers of orders, each by a link of their own.
        Orders = 1 "orders",
        /// Whoever opens one of its printed links.
        Open = 2 "open",
    }
}

coded! {
    /// What a key or user may do.
    Role {
        /// Everything.
        Owner = 1 "owner",
        /// Everything but owners.
        Admin = 2 "admin",
        /// Reads and downloads reports.
        Analyst = 3 "analyst",
        /// Works on cases.
        Agent = 4 "agent",
        /// Sends orders, nothing else.
        Sender = 5 "sender",
        /// Reads everything but personal data, changes nothing.
        Auditor = 6 "auditor",
    }
}

impl Role {
    /// Whether somebody of this role reads reports.
    pub const fn reads_reports(self) -> bool {
        matches!(self, Self::Owner | Self::Admin | Self::Analyst | Self::Auditor)
    }
}

coded! {
    /// A right given beside the role.
    Grant {
        /// Live figures and single answers.
        Rows = 1 "rows",
    }
}

coded! {
    /// Whether a survey asks.
    SurveyState {
        /// Not in the field yet.
        Draft = 1 "draft",
        /// In the field.
        Running = 2 "running",
        /// Stopped for now.
        Paused = 3 "paused",
    }
}

coded! {
    /// What a job does.
    JobKind {
        /// Sends one invitation's mail.
        SendInvitation = 1 "send_invitation",
        /// Ends one invitation whose link has run out.
        ExpireInvitation = 2 "expire_invitation",
        /// Sends the next reminder of one invitation.
        SendReminder = 3 "send_reminder",
        /// Sends the next figures of a view to a member who wants them by mail.
        SendReport = 4 "send_report",
    }
}

impl JobKind {
    /// Those that mail somebody: they rest while an organisation's sending is paused.
    pub const MAILING: [Self; 3] = [Self::SendInvitation, Self::SendReminder, Self::SendReport];
}

coded! {
    /// How often a member gets the figures of a view by mail.
    Rhythm {
        /// On Mondays, the week before.
        Weekly = 1 "weekly",
        /// On the third of a month, the month before.
        Monthly = 2 "monthly",
    }
}

coded! {
    /// Which mail about an invitation.
    Occasion {
        /// The invitation itself.
        First = 1 "invitation",
        /// A reminder that is not the last.
        Reminder = 2 "reminder",
        /// The last reminder.
        LastReminder = 3 "last_reminder",
    }
}

coded! {
    /// What became of a mail.
    MailState {
        /// To be sent when it is due.
        Ready = 1 "ready",
        /// Being handed over: it stays so when the process ends in the middle.
        Sending = 2 "sending",
        /// Taken by the relay, or written as a file.
        Sent = 3 "sent",
        /// Not taken for now; it is tried again.
        Deferred = 4 "deferred",
        /// Refused for good, or came back.
        Failed = 5 "failed",
        /// The process ended while it was handed over; whether it left is not known.
        Uncertain = 6 "uncertain",
        /// Not wanted any more before it left.
        Dropped = 7 "dropped",
    }
}

coded! {
    /// What a line of the delivery log tells.
    NoteEvent {
        /// It waits for its time, or for the reason that is named.
        Planned = 1 "planned",
        /// It will not be sent, for the reason that is named.
        Skipped = 2 "skipped",
        /// The relay took it, or it was written as a file.
        Sent = 3 "sent",
        /// The relay did not take it now.
        Deferred = 4 "deferred",
        /// It cannot be delivered.
        Failed = 5 "failed",
        /// The process ended while it was handed over.
        Uncertain = 6 "uncertain",
        /// It came back.
        Bounced = 7 "bounced",
        /// The customer wants no more.
        Unsubscribed = 8 "unsubscribed",
        /// The customer called it unwanted where they read it.
        Complained = 9 "complained",
        /// The customer wants mails again.
        Resubscribed = 10 "resubscribed",
        /// It came back, but the address may work another time.
        SoftBounced = 11 "soft_bounced",
    }
}

coded! {
    /// What is done with a mail when it is not known whether it left.
    Resend {
        /// It is sent once more, with the same message id.
        Once = 1 "once",
        /// It is left alone.
        Never = 2 "never",
    }
}

coded! {
    /// Who of an organisation is asked for a second step when signing in.
    SecondStepRule {
        /// Whoever has switched it on.
        OwnChoice = 1 "own_choice",
        /// Everybody: who has none sets it up before any page opens.
        Everybody = 2 "everybody",
    }
}

coded! {
    /// Why an address is not mailed.
    SuppressionCause {
        /// By the link in a mail.
        Unsubscribed = 1 "unsubscribed",
        /// Mails to it came back for good.
        Bounced = 2 "bounced",
        /// A mail was called unwanted.
        Complained = 3 "complained",
        /// From a list of the organisation.
        Imported = 4 "imported",
    }
}

coded! {
    /// What words of an organisation's own are for.
    WordsKind {
        /// Its goodbye, on the thank-you page and in mails.
        ClosingWords = 1 "closing_words",
        /// What came of earlier answers, on the thank-you page.
        YouSaidWeDid = 2 "you_said_we_did",
        /// What it offers after a low judgement, on the thank-you page.
        RecoveryOffer = 3 "recovery_offer",
        /// Who asks, why and for how long, at the foot of every page.
        PrivacyText = 4 "privacy_text",
    }
}

coded! {
    /// How far a job has come.
    JobState {
        /// Waits until it is due.
        Ready = 1 "ready",
        /// Somebody works on it until the lease ends.
        Leased = 2 "leased",
        /// Done.
        Done = 3 "done",
        /// Given up after the last try; kept to be looked at.
        Failed = 4 "failed",
    }
}

coded! {
    /// What an event that is told to others is about.
    EventType {
        /// A form was finished, or its link ran out on saved pages.
        SurveyAnswered = 1 "survey.answered",
        /// A finished form was changed.
        SurveyCorrected = 2 "survey.corrected",
        /// The overall judgement is low.
        ScoreLow = 3 "score.low",
        /// The mail left.
        InvitationSent = 4 "invitation.sent",
        /// The mail came back, or the relay refused the recipient.
        InvitationBounced = 5 "invitation.bounced",
        /// Somebody tries an endpoint out.
        WebhookTest = 6 "webhook.test",
    }
}

coded! {
    /// Whether events go to an endpoint.
    WebhookState {
        /// They do.
        Enabled = 1 "enabled",
        /// Not for now.
        Disabled = 2 "disabled",
    }
}

coded! {
    /// Why an endpoint is disabled.
    WebhookReason {
        /// Somebody wanted it.
        ByHand = 1 "by_hand",
        /// It answered 410: it is gone.
        Gone = 2 "gone",
    }
}

coded! {
    /// How far the delivery of an event has come.
    DeliveryState {
        /// To be tried, or tried again.
        Waiting = 1 "waiting",
        /// The endpoint took it.
        Delivered = 2 "delivered",
        /// Given up.
        Failed = 3 "failed",
    }
}
