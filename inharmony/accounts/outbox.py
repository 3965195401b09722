"""Mail of the demonstration goes to a page, not to a post office."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from inharmony.accounts.models import OutboxMessage


class OutboxBackend(BaseEmailBackend):
    """Keeps each message as rows of the outbox page."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Returns how many messages were kept."""
        rows = [
            OutboxMessage(to=to, subject=str(message.subject), body=str(message.body))
            for message in email_messages
            for to in message.recipients()
        ]
        OutboxMessage.objects.bulk_create(rows)
        return len(email_messages)
