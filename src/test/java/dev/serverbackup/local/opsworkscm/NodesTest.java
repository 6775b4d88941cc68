package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.pki.Secrets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** AssociateNode, DisassociateNode, DescribeNodeAssociationStatus, ExportServerEngineAttribute. */
class NodesTest {

    private final ServiceUnderTest service = ServiceUnderTest.of(
            FleetServer.named("chef"), FleetServer.named("puppet").running("Puppet", "2019"));

    @Test
    void an_association_is_in_progress_and_then_successful() {
        var token = associate("chef", "{'Name': 'CHEF_NODE_PUBLIC_KEY', 'Value': 'pem'}");
        var other = associate(
                "chef",
                "{'Name': 'CHEF_NODE_PUBLIC_KEY', 'Value': 'pem'}, {'Name': 'CHEF_ORGANIZATION', 'Value': 'mine'}");

        assertThat(status("chef", token)).isEqualTo("IN_PROGRESS");
        service.clock.move(Durations.DEFAULT.association());
        assertThat(status("chef", token)).isEqualTo("SUCCESS");
        assertThat(status("chef", other)).as("there is no such organization").isEqualTo("FAILED");
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DescribeNodeAssociationStatus", asking("puppet", token));
        service.clock.move(Duration.ofDays(2));
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DescribeNodeAssociationStatus", asking("chef", token));
    }

    @Test
    void a_puppet_node_gets_a_certificate_that_the_servers_authority_signed() throws Exception {
        var keys = Secrets.real().keyPair();
        var asked = new JcaPKCS10CertificationRequestBuilder(
                        new X500Principal("CN=i-0abcd1234ef567890"), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
        var request = "-----BEGIN CERTIFICATE REQUEST-----\\n%s\\n-----END CERTIFICATE REQUEST-----"
                .formatted(Base64.getEncoder().encodeToString(asked.getEncoded()));
        var token = associate("puppet", "{'Name': 'PUPPET_NODE_CSR', 'Value': '" + request + "'}");
        assertThat(service.call("DescribeNodeAssociationStatus", asking("puppet", token))
                        .get("EngineAttributes"))
                .isEmpty();
        service.clock.move(Durations.DEFAULT.association());

        var node = certificate(
                value(service.call("DescribeNodeAssociationStatus", asking("puppet", token)), "PUPPET_NODE_CERT"));
        var server = service.call("DescribeServers", "{'ServerName': 'puppet'}").at("/Servers/0");
        var authority = certificate(value(server, "PUPPET_API_CA_CERT"));
        node.verify(authority.getPublicKey());
        authority.verify(authority.getPublicKey());
        assertThat(node.getSubjectX500Principal().getName()).isEqualTo("CN=i-0abcd1234ef567890");
        assertThat(authority.getBasicConstraints()).isNotNegative();
        var revoked =
                (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(bytes(value(server, "PUPPET_API_CRL")));
        revoked.verify(authority.getPublicKey());
        assertThat(revoked.isRevoked(node)).isFalse();
    }

    @Test
    void a_node_can_be_disassociated_once() {
        associate("chef", "{'Name': 'CHEF_NODE_PUBLIC_KEY', 'Value': 'pem'}");
        var first = disassociate("CHEF_ORGANIZATION");
        var second = disassociate("CHEF_AUTOMATE_ORGANIZATION");

        service.clock.move(Durations.DEFAULT.association());
        assertThat(status("chef", first)).isEqualTo("SUCCESS");
        assertThat(status("chef", second)).isEqualTo("FAILED");
    }

    @Test
    void a_restoration_brings_the_nodes_of_the_backup_back() {
        associate("chef", "{'Name': 'CHEF_NODE_PUBLIC_KEY', 'Value': 'pem'}");
        var backup = service.backUp("chef");
        service.clock.move(Durations.DEFAULT.backup());
        disassociate("CHEF_ORGANIZATION");
        service.call("RestoreServer", "{'ServerName': 'chef', 'BackupId': '" + backup + "'}");
        service.clock.move(Durations.DEFAULT.restoration());

        assertThat(service.account.server("chef").orElseThrow().nodes()).containsExactly("i-1");
    }

    @ParameterizedTest
    @EnumSource(value = ServerStatus.class, names = "HEALTHY", mode = EnumSource.Mode.EXCLUDE)
    void only_a_healthy_server_takes_nodes_or_gives_them_away(ServerStatus status) {
        var other = ServiceUnderTest.of(FleetServer.named("chef").in(status));

        other.refused(AwsErrorType.INVALID_STATE, "AssociateNode", association("chef", ""));
        other.refused(AwsErrorType.INVALID_STATE, "DisassociateNode", "{'ServerName': 'chef', 'NodeName': 'i-1'}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        AssociateNode               | 'NodeName': 'i-1', 'EngineAttributes': []
        AssociateNode               | 'NodeName': 'i-1', 'EngineAttributes': [{'Name': 'PUPPET_NODE_CSR', 'Value': 'no request'}]
        AssociateNode               | 'NodeName': 'i-1', 'EngineAttributes': [{'Name': 'CHEF', 'Value': ''}]
        ExportServerEngineAttribute | 'ExportAttributeName': 'Password'
        ExportServerEngineAttribute | 'ExportAttributeName': 'Userdata', 'InputAttributes': [{'Name': 'NodeClientVersion', 'Value': '13'}]
        ExportServerEngineAttribute | 'ExportAttributeName': 'Userdata', 'InputAttributes': [{'Name': 'Other', 'Value': ''}]
        """)
    void attributes_without_which_or_with_which_it_does_not_do_are_a_validation_error(
            String operation, String members) {
        service.refused(AwsErrorType.VALIDATION, operation, "{'ServerName': 'puppet', " + members + "}");
    }

    @ParameterizedTest
    @CsvSource({"chef, chef-client", "puppet, puppet agent --test"})
    void user_data_is_a_script_for_bash_in_which_a_value_stays_text(String server, String client) throws Exception {
        var parameters = "{'Name': 'RunList', 'Value': 'it\\u0027s $(rm -rf /)'}";

        var exported = service.call(
                        "ExportServerEngineAttribute",
                        "{'ServerName': '%s', 'ExportAttributeName': 'Userdata', 'InputAttributes': [%s]}"
                                .formatted(server, parameters))
                .at("/EngineAttribute/Value")
                .textValue();

        var script = new String(Base64.getDecoder().decode(exported), StandardCharsets.UTF_8);
        assertThat(script).startsWith("#!/bin/bash\n").contains("\n" + client + " ");
        assertThat(server.equals("puppet") || script.contains("\nRUN_LIST='it'\\''s $(rm -rf /)'\n"))
                .isTrue();
        assertThat(new ProcessBuilder("bash", "-n", "-c", script).start().waitFor())
                .isZero();
    }

    private String associate(String serverName, String attributes) {
        return service.call("AssociateNode", association(serverName, attributes))
                .get("NodeAssociationStatusToken")
                .textValue();
    }

    private String disassociate(String attribute) {
        return service.call("DisassociateNode", """
            {'ServerName': 'chef', 'NodeName': 'i-1',
             'EngineAttributes': [{'Name': '%s', 'Value': 'default'}]}\
            """.formatted(attribute))
                .get("NodeAssociationStatusToken")
                .textValue();
    }

    private String status(String serverName, String token) {
        return service.call("DescribeNodeAssociationStatus", asking(serverName, token))
                .get("NodeAssociationStatus")
                .textValue();
    }

    private static String association(String serverName, String attributes) {
        return "{'ServerName': '%s', 'NodeName': 'i-1', 'EngineAttributes': [%s]}".formatted(serverName, attributes);
    }

    private static String asking(String serverName, String token) {
        return "{'ServerName': '%s', 'NodeAssociationStatusToken': '%s'}".formatted(serverName, token);
    }

    private static String value(JsonNode answer, String attribute) {
        return answer.get("EngineAttributes")
                .valueStream()
                .filter(each -> each.get("Name").textValue().equals(attribute))
                .map(each -> each.get("Value").textValue())
                .findFirst()
                .orElseThrow();
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes(pem));
    }

    private static ByteArrayInputStream bytes(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
