// Sends the requests of the host product to its own stage of the API, so that its rate is not that of people (rule 39).
// The token is not verified here, and nothing but the rate depends on it: both stages verify it. Routes without a
// token are never sent there: a forged one must not use the host product's rate.
var SCOPE = "usher/host";
var PATHS = /^\/v1\/(accounts|operator)\//;

function handler(event) {
  var request = event.request;
  if (PATHS.test(request.uri) && scopesOf(request).indexOf(SCOPE) >= 0) request.uri = "/host" + request.uri;
  return request;
}

function scopesOf(request) {
  var header = request.headers.authorization;
  try {
    var claims = header.value.split(".")[1];
    return String(JSON.parse(Buffer.from(claims, "base64url").toString()).scope).split(" ");
  } catch (error) {
    return [];
  }
}
