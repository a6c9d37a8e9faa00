/** Ways in which the model service can be made to break the contract, one at a time; the tests say which row sees it. */
export type Fault =
  | 'accepts-any-origin'
  | 'accepts-any-port'
  | 'accepts-page-zero'
  | 'answers-200-to-post'
  | 'answers-any-options'
  | 'appends-to-204'
  | 'appends-to-head'
  | 'believes-first-hop'
  | 'checks-email-then-waits'
  | 'closes-idle-connections'
  | 'closes-on-large-body'
  | 'comes-back-late'
  | 'compares-case'
  | 'compresses-unasked'
  | 'conflicts-without-field'
  | 'counts-all-together'
  | 'counts-bytes'
  | 'crowds-out'
  | 'cuts-off-in-flight'
  | 'deletes-twice'
  | 'describes-less'
  | 'drains-at-once'
  | 'drops-allow'
  | 'exits-with-1'
  | 'forgets-timeout'
  | 'forgets-to-trim'
  | 'forgets-who-leaves'
  | 'holds-bodies'
  | 'holds-heads'
  | 'holds-responses'
  | 'ignores-unknown-fields'
  | 'keeps-any-request-id'
  | 'labels-with-paths'
  | 'limits-probes'
  | 'lists-oldest-first'
  | 'loads-from-elsewhere'
  | 'logs-twice'
  | 'makes-random-ids'
  | 'names-every-field'
  | 'names-first-error-only'
  | 'never-gives-up'
  | 'omits-location'
  | 'plain-errors'
  | 'replaces-on-patch'
  | 'runs-out-of-files'
  | 'secures-only-success'
  | 'shows-internals'
  | 'stays-ready'
  | 'stores-then-refuses'
  | 'takes-any-coding'
  | 'takes-any-host'
  | 'takes-any-type'
  | 'totals-the-page';

/** The same for a model with accounts. */
export type AccountFault =
  | 'believes-any-page'
  | 'challenges-nobody'
  | 'counts-clients-apart-only'
  | 'compares-case-of-bearer'
  | 'forgets-audience'
  | 'forgets-expiry'
  | 'forgets-idle-sessions'
  | 'forgets-signatures'
  | 'forgets-to-sign-out'
  | 'hurries-with-unknown'
  | 'ignores-critical-headers'
  | 'keeps-planted-tokens'
  | 'lets-anybody-change'
  | 'lets-anybody-guess'
  | 'lets-anybody-read'
  | 'limits-known-accounts-only'
  | 'sends-cookies-in-clear'
  | 'shows-cookies-to-scripts'
  | 'shows-emails'
  | 'shows-hashes'
  | 'takes-published-keys'
  | 'takes-short-passwords'
  | 'takes-unsigned-tokens'
  | 'takes-weak-keys'
  | 'tells-emails-apart';

/** The same for a model with sessions and Redis. */
export type RedisFault =
  | 'fails-with-the-touch'
  | 'keeps-sessions-at-home'
  | 'keeps-sessions-for-ever'
  | 'keeps-tokens-in-clear'
  | 'signs-out-without-redis';

/** The same for a model without sessions that has Redis as a cache. */
export type CacheFault = 'needs-the-cache';

/** Whether this run of the model has the fault. */
export function has(fault: Fault | AccountFault | RedisFault | CacheFault): boolean {
  return process.env['FAULT'] === fault;
}
