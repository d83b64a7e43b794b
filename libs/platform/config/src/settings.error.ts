/** The process cannot start: what is wrong with its environment, all of it at once. Holds names, never values. */
export class SettingsError extends Error {
  /** @param faults one line each, `NAME: what is wrong` */
  constructor(readonly faults: readonly string[]) {
    super(`The settings are not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nSee config/settings.md.`);
    this.name = 'SettingsError';
  }
}
