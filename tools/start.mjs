// npm start: sets itself up, builds, and runs the whole house for trying out.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { needBuild, needNode, needPackages, root } from './prepare.mjs'

needNode()
needPackages()
needBuild()
await import(pathToFileURL(join(root, 'dist', 'node', 'start.js')).href)
