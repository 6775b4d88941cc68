package dev.serverbackup.local.opsworkscm.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.util.io.pem.PemObject;

/** The ZIP file, as base64, with which the user of a new server begins. */
public final class StarterKit {

    private StarterKit() {}

    /** README, knife's configuration and, unless the user has a key already, the private key. */
    public static String chef(String endpoint, Optional<KeyPair> keys) {
        var files = new LinkedHashMap<String, String>();
        files.put("README.md", """
            # Chef Automate server

            In this folder, `knife node list` asks https://%s
            """.formatted(endpoint));
        files.put(".chef/knife.rb", """
            base_dir = File.join(File.dirname(File.expand_path(__FILE__)), '..')
            log_level                :info
            log_location             STDOUT
            node_name                'pivotal'
            client_key               File.join(base_dir, '.chef', 'private.pem')
            chef_server_url          'https://%s/organizations/default'
            cookbook_path            [File.join(base_dir, 'cookbooks')]
            """.formatted(endpoint));
        keys.ifPresent(pair -> files.put(".chef/private.pem", privateKey(pair)));
        return zip(files);
    }

    /** README and the configuration of Puppet's client tools. */
    public static String puppet(String endpoint) {
        var files = new LinkedHashMap<String, String>();
        files.put("README.md", """
            # Puppet Enterprise server

            The console is https://%s
            """.formatted(endpoint));
        files.put(".puppetlabs/client-tools/puppet-access.conf", """
            {"service-url": "https://%s:4433/rbac-api"}
            """.formatted(endpoint));
        return zip(files);
    }

    /** The private key of a pair, as PEM in base64. */
    public static String privateKeyAsBase64(KeyPair keys) {
        return Base64.getEncoder().encodeToString(privateKey(keys).getBytes(StandardCharsets.US_ASCII));
    }

    private static String privateKey(KeyPair keys) {
        return Pem.of(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    private static String zip(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
