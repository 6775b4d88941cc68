package dev.serverbackup.local.opsworkscm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.FleetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The exported user data, run by a real shell on a machine whose programs note how they are called. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "user data is for Linux instances")
class UserDataTest {
    private static final String ENDPOINT = "chef-cbb4581ba3ad31dd.us-east-1.opsworks-cm.io";

    /** Each call is one line: the program, then each argument in brackets, a line break in it shown as a space. */
    private static final String NOTE = """
        #!/bin/bash
        { printf '%s' "${0##*/}"; printf ' [%s]' "$@" | tr '\\n' ' '; echo; } >> "$NOTES"
        """;

    @TempDir
    private Path machine;

    @BeforeEach
    void programs() throws IOException {
        program("curl", """
            case "$*" in
              *meta-data/instance-id) echo i-0123456789abcdef0 ;;
              *) echo 'installer "$@"' ;;
            esac
            """);
        program("aws", """
            case "$*" in
              *associate-node*) echo TOKEN ;;
              *CA_CERT*) echo 'the CA' ;;
              *NODE_CERT*) echo 'the certificate' ;;
            esac
            """);
        program("openssl", "printf 'line 1\\nline 2\\n'\n");
        for (String name : List.of("installer", "chef-client", "puppet")) {
            program(name, "");
        }
    }

    @Test
    void a_chef_node_associates_itself_with_its_server_and_runs_its_list() throws Exception {
        String organization =
                "{'Name': 'OrganizationName', 'Value': 'shop'}, {'Name': 'NodeEnvironment', 'Value': 'prod'}";
        String list = "{'Name': 'RunList', 'Value': 'role[web] $(rm -rf /)'}";
        String version = "{'Name': 'NodeClientVersion', 'Value': '13.8.5'}";

        run(exported(FleetServer.named("chef"), organization + ", " + list + ", " + version));

        assertThat(calls())
                .containsExactly(
                        "curl [--silent] [--show-error] [--retry] [3]"
                                + " [http://169.254.169.254/latest/meta-data/instance-id]",
                        "curl [--silent] [--show-error] [--location] [https://omnitruck.chef.io/install.sh]",
                        "installer [-v] [13.8.5]",
                        "openssl [genrsa] [-out] [%s/chef/client.pem] [2048]".formatted(machine),
                        "openssl [rsa] [-in] [%s/chef/client.pem] [-pubout]".formatted(machine),
                        "aws [opsworks-cm] [associate-node] [--region] [us-east-1] [--server-name] [chef]"
                                + " [--node-name] [i-0123456789abcdef0] [--query] [NodeAssociationStatusToken]"
                                + " [--output] [text] [--engine-attributes] [Name=CHEF_ORGANIZATION,Value=shop]"
                                + " [Name=CHEF_NODE_PUBLIC_KEY,Value='line 1 line 2']",
                        "aws [opsworks-cm] [wait] [node-associated] [--region] [us-east-1] [--server-name] [chef]"
                                + " [--node-association-status-token] [TOKEN]",
                        "chef-client [-E] [prod] [-r] [role[web] $(rm -rf /)]");
        assertThat(machine.resolve("chef/client.rb"))
                .hasContent("chef_server_url 'https://%s/organizations/shop'%nnode_name 'i-0123456789abcdef0'%n"
                        .formatted(ENDPOINT));
    }

    @Test
    void without_parameters_a_chef_node_takes_the_defaults() throws Exception {
        run(exported(FleetServer.named("chef"), ""));

        assertThat(calls()).contains("installer []").last().isEqualTo("chef-client []");
        assertThat(calls()).anyMatch(call -> call.contains("[Name=CHEF_ORGANIZATION,Value=default]"));
    }

    @Test
    void a_puppet_node_gets_the_authority_and_its_certificate_before_the_agent_runs() throws Exception {
        run(exported(FleetServer.named("chef").running("Puppet", "2019"), ""));

        String ssl = machine + "/puppetlabs/puppet/ssl";
        assertThat(calls())
                .containsExactly(
                        "curl [--silent] [--show-error] [--retry] [3]"
                                + " [http://169.254.169.254/latest/meta-data/instance-id]",
                        "aws [opsworks-cm] [describe-servers] [--region] [us-east-1] [--server-name] [chef]"
                                + " [--output] [text] [--query]"
                                + " [Servers[0].EngineAttributes[?Name=='PUPPET_API_CA_CERT'].Value]",
                        "curl [--silent] [--show-error] [--cacert] [%s/certs/ca.pem]".formatted(ssl)
                                + " [https://%s:8140/packages/current/install.bash]".formatted(ENDPOINT),
                        "installer []",
                        "openssl [req] [-new] [-newkey] [rsa:2048] [-nodes] [-subj] [/CN=i-0123456789abcdef0]"
                                + " [-keyout] [%s/private_keys/i-0123456789abcdef0.pem]".formatted(ssl),
                        "aws [opsworks-cm] [associate-node] [--region] [us-east-1] [--server-name] [chef]"
                                + " [--node-name] [i-0123456789abcdef0] [--query] [NodeAssociationStatusToken]"
                                + " [--output] [text] [--engine-attributes]"
                                + " [Name=PUPPET_NODE_CSR,Value='line 1 line 2']",
                        "aws [opsworks-cm] [wait] [node-associated] [--region] [us-east-1] [--server-name] [chef]"
                                + " [--node-association-status-token] [TOKEN]",
                        "aws [opsworks-cm] [describe-node-association-status] [--region] [us-east-1]"
                                + " [--server-name] [chef] [--node-association-status-token] [TOKEN] [--output]"
                                + " [text] [--query] [EngineAttributes[?Name=='PUPPET_NODE_CERT'].Value]",
                        "puppet [agent] [--test] [--server] [%s] [--certname] [i-0123456789abcdef0]"
                                .formatted(ENDPOINT));
        assertThat(Path.of(ssl, "certs", "ca.pem")).hasContent("the CA");
        assertThat(Path.of(ssl, "certs", "i-0123456789abcdef0.pem")).hasContent("the certificate");
    }

    private static String exported(FleetServer server, String inputAttributes) {
        String value = ServiceUnderTest.of(server)
                .call(
                        "ExportServerEngineAttribute",
                        "{'ServerName': '%s', 'ExportAttributeName': 'Userdata', 'InputAttributes': [%s]}"
                                .formatted(server.name(), inputAttributes))
                .at("/EngineAttribute/Value")
                .textValue();
        return new String(Base64.getDecoder().decode(value), UTF_8);
    }

    /** Runs the script with its /etc in this machine's folder, and expects it to succeed. */
    private void run(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(machine.resolve("user-data"), script.replace("/etc/", machine + "/"));
        Path output = machine.resolve("output");
        var builder = new ProcessBuilder("/bin/bash", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PATH", machine.resolve("programs") + ":/usr/bin:/bin");
        builder.environment().put("NOTES", machine.resolve("notes").toString());
        int code = builder.start().waitFor();
        assertThat(code).as(Files.readString(output)).isZero();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(machine.resolve("notes")).stream()
                .map(String::strip)
                .toList();
    }

    private void program(String name, String body) throws IOException {
        Path folder = Files.createDirectories(machine.resolve("programs"));
        Path file = Files.writeString(folder.resolve(name), NOTE + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
