import { Injectable } from '@nestjs/common';

/** Resolves when the part can be used, rejects when not. */
export type HealthCheck = () => Promise<void>;

export interface HealthReport {
  readonly status: 'up' | 'down';
  readonly checks: Readonly<Record<string, 'up' | 'down'>>;
}

// A probe that hangs is a probe that failed; orchestrators ask every few seconds.
const patienceMs = 3000;

/**
 * The state of the process for an orchestrator: `starting` until all is listening, `running`, then `stopping` from the
 * first signal on, so that no more calls are sent here.
 */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();
  private phase: 'starting' | 'running' | 'stopping' = 'starting';

  /** @param name e.g. `database`; a second registration replaces the first */
  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  started(): void {
    this.phase = 'running';
  }

  stopping(): void {
    this.phase = 'stopping';
  }

  get isStopping(): boolean {
    return this.phase === 'stopping';
  }

  /** `/health/startup` */
  startup(): HealthReport {
    return { status: this.phase === 'starting' ? 'down' : 'up', checks: {} };
  }

  /** `/health/ready`: all parts answer and the process is neither starting nor stopping. Reasons go to the log, not to the caller. */
  async ready(): Promise<HealthReport> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, (await this.holds(check)) ? 'up' : 'down'] as const),
    );
    const allUp = this.phase === 'running' && results.every(([, state]) => state === 'up');
    return { status: allUp ? 'up' : 'down', checks: Object.fromEntries(results) };
  }

  private async holds(check: HealthCheck): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), patienceMs);
    });
    try {
      return await Promise.race([
        check().then(
          () => true,
          () => false,
        ),
        patience,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }
}
