import { describe, expect, it } from '@jest/globals';
import type { ProgressEvent } from '#platform/queue';
import { eventStream, lastEventId } from './event-stream.js';

const event = (sequence: number): ProgressEvent => ({
  subject: 'scan',
  sequence,
  at: new Date('2026-11-23T02:00:00Z'),
  type: 'page-read',
  data: { page: sequence },
});

describe('progress as Server-Sent Events', () => {
  it('carries number, kind and data of each, and ends with the feed', async () => {
    async function* feed() {
      yield event(1);
      yield event(2);
    }
    const frames: string[] = [];
    for await (const frame of eventStream(feed())) frames.push(frame);
    expect(frames).toEqual([
      'id: 1\nevent: page-read\ndata: {"at":"2026-11-23T02:00:00.000Z","page":1}\n\n',
      'id: 2\nevent: page-read\ndata: {"at":"2026-11-23T02:00:00.000Z","page":2}\n\n',
    ]);
  });

  it('lets go of the feed when the client leaves', async () => {
    let released = false;
    async function* feed() {
      try {
        for (let sequence = 1; ; sequence += 1) yield event(sequence);
      } finally {
        released = true;
      }
    }
    for await (const frame of eventStream(feed())) if (frame.startsWith('id: 3')) break;
    expect(released).toBe(true);
  });

  it.each([
    [undefined, 0],
    ['7', 7],
    ['-7', 0],
    ['seven', 0],
    [['7', '9'], 7],
  ])('begins after Last-Event-ID %j: %i', (header, sequence) => expect(lastEventId(header)).toBe(sequence));
});
