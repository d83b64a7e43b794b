import { once } from 'node:events';
import { connect } from 'node:net';
import { type Answer, answerOf, type Caller } from './api.js';

export interface StreamedUpload {
  readonly answer: Answer;
  /** Bytes of the file that were on their way when the answer came. */
  readonly sentBeforeAnswer: number;
  /** Most memory this process, which is the server's too, held above what it held before, bytes. */
  readonly memoryGrowth: number;
}

const boundary = 'khoso-e2e';

/**
 * Sends a form whose file has `bytes` bytes, made on the way and of no announced length, to its very end whatever the
 * server answers meanwhile. Over a bare socket: Node's HTTP client stops sending once it has been answered.
 */
export const uploadStreamed = async (
  caller: Caller,
  path: string,
  fields: Readonly<Record<string, string>>,
  bytes: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<StreamedUpload> => {
  const { hostname, port } = new URL(caller.baseUrl);
  const before = process.memoryUsage.rss();
  let [peak, sent, sentBeforeAnswer] = [before, 0, 0];
  const received: Buffer[] = [];
  const socket = connect(Number(port), hostname);
  const answered = new Promise<Answer>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server hung up.')));
    socket.on('data', (data) => {
      if (received.length === 0) sentBeforeAnswer = sent;
      received.push(data);
      const answer = parseAnswer(Buffer.concat(received));
      if (answer) resolve(answer);
    });
  });

  const put = async (data: Buffer): Promise<void> => {
    const framed = Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
    if (!socket.write(framed)) await once(socket, 'drain');
  };
  const head = {
    host: 'khoso',
    authorization: `Bearer ${caller.token ?? ''}`,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'transfer-encoding': 'chunked',
    ...headers,
  };
  socket.write(
    `POST ${path} HTTP/1.1\r\n${Object.entries(head)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );
  const parts = [...Object.entries(fields), ['file"; filename="scan.pdf', ''] as const].map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}`,
  );
  await put(Buffer.from(parts.join('\r\n')));
  const chunk = Buffer.alloc(256 * 1024, '%PDF-1.7 ');
  try {
    while (sent < bytes) {
      await put(chunk);
      sent += chunk.length;
      peak = Math.max(peak, process.memoryUsage.rss());
    }
    socket.write(`${(boundary.length + 8).toString(16)}\r\n\r\n--${boundary}--\r\n\r\n0\r\n\r\n`);
    return { answer: await answered, sentBeforeAnswer, memoryGrowth: peak - before };
  } finally {
    socket.destroy();
  }
};

/** Undefined while the answer is not there to its end. */
const parseAnswer = (text: Buffer): Answer | undefined => {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = text.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Headers(
    lines.map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = text.subarray(end + 4);
  if (body.length < Number(headers.get('content-length'))) return undefined;
  return answerOf(Number(statusLine.split(' ')[1]), headers, body);
};
