// `npm start`: everything a fresh clone needs, then the server.
import { spawn } from 'node:child_process';
import { build, install, node, root } from './install.mjs';

install();
build();
const server = spawn(node, ['src/server/main.ts'], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
