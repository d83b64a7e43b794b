import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';

export const HANDLES_JOB = 'khoso:handles-job';

/** Marks an injectable class that implements `JobHandler`; the registry finds it and pairs it with its definition. */
export const HandlesJob = (): ClassDecorator => applyDecorators(Injectable(), SetMetadata(HANDLES_JOB, true));
