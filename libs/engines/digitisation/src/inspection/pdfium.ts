import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';

/** The part of the Emscripten module that its type declarations leave out. */
interface Memory {
  readonly HEAPU8: Uint8Array;
}

const loadModule = async (): Promise<WrappedPdfiumModule> => {
  const wasm = await readFile(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const options: object = { wasmBinary: wasm };
  const module = await init(options);
  module.PDFiumExt_Init();
  return module;
};

let loading: Promise<WrappedPdfiumModule> | undefined;

/** PDFium with its memory made reachable. Runs in a child process only: its aborts end the process. */
export class Pdfium {
  private constructor(readonly api: WrappedPdfiumModule) {}

  static async load(): Promise<Pdfium> {
    loading ??= loadModule();
    return new Pdfium(await loading);
  }

  /** The heap moves when it grows: never keep what this returns over a call. */
  get heap(): Uint8Array {
    return (this.api.pdfium as unknown as Memory).HEAPU8;
  }

  /** Calls with `count` zeroed 8-byte slots and gives a view of them. */
  slots<Result>(count: number, use: (pointer: number, read: () => DataView) => Result): Result {
    const pointer = this.api.pdfium.wasmExports.malloc(count * 8);
    try {
      this.heap.fill(0, pointer, pointer + count * 8);
      return use(pointer, () => new DataView(this.heap.buffer, pointer, count * 8));
    } finally {
      this.api.pdfium.wasmExports.free(pointer);
    }
  }

  copyIn(bytes: Uint8Array): number {
    const pointer = this.api.pdfium.wasmExports.malloc(bytes.byteLength);
    this.heap.set(bytes, pointer);
    return pointer;
  }
}

export const pdfiumPasswordError = 4;
