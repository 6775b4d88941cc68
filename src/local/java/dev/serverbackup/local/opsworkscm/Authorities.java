package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.pki.CertificateAuthority;
import dev.serverbackup.local.opsworkscm.pki.Secrets;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The certificate authority of each Puppet server. All have one key, made when first asked for and gone with the
 * process.
 */
final class Authorities {

    private final Secrets secrets;
    private Optional<KeyPair> keys = Optional.empty();
    private final Map<String, Map<String, String>> published = new ConcurrentHashMap<>();

    Authorities(Secrets secrets) {
        this.secrets = secrets;
    }

    CertificateAuthority of(StoredServer server) {
        var name = "Puppet Enterprise CA: " + server.name();
        return new CertificateAuthority(keys(), name, server.createdAt());
    }

    private synchronized KeyPair keys() {
        keys = keys.or(() -> Optional.of(secrets.keyPair()));
        return keys.orElseThrow();
    }

    /** What DescribeServers tells of it. */
    Map<String, String> published(StoredServer server) {
        return published.computeIfAbsent(server.uuid(), uuid -> {
            var attributes = new LinkedHashMap<String, String>();
            attributes.put("PUPPET_API_CA_CERT", of(server).certificate());
            attributes.put("PUPPET_API_CRL", of(server).revocationList());
            return attributes;
        });
    }
}
