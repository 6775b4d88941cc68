package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.opsworkscm.pki.CustomEndpoint;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented requirements for a certificate of the user's own. */
class CustomEndpointTest {

    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");

    @Test
    void a_certificate_with_its_key_for_its_domain_is_in_order() {
        assertThat(custom(CustomServer.DOMAIN, CustomServer.CERTIFICATE, CustomServer.KEY)
                        .faults(NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019-12-31T23:59:59Z", "2050-01-01T00:00:00Z"})
    void it_must_be_valid_at_the_time(String time) {
        assertThat(custom(CustomServer.DOMAIN, CustomServer.CERTIFICATE, CustomServer.KEY)
                        .faults(Instant.parse(time)))
                .containsExactly("CustomCertificate is not valid at this time");
    }

    @Test
    void it_must_be_for_the_domain() {
        assertThat(custom("puppet.example.com", CustomServer.CERTIFICATE, CustomServer.KEY)
                        .faults(NOW))
                .containsExactly("CustomCertificate is not for CustomDomain 'puppet.example.com'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"})
    void the_key_must_be_its_key(String key) {
        assertThat(custom(CustomServer.DOMAIN, CustomServer.CERTIFICATE, key).faults(NOW))
                .containsExactly("CustomPrivateKey is not the unencrypted private key of CustomCertificate");
    }

    @Test
    void it_must_be_a_certificate() {
        assertThat(custom(CustomServer.DOMAIN, CustomServer.KEY, CustomServer.KEY)
                        .faults(NOW))
                .containsExactly("CustomCertificate is no X509 certificate in PEM format");
    }

    private static CustomEndpoint custom(String domain, String certificate, String key) {
        return new CustomEndpoint(domain, certificate, key);
    }
}
