import { readdirSync } from 'node:fs';
import { gauge, type MetricFamily } from './metric-text.ts';

/** Of the daemon's own process, by the names all exporters use; jobs and services are processes of their own. */
export function processFamilies(): readonly MetricFamily[] {
  const { user, system } = process.cpuUsage();
  return [
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'CPU time that the daemon used, without its jobs.',
      samples: [{ value: (user + system) / 1e6 }],
    },
    gauge(
      'process_resident_memory_bytes',
      'Memory of the daemon, without its jobs.',
      process.memoryUsage.rss(),
    ),
    gauge(
      'process_start_time_seconds',
      'When the daemon was started.',
      performance.timeOrigin / 1_000,
    ),
    gauge('process_open_fds', 'Files and sockets it has open.', openFiles()),
  ];
}

function openFiles(): number | undefined {
  try {
    // One of them is that of the folder being read.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return undefined;
  }
}
