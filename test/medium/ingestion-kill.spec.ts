import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { scannedPdf } from './ingestion-papers.js';
import { khoi } from './ingestion-service.js';

jest.setTimeout(300_000);

interface PageRead {
  readonly page: number;
  readonly at: string;
}

describe('a process killed in the middle of ten pages', () => {
  let dataDir: string;
  let child: ChildProcess;
  let url: string;
  let token: string;

  /** The standalone process on embedded defaults; fulfilled once it listens. */
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, ['dist/apps/standalone/src/main.js'], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0', METRICS_PORT: '0', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout! })) {
      const started = /"msg":"started".*?"url":"([^"]+)"|"url":"([^"]+)".*?"msg":"started"/.exec(line);
      url = started?.[1] ?? started?.[2] ?? '';
      if (url) break;
    }
    child.stdout!.resume();
    if (!url) throw new Error('The process ended before it listened');
    const logins = JSON.parse(await readFile(join(dataDir, 'secrets', 'development-logins.json'), 'utf8')) as {
      accounts: { username: string; password: string }[];
    };
    const officer = logins.accounts.find(({ username }) => username === 'canbo')!;
    const { accessToken } = await call<{ accessToken: string }>('/api/auth/v1/sessions', {
      username: officer.username,
      password: officer.password,
    });
    token = accessToken;
  };

  const call = async <T>(path: string, body?: object | FormData): Promise<T> => {
    const response = await fetch(url + path, {
      ...(body && { method: 'POST', body: body instanceof FormData ? body : JSON.stringify(body) }),
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && !(body instanceof FormData) && { 'content-type': 'application/json' }),
      },
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  };

  /** What the progress feed tells of pages, from the first event on, until `enough`. */
  const pagesRead = async (
    scanId: string,
    enough: (pages: readonly PageRead[], state: string) => boolean,
  ): Promise<PageRead[]> => {
    const response = await fetch(`${url}/api/ingestion/v1/scans/${scanId}/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const pages: PageRead[] = [];
    let text = '';
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const data = /^data: (.*)$/m.exec(frame)?.[1];
        if (data === undefined) continue;
        const event = JSON.parse(data) as { page?: number; at: string; state?: string };
        if (frame.includes('event: page-read')) pages.push({ page: event.page!, at: event.at });
        if (enough(pages, event.state ?? '')) return pages;
      }
    }
    return pages;
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'khoso-kill-'));
    token = '';
    await start();
  });
  afterAll(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('goes on where it stopped: every page is read once, nothing is lost or doubled', async () => {
    const dossier = await call<{ id: string }>('/api/ingestion/v1/dossiers', {
      procedureCode: '2.000635',
      subject: khoi,
    });
    const form = new FormData();
    form.append('documentTypeCode', 'KQ.G15.000031');
    form.append('submissionForm', 'ORIGINAL');
    form.append('declaredPages', '10');
    const lines = Array.from({ length: 10 }, (_, index) => ['GIẤY KHAI SINH', `Trang ${index + 1}`]);
    form.append('file', new Blob([new Uint8Array(await scannedPdf(lines))]), 'ho-so.pdf');
    const scan = await call<{ id: string }>(`/api/ingestion/v1/dossiers/${dossier.id}/components/TP-02/scans`, form);
    const before = await pagesRead(scan.id, (pages) => pages.length >= 3);

    child.kill('SIGKILL');
    await once(child, 'exit');
    token = '';
    await start();

    const after = await pagesRead(scan.id, (_, state) => state === 'EXTRACTED');
    expect(after.map(({ page }) => page).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(after.slice(0, before.length)).toEqual(before);
    const view = await call<{ state: string; pages: { ocr: string }[] }>(`/api/ingestion/v1/scans/${scan.id}`);
    expect(view.state).toBe('EXTRACTED');
    expect(view.pages.map(({ ocr }) => ocr)).toEqual(Array.from({ length: 10 }, () => 'DONE'));
    const { dossiers } = await call<{ dossiers: object[] }>('/api/ingestion/v1/dossiers');
    expect(dossiers).toHaveLength(1);
  });
});
