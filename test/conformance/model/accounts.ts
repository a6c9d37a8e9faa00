import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { checkAttempt, countWrongPassword } from './attempts.ts';
import { Failure } from './failure.ts';
import { has } from './faults.ts';
import * as sessions from './sessions.ts';
import { idOf, idOfOwner, type Row, users } from './tables.ts';
import { isHidden, passwordOf } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/** The authentication settings of the model. */
export interface Settings {
  readonly auth: string;
  /** The first signs, all verify. */
  readonly keys: readonly (readonly [id: string, secret: string])[];
  readonly tokenSeconds: number;
  readonly idleSeconds: number;
  readonly sessionSeconds: number;
  readonly isSecure: boolean;
  /** Origins whose pages may make changes. */
  readonly origins: readonly string[];
}

const SERVICE = 'model';
const LEEWAY_SECONDS = 60;
const salt = randomBytes(16);
const passwords = new Map<string, Buffer>();

const hash = (password: unknown): Buffer => scryptSync(passwordOf(String(password)), salt, 32, { N: 4096 });
const encode = (json: Json): string => Buffer.from(JSON.stringify(json)).toString('base64url');
const decode = (part = ''): Json => JSON.parse(Buffer.from(part, 'base64url').toString());
const now = (): number => Date.now() / 1000;
const hmac = (secret: string, message: string): Buffer => createHmac('sha256', secret).update(message).digest();

function unauthorized(challenge: string, detail = 'sign in'): Failure {
  return new Failure(401, { detail }, has('challenges-nobody') ? {} : { 'www-authenticate': challenge });
}

/** Creates a user with a password. */
export async function register(body: unknown): Promise<{ readonly id: string }> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return users.insert(body, '');
  const { password, ...user } = body as Json;
  const text = typeof password === 'string' ? passwordOf(password) : '';
  const { length } = [...text];
  const isTaken = !isHidden(text) && length >= (has('takes-short-passwords') ? 1 : 12) && length <= 128;
  const wrong = isTaken ? [] : [{ field: 'password', code: 'invalid', message: 'must have 12 to 128 characters' }];
  const created = await users.insert(user, '', wrong);
  passwords.set(created.id, hash(password));
  return has('shows-hashes') ? Object.assign({ password_hash: 'argon2' }, created) : created;
}

/** The id of the user who signs in. */
export function signIn(body: unknown, client: string, { auth }: Settings): string {
  const given = body as Json;
  const wrong = ['email', 'password'].filter((field) => typeof given[field] !== 'string');
  wrong.push(...Object.keys(given).filter((field) => field !== 'email' && field !== 'password'));
  const errors = wrong.map((field) => ({ field, code: 'invalid', message: 'is not right' }));
  if (errors.length > 0) throw new Failure(422, { errors });

  const challenge = auth === 'jwt' ? 'Bearer' : 'Cookie';
  const account = String(given['email']).trim().toLowerCase();
  const id = idOf(account);
  checkAttempt(account, client, id !== undefined);
  if (id === undefined && has('tells-emails-apart')) throw unauthorized(challenge, 'nobody has this email');
  if (id === undefined && has('hurries-with-unknown')) throw unauthorized(challenge);
  const isRight = timingSafeEqual(hash(given['password']), passwords.get(id ?? '') ?? randomBytes(32));
  if (id === undefined || !isRight) {
    countWrongPassword(account, client);
    throw unauthorized(challenge);
  }
  return id;
}

/** The body of the response to a login. */
export function issueToken(user: string, { keys, tokenSeconds }: Settings): Json {
  const [id = '', secret = ''] = keys[0] ?? [];
  const issued = Math.floor(now());
  const claims = { iss: SERVICE, aud: SERVICE, sub: user, iat: issued, nbf: issued, exp: issued + tokenSeconds };
  const message = `${encode({ alg: 'HS256', typ: 'JWT', kid: id })}.${encode(claims)}`;
  const token = `${message}.${hmac(secret, message).toString('base64url')}`;
  return { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds };
}

/** The value of `Set-Cookie` after a login. */
export async function openSession(user: string, request: IncomingMessage, settings: Settings): Promise<string> {
  const kept = has('keeps-planted-tokens') ? tokenIn(request, settings) : undefined;
  const token = kept ?? randomBytes(32).toString('base64url');
  await keep(token, { user, created: now(), used: now() }, settings);
  return cookie(token, settings.sessionSeconds, settings);
}

/** The value of `Set-Cookie` after a logout. */
export async function closeSession(request: IncomingMessage, settings: Settings): Promise<string> {
  if (!has('forgets-to-sign-out')) await sessions.drop(tokenIn(request, settings) ?? '');
  return cookie('', 0, settings);
}

/** Stores a session until it expires. */
function keep(token: string, session: sessions.Session, { idleSeconds, sessionSeconds }: Settings): Promise<void> {
  return sessions.keep(token, session, Math.min(idleSeconds, session.created + sessionSeconds - now()));
}

const nameOf = ({ isSecure }: Settings): string => (isSecure ? '__Host-session' : 'session');

function cookie(value: string, seconds: number, settings: Settings): string {
  const flags = [...(has('shows-cookies-to-scripts') ? [] : ['HttpOnly']), 'SameSite=Lax', 'Path=/'];
  if (settings.isSecure) flags.push('Secure');
  return [`${nameOf(settings)}=${value}`, ...flags, `Max-Age=${seconds}`].join('; ');
}

function tokenIn(request: IncomingMessage, settings: Settings): string | undefined {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return pairs.find(([name]) => name === nameOf(settings))?.[1];
}

/** The id of the caller; throws without valid credentials. */
export async function callerOf(request: IncomingMessage, settings: Settings): Promise<string> {
  return settings.auth === 'jwt' ? callerOfToken(request, settings) : callerOfSession(request, settings);
}

/** A user as shown to the caller. */
export function shownTo(caller: string, user: Row): Partial<Row> {
  if (caller === user.id || has('shows-emails')) return user;
  const { ['email']: _, ...others } = user;
  return others;
}

/** Rejects a caller who is not this user. */
export function expectOwner(caller: string, id: string): void {
  if (caller !== id.toLowerCase() && !has('lets-anybody-change')) throw new Failure(403);
}

function callerOfToken(request: IncomingMessage, settings: Settings): string {
  const scheme = has('compares-case-of-bearer') ? /^Bearer +(.+)$/ : /^bearer +(.+)$/i;
  const token = scheme.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw unauthorized('Bearer');
  const subject = subjectOf(token, settings);
  if (subject === null) throw unauthorized('Bearer error="invalid_token"');
  return subject;
}

/** The subject of a token, or `null` if the token is invalid. */
function subjectOf(token: string, { keys }: Settings): string | null {
  try {
    const [first, second, signature = ''] = token.split('.');
    const [header, claims] = [decode(first), decode(second)];
    const named = keys.find(([id]) => id === header['kid']);
    const isUnsigned = has('takes-unsigned-tokens') && header['alg'] === 'none';
    if (!isUnsigned) {
      const isOurs = !('crit' in header) && header['typ'] === 'JWT';
      if (!isOurs && !has('ignores-critical-headers')) return null;
      const isKnown = header['alg'] === 'HS256' && named !== undefined && token.split('.').length === 3;
      if (!isKnown) return null;
      const expected = hmac(named[1], `${first}.${second}`).toString('base64url');
      if (signature !== expected && !has('forgets-signatures')) return null;
    }
    const inTime = Number(claims['exp']) > now() - LEEWAY_SECONDS && Number(claims['nbf']) < now() + LEEWAY_SECONDS;
    if (!inTime && !has('forgets-expiry')) return null;
    if (![claims['aud']].flat().includes(SERVICE) && !has('forgets-audience')) return null;
    return claims['iss'] === SERVICE && typeof claims['sub'] === 'string' ? claims['sub'] : null;
  } catch {
    return null;
  }
}

async function callerOfSession(request: IncomingMessage, settings: Settings): Promise<string> {
  const token = tokenIn(request, settings);
  if (token === undefined) throw unauthorized('Cookie');
  if (!isTrusted(request, settings)) throw new Failure(403);
  const session = await sessions.find(token);
  const isOver =
    session === undefined ||
    idOfOwner(session.user) === undefined ||
    (now() - session.used > settings.idleSeconds && !has('forgets-idle-sessions')) ||
    now() - session.created > settings.sessionSeconds;
  if (isOver) throw unauthorized('Cookie');
  await keep(token, { ...session, used: now() }, settings).catch((error: Error) => {
    if (has('fails-with-the-touch')) throw error;
  });
  return session.user;
}

/** Whether the request does not come from a page of another site. */
function isTrusted({ method = '', headers }: IncomingMessage, { origins }: Settings): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (['GET', 'HEAD', 'OPTIONS'].includes(method) || has('believes-any-page')) return true;
  if (origin !== undefined && origins.includes(origin)) return true;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return origin === undefined || origin.split('://')[1] === host;
}
