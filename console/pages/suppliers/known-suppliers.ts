import type { Answers } from './supplier-answers.ts';

type Known = Pick<Answers, 'name' | 'host' | 'secret' | 'inject' | 'allow'> & Partial<Answers>;

/** What is known of suppliers that many businesses have, by the names that they are known by. Each field can be changed. */
export const KNOWN: Readonly<Record<string, Known>> = {
  Stripe: {
    ...{ name: 'stripe', host: 'api.stripe.com', secret: { env: 'STRIPE_KEY' }, inject: 'bearer' },
    allow: 'POST /v1/payment_intents\nPOST /v1/customers\nGET /v1/*',
    spendOn: 'POST /v1/payment_intents',
  },
  Mailgun: {
    ...{ name: 'mailgun', host: 'api.mailgun.net', secret: { env: 'MAILGUN_KEY' }, inject: 'basic' },
    allow: 'POST /v3/*',
  },
  SendGrid: {
    ...{ name: 'sendgrid', host: 'api.sendgrid.com', secret: { env: 'SENDGRID_KEY' }, inject: 'bearer' },
    allow: 'POST /v3/mail/send',
  },
  Twilio: {
    ...{ name: 'twilio', host: 'api.twilio.com', secret: { env: 'TWILIO_KEY' }, inject: 'basic' },
    allow: 'POST /2010-04-01/Accounts/*',
  },
  Postmark: {
    ...{ name: 'postmark', host: 'api.postmarkapp.com', secret: { env: 'POSTMARK_KEY' }, inject: 'header' },
    ...{ injectName: 'X-Postmark-Server-Token', allow: 'POST /email\nPOST /email/withTemplate' },
  },
  Brevo: {
    ...{ name: 'brevo', host: 'api.brevo.com', secret: { env: 'BREVO_KEY' }, inject: 'header' },
    ...{ injectName: 'api-key', allow: 'POST /v3/smtp/email' },
  },
};
