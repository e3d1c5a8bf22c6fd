import type { FastifyInstance } from 'fastify';
export function openExports(_app: FastifyInstance, _options: unknown): void {}
