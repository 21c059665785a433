import { auditList } from '../../../protocol/methods/audit.ts';
import { handle } from './handler.ts';

export const auditHandlers = [
  handle(auditList, async (daemon, query) => daemon.state.audit.list(query)),
];
