// Which file answers for a path that people see: CloudFront runs this before it asks the bucket.
function handler(event) {
  var request = event.request;
  if (request.uri.includes(".")) {
    return request;
  }
  if (request.uri === "/invite" || request.uri.startsWith("/invite/")) {
    request.uri = "/invite/index.html";
    return request;
  }
  if (request.uri === "/console" || request.uri.startsWith("/console/")) {
    request.uri = "/console/index.html";
    return request;
  }
  return { statusCode: 302, statusDescription: "Found", headers: { location: { value: "/console/" } } };
}
