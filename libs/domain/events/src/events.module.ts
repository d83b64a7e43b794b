import { Module } from '@nestjs/common';
import { EventPublisher } from './events.js';
import { OutboxEventPublisher } from './infrastructure/outbox-event-publisher.js';

/** Provides EventPublisher; needs the platform's persistence and queue modules, which are global. */
@Module({
  providers: [{ provide: EventPublisher, useClass: OutboxEventPublisher }],
  exports: [EventPublisher],
})
export class EventsModule {}
