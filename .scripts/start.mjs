// `npm start`: everything a fresh clone needs, then the server.
import { build, install } from './install.mjs';
import { startServer } from './serve.mjs';

install();
build();
const server = startServer();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
