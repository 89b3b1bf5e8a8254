import { describe, expect, it } from 'vitest';
import { sharedMemory } from '../../../classifiers/signals/shared-memory.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['store_memory', 'Store a memory.'],
  ['recall', 'Recall relevant memories from earlier conversations.'],
  ['create_entities', 'Create entities in the knowledge graph.'],
  ['remember', 'Remember a fact about the user.'],
  ['save_note', 'Save a note that persists across sessions.'],
  ['write_context', 'Stores context that is available in future conversations.'],
  ['add_observation', 'Add an observation to long-term memory.'],
  ['handoff', 'Leave notes for other agents.'],
  ['delete_memory', 'Delete a memory by id.'],
];

const LOOK_ALIKES: Example[] = [
  ['get_memory_usage', 'Get the memory usage of the process.'],
  ['set_limits', 'Set CPU and memory limits of a container.'],
  ['take_memory_snapshot', 'Take a snapshot of the heap memory.'],
  ['list_sessions', 'List active sessions of users.'],
  ['create_note', 'Create a note.'],
  ['search_knowledge_base', 'Search the knowledge base of the product.'],
  ['read_lines', 'Read a file without loading it into memory.'],
  ['get_system_info', 'Returns uptime, memory/CPU usage and version.'],
  ['create_agent', 'Create an agent.'],
  ['manage_profiler', 'Control the profiler.', { action: { type: 'string', enum: ['get_object_memory', 'start'] } }],
];

describe('shared-memory', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(sharedMemory, tool);
    expect(evidence).not.toEqual([]);
    expect(sharedMemory.label(evidence)).toContain('Memory shared');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(sharedMemory, tool)).toEqual([]);
  });
});
