package dev.serverbackup.local.opsworkscm.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;

/**
 * The authority of one Puppet server: its own certificate, its revocation list, and the certificates that it signs for
 * nodes. The same key, name and time give the same certificate.
 *
 * @param begins from when its certificate is valid, for as long as all its certificates
 */
public record CertificateAuthority(KeyPair keys, String name, Instant begins) {

    private static final Duration VALID = Duration.ofDays(5 * 365);
    /** sha256WithRSAEncryption, 1.2.840.113549.1.1.11. */
    private static final byte[] ALGORITHM = Der.sequence(
            Der.tagged(0x06, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b}),
            Der.tagged(0x05, new byte[0]));
    /** commonName, 2.5.4.3. */
    private static final byte[] COMMON_NAME = Der.tagged(0x06, new byte[] {0x55, 0x04, 0x03});
    /** basicConstraints, 2.5.29.19: critical, and this is an authority. */
    private static final byte[] IS_AUTHORITY = Der.explicit(
            3,
            Der.sequence(Der.sequence(
                    Der.tagged(0x06, new byte[] {0x55, 0x1d, 0x13}),
                    Der.tagged(0x01, new byte[] {(byte) 0xff}),
                    Der.octets(Der.sequence(Der.tagged(0x01, new byte[] {(byte) 0xff}))))));

    /** Its own certificate, as PEM. */
    public String certificate() {
        var publicKey = keys.getPublic().getEncoded();
        return Pem.of("CERTIFICATE", certified(BigInteger.ONE, begins, subject(), publicKey, IS_AUTHORITY));
    }

    /** Its list of revoked certificates, of which there are none, as PEM. */
    public String revocationList() {
        return Pem.of("X509 CRL", signed(Der.sequence(ALGORITHM, subject(), Der.time(begins), Der.time(ends()))));
    }

    /** The certificate of what {@code request} asks for, as PEM. */
    public String sign(SigningRequest request, Instant now) {
        var serial = BigInteger.valueOf(now.toEpochMilli());
        var certificate = certified(serial, now, request.subject(), request.publicKey(), new byte[0]);
        return Pem.of("CERTIFICATE", certificate);
    }

    private byte[] certified(BigInteger serial, Instant from, byte[] subject, byte[] publicKey, byte[] extensions) {
        var version3 = Der.explicit(0, Der.integer(BigInteger.TWO));
        var validity = Der.sequence(Der.time(from), Der.time(from.plus(VALID)));
        return signed(Der.sequence(
                version3, Der.integer(serial), ALGORITHM, subject(), validity, subject, publicKey, extensions));
    }

    private byte[] signed(byte[] body) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            return Der.sequence(body, ALGORITHM, Der.bits(signature.sign()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK signs with RSA", impossible);
        }
    }

    private byte[] subject() {
        return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(name))));
    }

    private Instant ends() {
        return begins.plus(VALID);
    }
}
