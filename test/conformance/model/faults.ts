/** Ways in which the model service can be made to break the contract, one at a time; the tests say which row sees it. */
export type Fault =
  | 'accepts-any-origin'
  | 'accepts-any-port'
  | 'accepts-page-zero'
  | 'answers-200-to-post'
  | 'appends-to-204'
  | 'appends-to-head'
  | 'believes-first-hop'
  | 'checks-email-then-waits'
  | 'closes-on-large-body'
  | 'comes-back-late'
  | 'compares-case'
  | 'compresses-unasked'
  | 'counts-all-together'
  | 'counts-bytes'
  | 'cuts-off-in-flight'
  | 'deletes-twice'
  | 'drops-allow'
  | 'exits-with-1'
  | 'forgets-timeout'
  | 'forgets-to-trim'
  | 'ignores-unknown-fields'
  | 'keeps-any-request-id'
  | 'limits-probes'
  | 'lists-oldest-first'
  | 'logs-twice'
  | 'makes-random-ids'
  | 'names-first-error-only'
  | 'never-gives-up'
  | 'omits-location'
  | 'plain-errors'
  | 'replaces-on-patch'
  | 'secures-only-success'
  | 'shows-internals'
  | 'stays-ready'
  | 'takes-any-type'
  | 'totals-the-page';

/** Whether this run of the model has the fault. */
export function has(fault: Fault): boolean {
  return process.env['FAULT'] === fault;
}
