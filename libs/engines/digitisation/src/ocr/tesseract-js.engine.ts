import { DomainError } from '#kernel';
import { childModule } from '../process/child-module.js';
import { ChildFailure, ChildProcess } from '../process/child-process.js';
import type { PageRaster } from '../rendering/page-raster.js';
import { OcrEngine, type OcrPage } from './ocr-engine.port.js';
import type { RecogniseRequest } from './tesseract-js.child.js';

export interface TesseractJsOptions {
  /** Pages read at the same time, each in a process of its own. One per core at most. */
  readonly workers?: number;
  /** ms for one page. */
  readonly pageTimeoutMs?: number;
  /** MiB for one process. */
  readonly memoryMb?: number;
  /** `vie` reads Vietnamese and English. Both models together read worse than either. */
  readonly language?: 'vie' | 'eng';
  /** WebAssembly memory never shrinks: a process is replaced after so many pages. */
  readonly pagesPerProcess?: number;
}

interface Slot {
  child?: ChildProcess;
  pages: number;
}

/** Tesseract 5 compiled to WebAssembly, models from npm packages; no network, nothing written. */
export class TesseractJsEngine extends OcrEngine {
  private readonly options: Required<TesseractJsOptions>;
  private readonly idle: Slot[];
  private readonly waiting: ((slot: Slot) => void)[] = [];
  private readonly closing = new AbortController();

  constructor(options: TesseractJsOptions = {}) {
    super();
    this.options = {
      workers: 1,
      pageTimeoutMs: 60_000,
      memoryMb: 1024,
      language: 'vie',
      pagesPerProcess: 50,
      ...options,
    };
    this.idle = Array.from({ length: this.options.workers }, () => ({ pages: 0 }));
  }

  async recognise(page: PageRaster, { signal }: { readonly signal?: AbortSignal } = {}): Promise<OcrPage> {
    signal?.throwIfAborted();
    if (this.closing.signal.aborted) throw new DomainError('ocr-engine-closed');
    const slot = this.idle.pop() ?? (await new Promise<Slot>((resolve) => this.waiting.push(resolve)));
    try {
      return await this.recogniseIn(slot, page, signal);
    } finally {
      const next = this.waiting.shift();
      if (next) next(slot);
      else this.idle.push(slot);
    }
  }

  async close(): Promise<void> {
    this.closing.abort(new DomainError('ocr-engine-closed'));
    for (const slot of this.idle) slot.child?.kill();
  }

  private async recogniseIn(slot: Slot, page: PageRaster, signal: AbortSignal | undefined): Promise<OcrPage> {
    const { pageTimeoutMs, memoryMb, language, pagesPerProcess } = this.options;
    const stop = signal ? AbortSignal.any([signal, this.closing.signal]) : this.closing.signal;
    stop.throwIfAborted();
    if (!slot.child?.alive) {
      slot.child = new ChildProcess(childModule(import.meta.url, './tesseract-js.child.js'), memoryMb);
      slot.pages = 0;
    }
    const request: RecogniseRequest = { page, language };
    try {
      return await slot.child.call<OcrPage>(request, pageTimeoutMs, stop);
    } catch (cause) {
      // After a fault the state inside is unknown: the next page gets a fresh process.
      slot.child.kill();
      if (!(cause instanceof ChildFailure)) throw cause;
      if (cause.reason === 'TIMED_OUT')
        throw new DomainError('ocr-timed-out', { seconds: Math.round(pageTimeoutMs / 1000) }, { cause });
      throw new DomainError('ocr-failed', { reason: cause.reason }, { cause });
    } finally {
      slot.pages += 1;
      if (slot.pages >= pagesPerProcess) slot.child.kill();
    }
  }
}
