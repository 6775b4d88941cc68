package dev.serverbackup.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One HTTP/1.1 request or response, byte for byte as it came off a connection.
 *
 * @param headers by name, whatever its case; of one that is there twice, the last
 */
record HttpMessage(byte[] bytes, Map<String, String> headers) {
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** The next message, or nothing if the other side has closed the connection, which it may between two. */
    static Optional<HttpMessage> read(BufferedInputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!readHead(in, bytes)) {
            return Optional.empty();
        }
        Map<String, String> headers = headers(bytes.toString(StandardCharsets.ISO_8859_1));
        if (headers.getOrDefault("Transfer-Encoding", "").equalsIgnoreCase("chunked")) {
            copyChunks(in, bytes);
        } else {
            copy(in, bytes, Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        }
        return Optional.of(new HttpMessage(bytes.toByteArray(), headers));
    }

    /** The AWS operation that a request asks for. */
    String operation() {
        String target = headers.getOrDefault("X-Amz-Target", "");
        return target.substring(target.lastIndexOf('.') + 1);
    }

    private static boolean readHead(BufferedInputStream in, ByteArrayOutputStream bytes) throws IOException {
        int matched = 0;
        while (matched < END_OF_HEAD.length()) {
            int next = in.read();
            if (next < 0 && bytes.size() == 0) {
                return false;
            }
            bytes.write(orEnd(next));
            matched = next == END_OF_HEAD.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return true;
    }

    private static Map<String, String> headers(String head) {
        return head.lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(
                        parts -> parts[0].strip(),
                        parts -> parts[1].strip(),
                        (_, last) -> last,
                        () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
    }

    private static void copyChunks(BufferedInputStream in, ByteArrayOutputStream bytes) throws IOException {
        int size;
        do {
            size = Integer.parseInt(line(in, bytes).split(";", -1)[0].strip(), 16);
            copy(in, bytes, size + 2);
        } while (size > 0);
    }

    private static String line(BufferedInputStream in, ByteArrayOutputStream bytes) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = orEnd(in.read()); next != '\n'; next = orEnd(in.read())) {
            bytes.write(next);
            line.append((char) next);
        }
        bytes.write('\n');
        return line.toString();
    }

    private static void copy(BufferedInputStream in, ByteArrayOutputStream bytes, int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("closed within a message");
        }
        bytes.writeBytes(body);
    }

    private static int orEnd(int next) throws EOFException {
        if (next < 0) {
            throw new EOFException("closed within a message");
        }
        return next;
    }
}
