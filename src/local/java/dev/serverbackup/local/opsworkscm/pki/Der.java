package dev.serverbackup.local.opsworkscm.pki;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The part of DER (X.690) that certificates are written in. */
final class Der {

    static final int INTEGER = 0x02;
    static final int SEQUENCE = 0x30;

    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8_STRING = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int UTC_TIME = 0x17;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0xa0;
    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    /** From 2050 on a certificate's times have four digits for the year (RFC 5280). */
    private static final Instant FOUR_DIGITS = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    /** A value as it was read: {@code whole} with its tag and length, {@code content} without. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Element(int tag, byte[] whole, byte[] content) {}

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, joined(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(SET, joined(parts));
    }

    /** A field with a number in square brackets. */
    static byte[] explicit(int number, byte[] value) {
        return tagged(CONTEXT | number, value);
    }

    static byte[] integer(BigInteger value) {
        return tagged(INTEGER, value.toByteArray());
    }

    static byte[] utf8(String text) {
        return tagged(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] octets(byte[] value) {
        return tagged(OCTET_STRING, value);
    }

    static byte[] bits(byte[] value) {
        return tagged(BIT_STRING, joined(new byte[] {0}, value));
    }

    static byte[] time(Instant instant) {
        return instant.isBefore(FOUR_DIGITS)
                ? tagged(UTC_TIME, UTC.format(instant).getBytes(StandardCharsets.US_ASCII))
                : tagged(GENERALIZED_TIME, GENERALIZED.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] tagged(int tag, byte[] content) {
        var length = content.length < 0x80
                ? new byte[] {(byte) content.length}
                : longLength(BigInteger.valueOf(content.length).toByteArray());
        return joined(new byte[] {(byte) tag}, length, content);
    }

    private static byte[] longLength(byte[] bytes) {
        var magnitude = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return joined(new byte[] {(byte) (0x80 | magnitude.length)}, magnitude);
    }

    static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /**
     * The values that stand one after the other in {@code bytes}.
     *
     * @throws IllegalArgumentException if they are no DER
     */
    static List<Element> read(byte[] bytes) {
        var elements = new ArrayList<Element>();
        for (var at = 0; at < bytes.length; ) {
            var element = readOne(bytes, at);
            elements.add(element);
            at += element.whole().length;
        }
        return elements;
    }

    private static Element readOne(byte[] bytes, int at) {
        try {
            var first = bytes[at + 1] & 0xff;
            var lengthBytes = first < 0x80 ? 0 : first & 0x7f;
            var start = at + 2 + lengthBytes;
            var length = lengthBytes == 0
                    ? first
                    : new BigInteger(1, Arrays.copyOfRange(bytes, at + 2, start)).intValueExact();
            if (length > bytes.length - start) {
                throw new IllegalArgumentException("DER that ends too early");
            }
            var end = start + length;
            return new Element(
                    bytes[at] & 0xff, Arrays.copyOfRange(bytes, at, end), Arrays.copyOfRange(bytes, start, end));
        } catch (ArrayIndexOutOfBoundsException | ArithmeticException broken) {
            throw new IllegalArgumentException("no DER", broken);
        }
    }
}
