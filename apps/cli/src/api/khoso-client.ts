import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

/** The problem document of a refused request (RFC 9457). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly body: unknown,
  ) {
    super(`${status} ${code}: ${detail}`);
    this.name = 'ApiProblem';
  }
}

export interface Content {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly sha256: string;
  readonly headers: Headers;
}

/** A caller of the public HTTP API, signed in as one account or one client system. */
export class KhosoClient {
  private constructor(
    readonly baseUrl: string,
    private readonly token: string | undefined,
  ) {}

  static async signIn(baseUrl: string, username: string, password: string): Promise<KhosoClient> {
    const session = await new KhosoClient(baseUrl, undefined).post<{ accessToken: string }>('/api/auth/v1/sessions', {
      username,
      password,
    });
    return new KhosoClient(baseUrl, session.accessToken);
  }

  /** OAuth 2 client credentials (RFC 6749 s. 4.4). */
  static async forSystem(baseUrl: string, client: { id: string; secret: string }): Promise<KhosoClient> {
    const response = await fetch(`${baseUrl}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await checked(response)) as { access_token: string };
    return new KhosoClient(baseUrl, token);
  }

  async get<T>(path: string): Promise<T> {
    return (await checked(await this.request('GET', path))) as T;
  }

  async post<T>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<T> {
    const response = await this.request('POST', path, JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    });
    return (await checked(response)) as T;
  }

  /** Fields first, then the file (a path, or the bytes of a PDF), as the services read them. */
  async upload<T>(
    path: string,
    fields: Record<string, string>,
    file: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (typeof file === 'string') form.append('file', await openAsBlob(file), basename(file));
    else form.append('file', new Blob([file]), 'document.pdf');
    return (await checked(await this.request('POST', path, form, headers))) as T;
  }

  /** Downloads bytes and holds them against the digest the server states (RFC 9530). */
  async download(path: string, headers: Record<string, string> = {}): Promise<Content> {
    const response = await this.request('GET', path, undefined, headers);
    if (!response.ok) await checked(response);
    const bytes = Buffer.from(await response.arrayBuffer());
    const digest = createHash('sha256').update(bytes).digest();
    const stated = response.headers.get('repr-digest');
    if (stated !== `sha-256=:${digest.toString('base64')}:`) {
      throw new Error(`The bytes of ${path} are not those the server's digest names.`);
    }
    return { bytes, sha256: digest.toString('hex'), headers: response.headers };
  }

  /** Reads the Server-Sent Events of a resource, past ones first, until `until` says so or the server ends the stream. */
  async follow(path: string, until: () => Promise<boolean>): Promise<void> {
    const abort = new AbortController();
    const response = await fetch(`${this.baseUrl}${path}`, {
      headers: { ...this.authorization(), accept: 'text/event-stream' },
      signal: abort.signal,
    });
    if (!response.ok || !response.body) {
      await checked(response);
      return;
    }
    let buffered = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      buffered += chunk;
      for (let end = buffered.indexOf('\n\n'); end >= 0; end = buffered.indexOf('\n\n')) {
        const event = buffered.slice(0, end);
        buffered = buffered.slice(end + 2);
        // Lines that start with a colon keep the connection alive and say nothing.
        if (/^data:/m.test(event) && (await until())) {
          abort.abort();
          return;
        }
      }
    }
  }

  private request(method: string, path: string, body?: string | FormData, headers: Record<string, string> = {}) {
    return fetch(`${this.baseUrl}${path}`, { method, body, headers: { ...this.authorization(), ...headers } });
  }

  private authorization(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }
}

async function checked(response: Response): Promise<unknown> {
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  if (response.ok) return body;
  const problem = (body ?? {}) as {
    code?: string;
    detail?: string;
    error?: string;
    error_description?: string;
    errors?: { code: string; field?: string }[];
  };
  throw new ApiProblem(
    response.status,
    problem.code ?? problem.error ?? 'unknown',
    [
      problem.detail ?? problem.error_description ?? response.statusText,
      ...(problem.errors ?? []).map((fault) => `${fault.field ?? ''} ${fault.code}`),
    ].join('; '),
    body,
  );
}
