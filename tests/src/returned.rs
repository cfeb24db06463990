//! Messages that come back, in the shapes in which mail servers write them; all addresses and servers are invented.

/// What a message that comes back is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Where it arrives: the return address of the mail.
    pub arrives_at: &'a str,
    /// Id of the mail, without brackets.
    pub message_id: &'a str,
    /// Whom the mail was for.
    pub recipient: &'a str,
}

impl About<'_> {
    fn fill(&self, text: &str) -> Vec<u8> {
        let text = text.replace("{to}", self.arrives_at).replace("{id}", self.message_id);
        text.replace("{recipient}", self.recipient).replace('\n', "\r\n").into_bytes()
    }

    /// Postfix: a report of three parts, the last one the headers of the mail.
    pub fn postfix(&self, action: &str, status: &str, said: &str) -> Vec<u8> {
        let text = POSTFIX.replace("{action}", action).replace("{status}", status).replace("{said}", said);
        self.fill(&text)
    }

    /// Exim of today: a report of three parts, and whom it could not reach in a header of its own.
    pub fn exim(&self) -> Vec<u8> {
        self.fill(EXIM)
    }

    /// Exim of earlier years: words only.
    pub fn old_exim(&self) -> Vec<u8> {
        self.fill(OLD_EXIM)
    }

    /// Exchange: a report with HTML, and the whole mail.
    pub fn exchange(&self) -> Vec<u8> {
        self.fill(EXCHANGE)
    }

    /// Gmail: a report whose diagnostic spans lines.
    pub fn gmail(&self) -> Vec<u8> {
        self.fill(GMAIL)
    }

    /// qmail: words only.
    pub fn qmail(&self) -> Vec<u8> {
        self.fill(QMAIL)
    }

    /// A feedback report: the reader called the mail unwanted.
    pub fn complaint(&self) -> Vec<u8> {
        self.fill(COMPLAINT)
    }

    /// Replies that programs and people write: none of them is a report.
    pub fn replies(&self) -> Vec<Vec<u8>> {
        let head = "To: <{to}>\nFrom: Aino <{recipient}>\nDate: Thu, 7 May 2026 12:00:00 +0300\n";
        let body = "\n\nI am away; 550 5.1.1 is not my number. You wrote <{id}>.\n";
        let kinds = [
            "Subject: Re: your mail\nAuto-Submitted: auto-replied",
            "Subject: Out of Office: away until Monday",
            "Subject: Automaattinen vastaus: lomalla",
            "Subject: Re: your mail\nX-Autoreply: yes",
            "Subject: Re: your mail\nPrecedence: auto_reply",
            "Subject: notice\nReturn-Path: <>",
            "Subject: Re: your mail",
            "Subject: unsubscribe\nAuto-Submitted: auto-generated",
        ];
        kinds.iter().map(|kind| self.fill(&format!("{head}{kind}{body}"))).collect()
    }

    /// A person, or their mail program, asks for no more mails.
    pub fn unsubscribe(&self) -> Vec<u8> {
        self.fill(
            "To: <{to}>\nFrom: <{recipient}>\nSubject: unsubscribe\nMessage-ID: <1@phone.example>\n\n\n",
        )
    }
}

const POSTFIX: &str = "\
Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=\"7AF3.17/relay.example\"
Message-Id: <20260507090001.7AF3@relay.example>

This is a MIME-encapsulated message.

--7AF3.17/relay.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

The relay relay.example has news about your message.

<{recipient}>: host mx.example.org[192.0.2.7] said: {said}

--7AF3.17/relay.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
X-Postfix-Queue-ID: 7AF3
Arrival-Date: Thu,  7 May 2026 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; {said}

--7AF3.17/relay.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: Shop <care@tuulia.example>
To: {recipient}
Message-ID: <{id}>

--7AF3.17/relay.example--
";

const EXIM: &str = "\
Return-path: <>
Envelope-to: {to}
X-Failed-Recipients: {recipient}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@exim.example>
To: {to}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=1778144401-eximdsn-42
Subject: Mail delivery failed: returning message to sender

--1778144401-eximdsn-42
Content-type: text/plain; charset=us-ascii

A message that you sent did not reach:

  {recipient}
    host mx.example.org [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<{recipient}>:
    550 No such person at this address

--1778144401-eximdsn-42
Content-type: message/delivery-status

Reporting-MTA: dns; exim.example

Action: failed
Final-Recipient: rfc822;{recipient}
Status: 5.0.0
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 No such person at this address

--1778144401-eximdsn-42
Content-type: message/rfc822

Return-path: <{to}>
Message-ID: <{id}>
To: {recipient}
Subject: How was it?

Hello
--1778144401-eximdsn-42--
";

const OLD_EXIM: &str = "\
Return-path: <>
Envelope-to: {to}
X-Failed-Recipients: {recipient}
Auto-Submitted: auto-generated
From: Mail Delivery System <Mailer-Daemon@exim.example>
To: {to}
Subject: Mail delivery failed: returning message to sender

These addresses could not be reached:

  {recipient}
    SMTP error from remote mail server after RCPT TO:<{recipient}>:
    host mx.example.org [192.0.2.7]: 551 Moved away for ever

------ This is a copy of the message, including all the headers. ------

Message-ID: <{id}>
To: {recipient}
Subject: 452 is in this subject

Hello
";

const EXCHANGE: &str = "\
From: postmaster@exchange.example
To: {to}
Date: Thu, 7 May 2026 09:00:02 +0000
Content-Type: multipart/report; report-type=delivery-status; boundary=\"9B095B5ADSN=_01D\"
X-MS-Exchange-Message-Is-Ndr:
Message-ID: <ab12@exchange.example>
In-Reply-To: <{id}>
Subject: Undeliverable: How was it?
Auto-Submitted: auto-replied

--9B095B5ADSN=_01D
Content-Type: multipart/alternative; boundary=\"inner_1\"

--inner_1
Content-Type: text/plain; charset=\"us-ascii\"
Content-Transfer-Encoding: quoted-printable

Your message to {recipient} did not arrive=2E

--inner_1
Content-Type: text/html; charset=\"us-ascii\"

<html><body><p>Your message did not arrive.</p></body></html>

--inner_1--

--9B095B5ADSN=_01D
Content-Type: message/delivery-status

Reporting-MTA: dns;mx1.exchange.example
Received-From-MTA: dns;relay.example
Arrival-Date: Thu, 7 May 2026 09:00:01 +0000

Final-Recipient: rfc822;{recipient}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by lookup

--9B095B5ADSN=_01D
Content-Type: message/rfc822

Received: from relay.example by mx1.exchange.example
From: Shop <care@tuulia.example>
To: {recipient}
Subject: How was it?
Message-ID: <{id}>
Content-Type: text/plain

Hello
--9B095B5ADSN=_01D--
";

const GMAIL: &str = "\
Return-Path: <>
Delivered-To: {to}
From: Mail Delivery Subsystem <mailer-daemon@big.example>
To: {to}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
X-Failed-Recipients: {recipient}
Content-Type: multipart/report; boundary=\"000000000000aa\"; report-type=delivery-status
MIME-Version: 1.0

--000000000000aa
Content-Type: multipart/related; boundary=\"000000000000bb\"

--000000000000bb
Content-Type: text/plain; charset=\"UTF-8\"

** There is no such address **

The message was not delivered to {recipient}.

--000000000000bb--

--000000000000aa
Content-Type: message/delivery-status

Reporting-MTA: dns; big.example
Arrival-Date: Thu, 07 May 2026 02:00:00 -0700 (PDT)
X-Original-Message-ID: <{id}>

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org. (192.0.2.7, the server for the domain.)
Diagnostic-Code: smtp; 550-5.1.1 The account that you tried to reach is not there.
 550-5.1.1 Look for typing mistakes.
 550 5.1.1 Learn more elsewhere
Last-Attempt-Date: Thu, 07 May 2026 02:00:01 -0700 (PDT)

--000000000000aa
Content-Type: message/rfc822

To: {recipient}
Message-ID: <{id}>
Subject: How was it?

Hello
--000000000000aa--
";

const QMAIL: &str = "\
Return-Path: <>
Delivered-To: {to}
Received: (qmail 4711 invoked for bounce); 7 May 2026 09:00:00 -0000
From: MAILER-DAEMON@qmail.example
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at qmail.example.
Some addresses could not be reached for good.

<{recipient}>:
192.0.2.7 does not like recipient.
Remote host said: 553 5.1.2 nobody of that name (#5.1.1)
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

Return-Path: <{to}>
Message-ID: <{id}>
To: {recipient}

Hello
";

const COMPLAINT: &str = "\
From: <feedback@big.example>
To: <{to}>
Subject: FW: How was it?
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=\"part1_13d\"

--part1_13d
Content-Type: text/plain; charset=\"US-ASCII\"

A reader has called this message unwanted.

--part1_13d
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Feedback/1.0
Version: 1
Original-Mail-From: <{to}>
Arrival-Date: Thu, 7 May 2026 09:00:00 +0000
Source-IP: 192.0.2.7

--part1_13d
Content-Type: message/rfc822
Content-Disposition: inline

From: Shop <care@tuulia.example>
To: <redacted@big.example>
Subject: How was it?
Message-ID: <{id}>

Hello
--part1_13d--
";
