package dev.serverbackup.priming;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BinaryOperator;

/** As much of HTTP/1.1 as the SDK's requests and their answers need. */
final class CannedHttp {
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private CannedHttp() {}

    /** Whether this is a request with all of its body. */
    static boolean isWhole(String text) {
        int end = text.indexOf(END_OF_HEADERS);
        return end >= 0
                && text.length() - end - END_OF_HEADERS.length() >= Integer.parseInt(header(text, "Content-Length"));
    }

    /**
     * Answers a request with 200.
     *
     * @param answers from the header {@code X-Amz-Target} and the body, which is JSON
     */
    static String answer(String request, BinaryOperator<String> answers) {
        String body = answers.apply(
                header(request, "X-Amz-Target"),
                request.substring(request.indexOf(END_OF_HEADERS) + END_OF_HEADERS.length()));
        return """
            HTTP/1.1 200 OK\r
            Content-Type: application/x-amz-json-1.1\r
            x-amzn-RequestId: 00000000-0000-4000-8000-000000000000\r
            Content-Length: %d\r
            \r
            %s\
            """.formatted(body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    private static String header(String request, String name) {
        String key = "\n" + name.toLowerCase(Locale.ROOT) + ":";
        String headers = request.substring(0, request.indexOf(END_OF_HEADERS) + 2);
        int at = headers.toLowerCase(Locale.ROOT).indexOf(key);
        return headers.substring(at + key.length(), headers.indexOf('\r', at)).strip();
    }
}
