package dev.serverbackup.local.opsworkscm.pki;

import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * The authority of one Puppet server: its own certificate, its revocation list, and the certificates that it signs for
 * nodes. The same key, name and time give the same certificate.
 *
 * @param begins from when its certificate is valid, for as long as all its certificates
 */
public record CertificateAuthority(KeyPair keys, String name, Instant begins) {

    private static final Duration VALID = Duration.ofDays(5 * 365);

    /** The request of a node (PKCS #10) that a PEM text holds; absent if it holds none. */
    public static Optional<PKCS10CertificationRequest> request(String pem) {
        return Pem.first(PKCS10CertificationRequest.class, pem);
    }

    /** Its own certificate, as PEM. */
    public String certificate() {
        var publicKey = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        var certificate = certified(BigInteger.ONE, begins, subject(), publicKey);
        try {
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        } catch (CertIOException impossible) {
            throw new IllegalStateException("a flag can be written", impossible);
        }
        return Pem.of(certificate.build(signer()));
    }

    /** Its list of revoked certificates, of which there are none, as PEM. */
    public String revocationList() {
        var list = new X509v2CRLBuilder(subject(), Date.from(begins)).setNextUpdate(Date.from(begins.plus(VALID)));
        return Pem.of(list.build(signer()));
    }

    /** The certificate of what {@code request} asks for, as PEM. */
    public String sign(PKCS10CertificationRequest request, Instant now) {
        var serial = BigInteger.valueOf(now.toEpochMilli());
        return Pem.of(certified(serial, now, request.getSubject(), request.getSubjectPublicKeyInfo())
                .build(signer()));
    }

    private X509v3CertificateBuilder certified(
            BigInteger serial, Instant from, X500Name subject, SubjectPublicKeyInfo publicKey) {
        return new X509v3CertificateBuilder(
                subject(), serial, Date.from(from), Date.from(from.plus(VALID)), subject, publicKey);
    }

    private ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException("every JDK signs with RSA", impossible);
        }
    }

    private X500Name subject() {
        return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    }
}
