import type { TestProject } from 'vitest/node'
import { aPostgres } from './a-postgres.ts'

/** For the tests that run over PostgreSQL, too: one server for all of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await aPostgres()
  project.provide('postgres', await server.database('tests'))
  return async () => await server.stop()
}
