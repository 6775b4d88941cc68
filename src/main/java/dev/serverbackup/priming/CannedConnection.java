package dev.serverbackup.priming;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** One request and its answer, without a socket. */
final class CannedConnection extends HttpURLConnection {
    private final BinaryOperator<String> answers;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private String target = "";

    /** @param answers from the header {@code X-Amz-Target} and the body, which is JSON */
    CannedConnection(URI uri, BinaryOperator<String> answers) throws MalformedURLException {
        super(uri.toURL());
        this.answers = answers;
    }

    @Override
    public OutputStream getOutputStream() {
        return sent;
    }

    @Override
    public int getResponseCode() {
        return HTTP_OK;
    }

    @Override
    public String getResponseMessage() {
        return "OK";
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return Map.of(
                "Content-Type", List.of("application/x-amz-json-1.1"),
                "x-amzn-RequestId", List.of("00000000-0000-4000-8000-000000000000"));
    }

    @Override
    public InputStream getInputStream() {
        String body = answers.apply(target, sent.toString(StandardCharsets.UTF_8));
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void connect() {
        target = getRequestProperty("X-Amz-Target");
        connected = true;
    }

    @Override
    public void disconnect() {
        connected = false;
    }

    @Override
    public boolean usingProxy() {
        return false;
    }
}
