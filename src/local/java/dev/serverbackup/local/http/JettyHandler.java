package dev.serverbackup.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The HTTP side of the front: reads a request, and writes its answer in one piece. */
final class JettyHandler extends Handler.Abstract {

    /** More than the largest input that a service's model allows (a certificate of 2 MiB). */
    static final int LARGEST_BODY = 4 * 1024 * 1024;

    private final Dispatcher dispatcher;
    private final WebPages site;

    JettyHandler(Dispatcher dispatcher, WebPages site) {
        this.dispatcher = dispatcher;
        this.site = site;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var target = Optional.ofNullable(request.getHeaders().get("X-Amz-Target"));
        var path = Request.getPathInContext(request);
        if (request.getMethod().equals("GET")) {
            var query = request.getHttpURI().getQuery();
            var shown = site.at(query == null ? path : path + "?" + query);
            if (shown.isPresent()) {
                show(shown.get(), response, callback);
                return true;
            }
        }
        var body = body(request);
        if (target.isEmpty() && isPost(request)) {
            var shown = site.posted(new WebPages.Post(
                    path,
                    Optional.ofNullable(request.getHeaders().get("X-Amz-Invocation-Type"))
                            .orElse(""),
                    body.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("")));
            if (shown.isPresent()) {
                show(shown.get(), response, callback);
                return true;
            }
        }
        var incoming = new Incoming(request.getMethod(), path, target.orElse(""), body, HostCheck.isLoopback(request));
        switch (reply(incoming)) {
            case Reply.Answer answer -> write(answer, response, callback);
            case Reply.Closed() -> close(request, callback);
        }
        return true;
    }

    /**
     * Whether a page of another site can't have sent it: a browser asks before it sends such a type or header across sites,
     * and this server does not allow it.
     */
    private static boolean isPost(Request request) {
        var type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        return request.getMethod().equals("POST")
                && (request.getHeaders().contains("X-Amz-Date")
                        || type.filter(text -> text.startsWith("application/json"))
                                .isPresent());
    }

    /** A call that is held up when the server ends has no answer any more. */
    private Reply reply(Incoming incoming) {
        try {
            return dispatcher.dispatch(incoming);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return new Reply.Closed();
        }
    }

    /** An answer for what HTTP itself refuses with a status, in the protocol's form instead of a page. */
    static void refuse(String requestId, Response response, Callback callback) {
        var status = response.getStatus();
        var type = blamesClient(status) ? AwsErrorType.SERIALIZATION : AwsErrorType.INTERNAL_FAILURE;
        var done = Result.refused(new AwsError(type, "The HTTP request could not be handled."));
        write(new Reply.Answer(requestId, status, done.body()), response, callback);
    }

    /** An HTTP version, or a coding, that is not spoken here has a status beyond 500, but is the client's choice. */
    private static boolean blamesClient(int status) {
        return status < 500
                || status == HttpStatus.NOT_IMPLEMENTED_501
                || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
    }

    private static void write(Reply.Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, AwsJson.CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        response.getHeaders().put("x-amzn-RequestId", answer.requestId());
        // The last and only write: headers and body leave together. Two writes would cost each request 40 ms,
        // Nagle's algorithm waiting for the client's delayed acknowledgement of the headers.
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static void show(WebPages.Shown shown, Response response, Callback callback) {
        var bytes = shown.bytes();
        response.setStatus(shown.status());
        shown.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, shown.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    private static void close(Request request, Callback callback) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new EofException("lost on purpose"));
    }

    private static Optional<byte[]> body(Request request) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            var body = in.readNBytes(LARGEST_BODY);
            var rest = in.transferTo(OutputStream.nullOutputStream());
            return rest > 0 ? Optional.empty() : Optional.of(body);
        }
    }
}
