import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WebhookAuth, WebhookVerdict } from './webhook-auth.ts';
import { verifyWebhook } from './verify-webhook.ts';

interface Sample {
  readonly auth: WebhookAuth;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When it was sent, in seconds since 1970. */
  readonly sentAt: number;
  readonly deliveryId?: string;
}

const sha = (key: string, text: string, algorithm = 'sha256', encoding: 'hex' | 'base64' = 'hex') =>
  createHmac(algorithm, key).update(text).digest(encoding);
const sentAt = 1_800_000_000;
const slackBody =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
const stripeBody = '{"id":"evt_1","type":"charge.failed"}';
const pagerdutyBody = '{"event":{"id":"01ABC","event_type":"incident.triggered"}}';

// The first three are the examples that the senders themselves publish.
const samples: Readonly<Record<string, Sample>> = {
  github: {
    auth: { kind: 'github' },
    secret: "It's a Secret to Everybody",
    headers: {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    },
    body: 'Hello, World!',
    sentAt,
    deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  },
  slack: {
    auth: { kind: 'slack' },
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    headers: {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    body: slackBody,
    sentAt: 1_531_420_618,
  },
  'standard webhooks': {
    auth: { kind: 'standard-webhooks' },
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1a,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    body: '{"test": 2432232314}',
    sentAt: 1_614_265_330,
    deliveryId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  },
  stripe: {
    auth: { kind: 'stripe' },
    secret: 'whsec_stripe',
    headers: {
      'stripe-signature': `t=${sentAt},v1=${'0'.repeat(64)},v1=${sha('whsec_stripe', `${sentAt}.${stripeBody}`)}`,
    },
    body: stripeBody,
    sentAt,
    deliveryId: 'evt_1',
  },
  pagerduty: {
    auth: { kind: 'pagerduty' },
    secret: 'pager',
    headers: { 'x-pagerduty-signature': `v1=${sha('old', pagerdutyBody)},v1=${sha('pager', pagerdutyBody)}` },
    body: pagerdutyBody,
    sentAt,
    deliveryId: '01ABC',
  },
  'a bearer token': {
    auth: { kind: 'token' },
    secret: 'long and random',
    headers: { authorization: 'Bearer long and random' },
    body: '{}',
    sentAt,
  },
  'a token in a header': {
    auth: { kind: 'token', header: 'X-Api-Key' },
    secret: 'long and random',
    headers: { 'x-api-key': 'long and random' },
    body: '{}',
    sentAt,
  },
  'a password': {
    auth: { kind: 'basic' },
    secret: 'ada:löve:lace',
    headers: { authorization: `Basic ${Buffer.from('ada:löve:lace').toString('base64')}` },
    body: '{}',
    sentAt,
  },
  'HMAC in capitals': {
    auth: { kind: 'hmac', header: 'X-Sign', algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' },
    secret: 'key',
    headers: { 'x-sign': `sha1=${sha('key', 'a=1', 'sha1').toUpperCase()}` },
    body: 'a=1',
    sentAt,
  },
  'HMAC with a time': {
    auth: { kind: 'hmac', header: 'x-sign', algorithm: 'sha512', encoding: 'base64', timestampHeader: 'x-time' },
    secret: 'key',
    headers: { 'x-sign': sha('key', `${sentAt}.a=1`, 'sha512', 'base64'), 'x-time': String(sentAt) },
    body: 'a=1',
    sentAt,
  },
};

const verify = (sample: Sample, changes: { secrets?: string[]; body?: string; at?: number; headers?: object } = {}) =>
  verifyWebhook(sample.auth, {
    request: { headers: { ...sample.headers, ...changes.headers }, body: Buffer.from(changes.body ?? sample.body) },
    secrets: changes.secrets ?? [sample.secret],
    now: (changes.at ?? sample.sentAt) * 1000,
  });
const isGenuine = (verdict: WebhookVerdict): boolean => verdict.isGenuine;
const signed = ['github', 'slack', 'standard webhooks', 'stripe', 'pagerduty', 'HMAC in capitals', 'HMAC with a time'];
const timed = ['slack', 'standard webhooks', 'stripe', 'HMAC with a time'];

describe.each(Object.entries(samples))('a webhook that proves itself by %s', (name, sample) => {
  it('is taken, with the id of its delivery where there is one', () => {
    const { deliveryId } = sample;
    expect(verify(sample)).toEqual({ isGenuine: true, ...(deliveryId === undefined ? {} : { deliveryId }) });
  });

  it('is taken while its secret is being exchanged', () => {
    expect(isGenuine(verify(sample, { secrets: ['new one', sample.secret] }))).toBe(true);
  });

  it('is refused with another secret, and when none is set', () => {
    for (const secrets of [['other'], [`${sample.secret}x`], [''], []])
      expect(isGenuine(verify(sample, { secrets })), JSON.stringify(secrets)).toBe(false);
  });

  it('is refused without its header, with an empty one, and with two of it', () => {
    for (const header of Object.keys(sample.headers).filter((one) => one !== 'x-github-delivery')) {
      for (const value of [undefined, '', ['a', 'b'], 'x'.repeat(10_000)])
        expect(isGenuine(verify(sample, { headers: { [header]: value } })), header).toBe(false);
    }
  });

  it.runIf(signed.includes(name))('is refused when a byte of its body was changed', () => {
    expect(isGenuine(verify(sample, { body: `${sample.body} ` }))).toBe(false);
    expect(isGenuine(verify(sample, { body: sample.body.slice(1) }))).toBe(false);
  });

  it.runIf(signed.includes(name))('is refused when a character of its signature was changed', () => {
    const [header, value] = Object.entries(sample.headers).find(([one]) => /sign/.test(one)) ?? ['', ''];
    // The last character of base64 may carry bits that mean nothing: the one before is changed.
    const at = value.length - 3;
    const other = value[at] === '0' ? '1' : '0';
    expect(isGenuine(verify(sample, { headers: { [header]: value.slice(0, at) + other + value.slice(at + 1) } }))).toBe(
      false,
    );
  });

  it.runIf(timed.includes(name))('is refused when it is old, or from the future', () => {
    const { sentAt: at } = sample;
    expect([at - 299, at + 299].map((time) => isGenuine(verify(sample, { at: time })))).toEqual([true, true]);
    expect([at - 301, at + 301].map((time) => isGenuine(verify(sample, { at: time })))).toEqual([false, false]);
  });

  it.runIf(timed.includes(name))('is refused when its time was changed to look new', () => {
    const changed = Object.fromEntries(
      Object.entries(sample.headers).map(([header, value]) => [
        header,
        /time/.test(header) ? String(sample.sentAt + 100) : value.replace(/^t=\d+/, `t=${sample.sentAt + 100}`),
      ]),
    );
    expect(isGenuine(verify(sample, { headers: changed }))).toBe(false);
  });
});

describe('a webhook', () => {
  it('that needs no proof is taken without one', () => {
    expect(
      verifyWebhook({ kind: 'none' }, { request: { headers: {}, body: Buffer.from('') }, secrets: [], now: 0 }),
    ).toEqual({ isGenuine: true });
  });

  it('whose id is of no use is taken without it', () => {
    const sample = samples['github'] as Sample;
    expect(verify(sample, { headers: { 'x-github-delivery': 'x'.repeat(201) } })).toEqual({ isGenuine: true });
  });

  it('with a body that is no JSON is not read for its id', () => {
    const body = 'not json';
    const headers = { 'stripe-signature': `t=${sentAt},v1=${sha('whsec_stripe', `${sentAt}.${body}`)}` };
    expect(verify(samples['stripe'] as Sample, { body, headers })).toEqual({ isGenuine: true });
  });

  it('takes a Standard Webhooks secret that is no base64 by its characters', () => {
    const secret = 'not base64 at all!';
    const signature = sha(secret, `msg_1.${sentAt}.{}`, 'sha256', 'base64');
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(sentAt),
      'webhook-signature': `v1,${signature}`,
    };
    const sample: Sample = { auth: { kind: 'standard-webhooks' }, secret, headers, body: '{}', sentAt };
    expect(verify(sample)).toEqual({ isGenuine: true, deliveryId: 'msg_1' });
  });
});
