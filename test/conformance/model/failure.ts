/** Thrown by the model to respond with a problem. */
export class Failure extends Error {
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, members: Failure['members'] = {}, headers: Failure['headers'] = {}) {
    super(`status ${status}`);
    this.status = status;
    this.members = members;
    this.headers = headers;
  }
}
