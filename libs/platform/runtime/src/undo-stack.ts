import type { Logger } from '#platform/observability';

/** What was opened, to be closed in the opposite order, each step even if another fails. */
export class UndoStack {
  private readonly steps: { readonly name: string; readonly undo: () => Promise<void> }[] = [];
  private running?: Promise<void>;

  push(name: string, undo: () => Promise<void>): void {
    this.steps.push({ name, undo });
  }

  /** Once; a second call waits for the first. */
  run(logger: Logger): Promise<void> {
    return (this.running ??= this.runAll(logger));
  }

  private async runAll(logger: Logger): Promise<void> {
    for (const { name, undo } of this.steps.reverse()) {
      try {
        await undo();
      } catch (error) {
        logger.error({ msg: 'could not be closed', part: name, err: error });
      }
    }
    logger.info({ msg: 'stopped' });
  }
}
