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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        ChefAutomate | {'Name': 'OrganizationName', 'Value': 'shop'}, {'Name': 'NodeEnvironment', 'Value': 'prod'}, \
        {'Name': 'RunList', 'Value': 'role[web] $(rm -rf /)'}, {'Name': 'NodeClientVersion', 'Value': '13.8.5'} \
        | installer [-v] [13.8.5] | [Name=CHEF_ORGANIZATION,Value=shop] [Name=CHEF_NODE_PUBLIC_KEY,Value='line 1 line 2'] \
        | chef-client [-E] [prod] [-r] [role[web] $(rm -rf /)]
        ChefAutomate | "" | installer [] \
        | [Name=CHEF_ORGANIZATION,Value=default] [Name=CHEF_NODE_PUBLIC_KEY,Value='line 1 line 2'] | chef-client []
        Puppet | "" | installer [] | [Name=PUPPET_NODE_CSR,Value='line 1 line 2'] \
        | puppet [agent] [--test] [--server] [ENDPOINT] [--certname] [i-0123456789abcdef0]
        """)
    void a_node_associates_itself_with_its_server_and_runs_its_client(
            String engine, String attributes, String installer, String association, String client) throws Exception {
        run(exported(FleetServer.named("chef").running(engine, engine.equals("Puppet") ? "2019" : "2"), attributes));

        List<String> calls = Files.readAllLines(machine.resolve("notes")).stream()
                .map(String::strip)
                .toList();
        assertThat(calls)
                .containsSubsequence(
                        installer,
                        "aws [opsworks-cm] [associate-node] [--region] [us-east-1] [--server-name] [chef] [--node-name]"
                                + " [i-0123456789abcdef0] [--query] [NodeAssociationStatusToken] [--output] [text]"
                                + " [--engine-attributes] " + association,
                        "aws [opsworks-cm] [wait] [node-associated] [--region] [us-east-1] [--server-name] [chef]"
                                + " [--node-association-status-token] [TOKEN]")
                .last()
                .isEqualTo(client.replace("ENDPOINT", ENDPOINT));
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

    private void program(String name, String body) throws IOException {
        Path folder = Files.createDirectories(machine.resolve("programs"));
        Path file = Files.writeString(folder.resolve(name), NOTE + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
