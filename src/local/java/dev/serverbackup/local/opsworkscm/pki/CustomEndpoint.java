package dev.serverbackup.local.opsworkscm.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A domain of the user's own, with the certificate (or chain, the server's own first) and private key for it, as PEM.
 */
public record CustomEndpoint(String domain, String certificate, String privateKey) {

    private static final int DNS_NAME = 2;
    /** The documented requirements that it does not meet, each as a sentence; empty if it is in order. */
    public List<String> faults(Instant now) {
        var chain = certificates();
        if (chain.isEmpty()) {
            return List.of("CustomCertificate is no X509 certificate in PEM format");
        }
        var own = chain.getFirst();
        var faults = new ArrayList<String>();
        if (!isValid(own, now)) {
            faults.add("CustomCertificate is not valid at this time");
        }
        if (names(own).stream().noneMatch(this::covers)) {
            faults.add("CustomCertificate is not for CustomDomain '" + domain + "'");
        }
        if (!matches(own)) {
            faults.add("CustomPrivateKey is not the unencrypted private key of CustomCertificate");
        }
        return faults;
    }

    private List<X509Certificate> certificates() {
        try {
            var bytes = new ByteArrayInputStream(certificate.strip().getBytes(StandardCharsets.UTF_8));
            return CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException noCertificate) {
            return List.of();
        }
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            return true;
        } catch (CertificateException outside) {
            return false;
        }
    }

    /** The alternative names, and the common name if there are none. */
    private static List<String> names(X509Certificate certificate) {
        try {
            var alternatives = Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(names -> names.stream())
                    .filter(name -> name.getFirst().equals(DNS_NAME))
                    .map(name -> (String) name.get(1))
                    .toList();
            return alternatives.isEmpty() ? List.of(commonName(certificate)) : alternatives;
        } catch (CertificateException unreadable) {
            return List.of();
        }
    }

    private boolean covers(String name) {
        return name.startsWith("*.")
                ? name.substring(1).equalsIgnoreCase(domain.substring(Math.max(0, domain.indexOf('.'))))
                : name.equalsIgnoreCase(domain);
    }

    private static String commonName(X509Certificate certificate) {
        var names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return names.length == 0
                ? ""
                : IETFUtils.valueToString(names[0].getFirst().getValue());
    }

    private boolean matches(X509Certificate certificate) {
        return Pem.first(PrivateKeyInfo.class, privateKey)
                .or(() -> Pem.first(PEMKeyPair.class, privateKey).map(PEMKeyPair::getPrivateKeyInfo))
                .filter(key -> isPair(key, certificate.getPublicKey()))
                .isPresent();
    }

    /** They are a pair if the one checks what the other signs. */
    private static boolean isPair(PrivateKeyInfo key, PublicKey publicKey) {
        var algorithm = "SHA256with" + (publicKey.getAlgorithm().equals("EC") ? "ECDSA" : publicKey.getAlgorithm());
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(new JcaPEMKeyConverter().getPrivateKey(key));
            var signed = signature.sign();
            signature.initVerify(publicKey);
            return signature.verify(signed);
        } catch (GeneralSecurityException | PEMException noPair) {
            return false;
        }
    }
}
