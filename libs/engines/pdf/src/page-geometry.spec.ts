import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PageGeometry } from './index.js';

const visible = { x: 10, y: 20, width: 600, height: 800 };

describe('display space', () => {
  it('is user space on a page that is neither cropped nor rotated', () => {
    const page = new PageGeometry({ x: 0, y: 0, width: 595, height: 842 }, 0);
    expect(page.toUserSpace({ x: 10, y: 20, width: 30, height: 40 })).toEqual([10, 20, 40, 60]);
  });

  // What the reader sees at the lower left corner lies at another corner of the file's rectangle for each rotation.
  it.each([
    [0, [10, 20, 11, 22], 600, 800],
    [90, [608, 20, 610, 21], 800, 600],
    [180, [609, 818, 610, 820], 600, 800],
    [270, [10, 819, 12, 820], 800, 600],
  ] as const)('puts the corner right at rotation %i', (rotation, rectangle, width, height) => {
    const page = new PageGeometry(visible, rotation);
    expect(page.toUserSpace({ x: 0, y: 0, width: 1, height: 2 })).toEqual(rectangle);
    expect([page.width, page.height]).toEqual([width, height]);
  });

  it('and back again', () => {
    const side = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(fc.constantFrom(0, 90, 180, 270), side, side, side, side, (rotation, x, y, width, height) => {
        const page = new PageGeometry(visible, rotation as 0);
        expect(page.toDisplay(page.toUserSpace({ x, y, width, height }))).toEqual({ x, y, width, height });
      }),
    );
  });
});
