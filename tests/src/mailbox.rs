//! Reads mails as a mail program does: from `.eml` files, or from what an SMTP server was given.

use std::path::{Path, PathBuf};

use mail_parser::{Address, MessageParser, MimeHeaders};

/// One mail, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Address of the sender.
    pub from: String,
    /// Address of the customer.
    pub to: String,
    /// Where a reply goes.
    pub reply_to: String,
    /// Subject, decoded.
    pub subject: String,
    /// Its id, without brackets.
    pub message_id: String,
    /// Language that the mail names.
    pub language: String,
    /// What mail programs end such mails by: `List-Unsubscribe` and `List-Unsubscribe-Post`, each on one line.
    pub unsubscribe: (String, String),
    /// The plain part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

impl Mail {
    /// Takes apart the bytes of a message; stops when a part is missing.
    pub fn parse(bytes: &[u8]) -> Self {
        let message = MessageParser::default().parse(bytes).expect("a mail that can be read");
        let header = |name: &str| message.header_raw(name).unwrap_or_default().trim().to_owned();
        let kinds: Vec<String> = message
            .parts
            .iter()
            .filter_map(|part| part.content_type())
            .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()))
            .collect();
        assert_eq!(kinds, ["multipart/alternative", "text/plain", "text/html"], "the parts of the mail");
        Self {
            from: address(message.from()),
            to: address(message.to()),
            reply_to: address(message.reply_to()),
            subject: message.subject().expect("a subject").to_owned(),
            message_id: message.message_id().expect("a message id").to_owned(),
            language: header("Content-Language"),
            unsubscribe: (one_line(&header("List-Unsubscribe")), one_line(&header("List-Unsubscribe-Post"))),
            text: message.body_text(0).expect("a plain part").into_owned(),
            html: message.body_html(0).expect("an HTML part").into_owned(),
        }
    }

    /// The customer's own link to the form, as it stands in the plain part; links that suggest an answer are others.
    pub fn link(&self) -> &str {
        let mut words = self.text.split_whitespace();
        words
            .find(|word| word.contains("/s/") && !word.contains('?'))
            .unwrap_or_else(|| panic!("no link in {}", self.text))
    }

    /// The path of the link to what is kept about the customer.
    pub fn own_data_path(&self) -> &str {
        let mut words = self.text.split_whitespace();
        let link = words
            .find(|word| word.contains("/p/"))
            .unwrap_or_else(|| panic!("no such link in {}", self.text));
        &link[link.find("/p/").expect("the link leads to the page")..]
    }

    /// The path of the link that ends such mails, as it stands in the plain part.
    pub fn unsubscribe_path(&self) -> &str {
        let mut words = self.text.split_whitespace();
        let link = words
            .find(|word| word.contains("/u/"))
            .unwrap_or_else(|| panic!("no such link in {}", self.text));
        &link[link.find("/u/").expect("the link leads to the page")..]
    }

    /// The path of that link, wherever the service really listens.
    pub fn link_path(&self) -> &str {
        let link = self.link();
        &link[link.find("/s/").expect("the link leads to the form")..]
    }
}

/// A header that was folded, on one line again.
fn one_line(folded: &str) -> String {
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn address(found: Option<&Address<'_>>) -> String {
    let first = found.and_then(Address::first).expect("an address");
    first.address().expect("an address").to_owned()
}

/// A folder into which mails are written.
#[derive(Clone, Debug)]
pub struct Mailbox {
    folder: PathBuf,
}

impl Mailbox {
    /// The mailbox of a folder, which may not exist yet.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// All mails, by the name of their file; nothing but whole mails may lie there.
    pub fn mails(&self) -> Vec<Mail> {
        self.files().iter().map(|path| Mail::parse(&std::fs::read(path).expect("a mail file"))).collect()
    }

    /// The files of the mails.
    pub fn files(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return vec![] };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        for file in &files {
            assert_eq!(file.extension().and_then(|end| end.to_str()), Some("eml"), "{}", file.display());
        }
        files
    }

    /// The only mail to this address.
    #[track_caller]
    pub fn to(&self, address: &str) -> Mail {
        let mut mails: Vec<Mail> = self.mails().into_iter().filter(|mail| mail.to == address).collect();
        assert_eq!(mails.len(), 1, "mails to {address}");
        mails.remove(0)
    }
}
