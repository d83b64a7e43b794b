import { Logger } from '@nestjs/common';
import pg from 'pg';

const reconnectMs = 500;

/**
 * One lasting connection of this process, for what belongs to a connection rather than to a transaction: LISTEN, and
 * the lock that shows the others that we live. Comes back by itself after the server was away.
 */
export class DatabaseSession {
  private readonly logger = new Logger(DatabaseSession.name);
  private readonly onConnected: ((client: pg.Client) => Promise<void>)[] = [];
  private readonly listeners = new Map<string, Set<(payload: string) => void>>();
  private client?: Promise<pg.Client>;
  private reconnecting?: NodeJS.Timeout;
  private closed = false;

  constructor(private readonly url: string) {}

  /** Runs now, and again after every reconnect. */
  async whenConnected(action: (client: pg.Client) => Promise<void>): Promise<void> {
    this.onConnected.push(action);
    await action(await this.connection());
  }

  /** Calls `listener` on every NOTIFY of the channel; with an empty payload after a reconnect, when some may have been missed. */
  async listen(channel: string, listener: (payload: string) => void): Promise<void> {
    const known = this.listeners.get(channel);
    if (known) {
      known.add(listener);
      return;
    }
    this.listeners.set(channel, new Set([listener]));
    await (await this.connection()).query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reconnecting);
    const client = await this.client?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  private connection(): Promise<pg.Client> {
    return (this.client ??= this.connect());
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'khoso-session',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client.on('error', (error) => this.logger.warn(`Session connection failed: ${error.message}`));
    client.on('end', () => this.reconnect());
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.listeners.get(channel) ?? []) listener(payload ?? '');
    });
    await client.connect();
    return client;
  }

  private reconnect(): void {
    if (this.closed) return;
    clearTimeout(this.reconnecting);
    this.reconnecting = setTimeout(() => {
      this.client = this.connect();
      this.client
        .then(async (client) => {
          for (const channel of this.listeners.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
          for (const listeners of this.listeners.values()) for (const listener of listeners) listener('');
          for (const action of this.onConnected) await action(client);
        })
        .catch((error: Error) => {
          this.logger.warn(`Session connection cannot be restored yet: ${error.message}`);
          this.reconnect();
        });
    }, reconnectMs);
  }
}
