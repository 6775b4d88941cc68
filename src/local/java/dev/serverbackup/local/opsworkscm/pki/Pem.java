package dev.serverbackup.local.opsworkscm.pki;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** Text in which keys and certificates travel. */
final class Pem {

    private Pem() {}

    static String of(Object what) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** The first of that type in a text; absent if there is none, or something before it can't be read. */
    static <T> Optional<T> first(Class<T> type, String text) {
        try (var parser = new PEMParser(new StringReader(text))) {
            for (var found = parser.readObject(); found != null; found = parser.readObject()) {
                if (type.isInstance(found)) {
                    return Optional.of(type.cast(found));
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException noPem) {
            return Optional.empty();
        }
    }
}
