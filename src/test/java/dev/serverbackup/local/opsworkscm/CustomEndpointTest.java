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
    void a_certificate_is_in_order_with_its_key_and_for_its_domain() {
        String other = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
        String noKey = "CustomPrivateKey is not the unencrypted private key of CustomCertificate";

        assertThat(custom(CustomServer.DOMAIN, CustomServer.CERTIFICATE, CustomServer.KEY)
                        .faults(NOW))
                .isEmpty();
        assertThat(custom("puppet.example.com", CustomServer.CERTIFICATE, CustomServer.KEY)
                        .faults(NOW))
                .containsExactly("CustomCertificate is not for CustomDomain 'puppet.example.com'");
        assertThat(custom(CustomServer.DOMAIN, CustomServer.CERTIFICATE, "").faults(NOW))
                .containsExactly(noKey);
        assertThat(custom(CustomServer.DOMAIN, CustomServer.CERTIFICATE, other).faults(NOW))
                .containsExactly(noKey);
        assertThat(custom(CustomServer.DOMAIN, CustomServer.KEY, CustomServer.KEY)
                        .faults(NOW))
                .containsExactly("CustomCertificate is no X509 certificate in PEM format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019-12-31T23:59:59Z", "2050-01-01T00:00:00Z"})
    void it_must_be_valid_at_the_time(String time) {
        assertThat(custom(CustomServer.DOMAIN, CustomServer.CERTIFICATE, CustomServer.KEY)
                        .faults(Instant.parse(time)))
                .containsExactly("CustomCertificate is not valid at this time");
    }

    private static CustomEndpoint custom(String domain, String certificate, String key) {
        return new CustomEndpoint(domain, certificate, key);
    }
}
