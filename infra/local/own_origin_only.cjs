// MailDev lets every origin and every host name read the mails. Pages of other origins that a developer has open must
// not: neither with their own scripts nor under a name of theirs that leads to this machine (DNS rebinding).
const http = require("http");
const Module = require("module");

const load = Module._load;
Module._load = (name, ...rest) => (name === "cors" ? () => (_request, _response, next) => next() : load(name, ...rest));

const createServer = http.createServer;
http.createServer = (...settings) => {
  const server = createServer(...settings);
  const emit = server.emit;
  server.emit = function (event, request, answer, ...rest) {
    if ((event !== "request" && event !== "upgrade") || isOwn(request.headers)) {
      return emit.call(this, event, request, answer, ...rest);
    }
    if (event === "upgrade") return answer.destroy();
    answer.writeHead(403, { "Content-Type": "text/plain" }).end("Only pages of this mailbox may read it.\n");
    return true;
  };
  return server;
};

// Any port, since it may be forwarded from another machine.
function isOwn({ host, origin }) {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host) && (origin === undefined || origin === `http://${host}`);
}
