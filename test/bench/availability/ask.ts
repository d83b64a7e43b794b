import { Agent, request } from 'node:http';
import { registryAgency, type Subject } from './seed-registry.js';

/** One question of an official about a person, as a procedure system asks it. */
export interface Question {
  readonly subject: Subject;
  readonly actorId: string;
  readonly requestId?: string;
}

/** A procedure system with its token and its kept-alive connections. */
export class Asker {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    private readonly token: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  close(): void {
    this.agent.destroy();
  }

  /** @returns length of the answer, bytes; anything but 200 ends the bench */
  ask({ subject, actorId, requestId }: Question): Promise<number> {
    const body = JSON.stringify({
      context: {
        dossierCode: subject.dossierCode,
        procedureCode: subject.procedureCode,
        purposeCode: 'TTHC_INTAKE',
        legalBasis: { code: 'STATE_DUTY', article: 'Nghị định 118/2025/NĐ-CP, Điều 9' },
        actor: { id: actorId, name: 'Lê Thị Hoa', agencyCode: registryAgency },
      },
      subject: { kind: 'person', personalId: subject.personalId },
      sources: ['local'],
    });
    return new Promise((resolve, reject) => {
      const call = request(
        `${this.url}/api/reuse/v1/availability`,
        {
          method: 'POST',
          agent: this.agent,
          headers: {
            authorization: `Bearer ${this.token}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...(requestId !== undefined && { 'x-request-id': requestId }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const answer = Buffer.concat(chunks);
            if (response.statusCode === 200) resolve(answer.length);
            else reject(new Error(`availability answered ${response.statusCode}: ${answer.toString().slice(0, 300)}`));
          });
        },
      );
      call.on('error', reject);
      call.end(body);
    });
  }
}

/** @returns an access token by client credentials */
export const tokenOf = async (url: string, id: string, secret: string): Promise<string> => {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`No token: ${response.status}`);
  return token;
};
