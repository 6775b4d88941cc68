package dev.serverbackup.local.opsworkscm.pki;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What the service makes up and that must not be guessed. Nothing of it is kept. */
public final class Secrets {

    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    /** One of each kind that a Chef password must have. */
    private static final String EACH_KIND = "aA1!";

    private static final int TOKEN_BYTES = 64;
    private static final int RSA_BITS = 2048;

    private final RandomGenerator random;
    private final Supplier<KeyPair> keyPairs;

    public Secrets(RandomGenerator random, Supplier<KeyPair> keyPairs) {
        this.random = random;
        this.keyPairs = keyPairs;
    }

    /** Unguessable ones, with RSA keys of 2048 bits. */
    public static Secrets real() {
        var random = new SecureRandom();
        return new Secrets(random, () -> rsa(random));
    }

    public KeyPair keyPair() {
        return keyPairs.get();
    }

    /** 20 characters, with a lower case and an upper case letter, a digit and a special character. */
    public String password() {
        return random.ints(16, 0, LETTERS.length())
                .mapToObj(at -> LETTERS.substring(at, at + 1))
                .collect(Collectors.joining("", "", EACH_KIND));
    }

    /** 64 bytes as base64. */
    public String token() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair rsa(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK makes RSA keys", impossible);
        }
    }
}
