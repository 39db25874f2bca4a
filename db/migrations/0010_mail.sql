-- Mail that is to be sent, that was sent, and that could not be. Its texts are kept only until it is sent.

create table mail (
  -- Names the mail for good, in its Message-ID too: a mail that arrives twice can be told by it.
  id text primary key,
  recipient text not null,
  locale text not null,
  subject text not null,
  text text not null,
  html text not null,
  headers text not null check (json_valid(headers)),
  queued_at text not null,
  -- When it is next to be tried. Whoever tries it first moves this on, so that nobody else does meanwhile. Null once it is settled.
  due_at text,
  -- How often it was refused for now. A sender that died does not count.
  refusals integer not null default 0,
  sent_at text,
  -- When it was given up.
  failed_at text,
  -- What was said when it was last refused.
  error text,
  check ((due_at is null) = (sent_at is not null or failed_at is not null)),
  check (sent_at is null or failed_at is null)
) strict;

create index mail_due on mail (due_at) where due_at is not null;
create index mail_sent on mail (sent_at) where sent_at is not null;
create index mail_unsent on mail (queued_at) where sent_at is null;
