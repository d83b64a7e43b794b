/** What a service answered. `at` reads a member of the JSON body by its path, e.g. `components.0.decision`. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly json: unknown;
  at(path: string): unknown;
}

export const answerOf = (status: number, headers: Headers, bytes: Buffer): Answer => {
  const isJson = headers.get('content-type')?.includes('json') ?? false;
  const json: unknown = isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined;
  return {
    ...{ status, headers, bytes, json },
    at: (path) =>
      path.split('.').reduce((value: unknown, name) => (value as Record<string, unknown> | undefined)?.[name], json),
  };
};

type RequestHeaders = Readonly<Record<string, string>>;

/** A caller of the HTTP API that gets to see refusals as they are; without a token, a stranger. */
export class Caller {
  constructor(
    readonly baseUrl: string,
    readonly token?: string,
  ) {}

  async send(
    method: string,
    path: string,
    headers: RequestHeaders = {},
    body?: string | FormData | URLSearchParams,
  ): Promise<Answer> {
    const authorization: RequestHeaders = this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
    const response = await fetch(this.baseUrl + path, { method, body, headers: { ...authorization, ...headers } });
    return answerOf(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
  }

  get(path: string, headers: RequestHeaders = {}): Promise<Answer> {
    return this.send('GET', path, headers);
  }

  post(path: string, body: object = {}, headers: RequestHeaders = {}): Promise<Answer> {
    return this.send('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));
  }

  /** The text fields first, then the file. */
  upload(
    path: string,
    fields: Readonly<Record<string, string>>,
    file: Uint8Array,
    headers: RequestHeaders = {},
    fileName = 'scan.pdf',
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(file)]), fileName);
    return this.send('POST', path, headers, form);
  }
}
