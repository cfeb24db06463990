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
