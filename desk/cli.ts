import { processTerminal } from './command/terminal.ts'
import { run } from './command/run.ts'

process.exitCode = await run(process.argv.slice(2), processTerminal, { env: process.env, now: () => new Date() })
