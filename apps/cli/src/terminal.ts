const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = (text: string): string => paint(1, text);
export const dim = (text: string): string => paint(2, text);
export const green = (text: string): string => paint(32, text);

export const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

/** A line that is rewritten while work goes on; without a terminal only its last state is printed. */
export class ProgressLine {
  constructor(private readonly label: string) {}

  update(done: number, total: number, note = ''): void {
    if (!process.stdout.isTTY) return;
    const width = 24;
    const filled = total === 0 ? 0 : Math.round((width * done) / total);
    process.stdout.write(`\r\u001b[2K  ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${this.label} ${dim(note)}`);
  }

  end(text: string): void {
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
    say(`  ${green('✓')} ${text}`);
  }
}
