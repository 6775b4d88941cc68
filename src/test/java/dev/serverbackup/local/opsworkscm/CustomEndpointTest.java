package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.opsworkscm.pki.CustomEndpoint;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomEndpointTest {
    private static final CustomEndpoint CHEF = ServiceUnderTest.custom("chef.example.com");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        chef.example.com   | CERTIFICATE | KEY         | 2026-11-20T03:00:01Z |
        puppet.example.com | CERTIFICATE | KEY         | 2026-11-20T03:00:01Z | CustomCertificate is not for CustomDomain 'puppet.example.com'
        chef.example.com   | CERTIFICATE | CERTIFICATE | 2026-11-20T03:00:01Z | CustomPrivateKey is not the unencrypted private key of CustomCertificate
        chef.example.com   | KEY         | KEY         | 2026-11-20T03:00:01Z | CustomCertificate is no X509 certificate in PEM format
        chef.example.com   | CERTIFICATE | KEY         | 2026-11-20T02:59:59Z | CustomCertificate is not valid at this time
        chef.example.com   | CERTIFICATE | KEY         | 2032-11-20T03:00:00Z | CustomCertificate is not valid at this time
        """)
    void a_certificate_is_valid_for_its_domain_and_comes_with_its_key(
            String domain, String certificate, String key, Instant now, String fault) {
        var custom = new CustomEndpoint(domain, pem(certificate), pem(key));

        assertThat(custom.faults(now)).isEqualTo(fault == null ? List.of() : List.of(fault));
    }

    private static String pem(String name) {
        return name.equals("KEY") ? CHEF.privateKey() : CHEF.certificate();
    }
}
