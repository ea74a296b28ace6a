// Maps the paths of pages to files. CloudFront runs this before it asks the bucket, whose own errors are XML: what is
// no file of ours is answered here. Only a name with a date or a hash that no file has gets as far as the bucket.
var HELP_URL = ""; // The stage's own page of help, filled in at deployment.
var LANGUAGES = ["en", "de", "es", "fr"];
var FILE = /^\/(assets\/[\w.-]+-[\w-]{8}\.(js|css|json)|terms\/\d{4}-\d\d-\d\d\.txt|help\/(en|de|es|fr)\.html|help\/help\.css|config\.json|robots\.txt|favicon\.ico|apple-touch-icon\.png)$/;
// Gateways of mail systems write the # of a link as %23, also twice over (%2523): the page finds its token in the path.
var INVITE = /^\/invite($|[^a-z0-9])/;
var CONSOLE = /^\/console($|\/)/;
var HELP = /^\/help(\/(en|de|es|fr))?\/?$/;
var TOUCH_ICON = /^\/apple-touch-icon[\w-]*\.png$/;
var NOT_FOUND =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<link rel="stylesheet" href="/help/help.css"><title>Page not found</title>' +
  "<main><h1>Page not found</h1><p>There is no page at this address. If you followed a link, it may be incomplete.</p>" +
  '<p><a href="/console/">Go to sign-in</a> · <a href="/help">Help</a></p></main></html>';

function handler(event) {
  var request = event.request;
  if (HELP_URL && HELP.test(request.uri)) return redirect(HELP_URL);
  var file = fileOf(request);
  if (file) {
    request.uri = file;
    return request;
  }
  if (request.uri === "/" || request.uri === "/index.html") return redirect("/console/");
  return {
    statusCode: 404,
    statusDescription: "Not Found",
    headers: {
      "content-type": { value: "text/html; charset=utf-8" },
      "cache-control": { value: "no-store" },
      "content-security-policy": { value: "default-src 'none'; style-src 'self'; frame-ancestors 'none'" },
      "referrer-policy": { value: "no-referrer" },
      "x-content-type-options": { value: "nosniff" },
    },
    body: { encoding: "text", data: NOT_FOUND },
  };
}

function redirect(address) {
  return { statusCode: 302, statusDescription: "Found", headers: { location: { value: address } } };
}

function fileOf(request) {
  if (INVITE.test(request.uri)) return "/invite/index.html";
  if (CONSOLE.test(request.uri)) return "/console/index.html";
  var help = HELP.exec(request.uri);
  if (help) return "/help/" + (help[2] || language(request)) + ".html";
  if (FILE.test(request.uri)) return request.uri;
  return TOUCH_ICON.test(request.uri) ? "/apple-touch-icon.png" : "";
}

// The first language of Accept-Language that we have. Quality values are ignored: browsers list the preferred one first.
function language(request) {
  var header = (request.headers || {})["accept-language"];
  var wanted = (header ? header.value : "").toLowerCase().split(",");
  for (var i = 0; i < wanted.length; i++) {
    var code = wanted[i].trim().slice(0, 2);
    if (LANGUAGES.indexOf(code) >= 0) return code;
  }
  return "en";
}
