//! Sends emails by the SMTP server of the settings.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use uuid::Uuid;

use super::send::SendError;

/// How long the server may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends emails; one per process.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A mailer for a server such as `smtps://user:password@mail.example.com` (or `smtp://…` with `?tls=required` for
    /// STARTTLS), and a sender such as `Lode <lode@example.com>`.
    ///
    /// # Errors
    /// When either cannot be read, in words without the password.
    pub fn new(url: &str, from: &str) -> Result<Self, String> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| "SMTP_URL is not like smtps://user:password@mail.example.com".to_owned())?;
        let from = from.parse().map_err(|_| "SMTP_FROM is not like Lode <lode@example.com>".to_owned())?;
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from })
    }

    /// Sends an email; answers with the server's status.
    ///
    /// # Errors
    /// [`SendError`]: refused permanently, or to be tried again.
    pub async fn send(&self, to: &str, subject: &str, text: &str, id: Uuid) -> Result<u16, SendError> {
        let to: Mailbox = to.parse().map_err(|_| SendError::permanent(None, "the address is not an e-mail address"))?;
        let domain = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            // The same email tried twice has the same id, so that a mail program shows it once.
            .message_id(Some(format!("<{id}@{domain}>")))
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text.to_owned())
            .map_err(|error| SendError::permanent(None, error.to_string()))?;
        match self.transport.send(message).await {
            Ok(answer) => Ok(answer.code().into()),
            Err(error) => {
                let status = error.status().map(u16::from);
                let text: String = error.to_string().chars().take(500).collect();
                Err(if error.is_permanent() {
                    SendError::permanent(status, text)
                } else {
                    SendError::again(status, text)
                })
            }
        }
    }
}
