package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.serverbackup.local.dynamodb.TemplateSection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --stack}: CloudFormation says by the outputs that template.yaml has where the audit table is. */
class StackIT {
    private static final String TABLE = "table-of-the-stack";

    private static HttpServer aws;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", StackIT::answer);
        aws.start();
    }

    @AfterAll
    static void stop() {
        aws.stop(0);
    }

    /** CloudFormation with one stack, {@code nightly}, that has each output of the template; DynamoDB with its table, empty. */
    private static void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean table = asked.contains("\"TableName\":\"" + TABLE + "\"");
        boolean known = table || asked.contains("StackName=nightly");
        byte[] answer =
                (table ? "{\"Count\":0,\"Items\":[]}" : known ? stack() : NO_STACK).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static final String NO_STACK = """
        <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
        <Code>ValidationError</Code><Message>Stack with id weekly does not exist</Message></Error></ErrorResponse>
        """;

    private static String stack() {
        String outputs = TemplateSection.read(Path.of("template.yaml")).section("Outputs").values().keySet().stream()
                .map(name -> "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                        .formatted(name, name.equals("AuditTableName") ? TABLE : "the " + name))
                .collect(Collectors.joining());
        return """
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
            <Stacks><member><StackName>nightly</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
            <CreationTime>2026-03-01T00:00:00Z</CreationTime><Outputs>%s</Outputs></member></Stacks>
            </DescribeStacksResult></DescribeStacksResponse>
            """.formatted(outputs);
    }

    /** In a process, which has the two services' addresses as a person would give them. */
    private void assertAnswer(String stack, int code, String out, String err) throws Exception {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + aws.getAddress().getPort(),
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local");
        try (Program program =
                Program.start(folder, environment, "open", "--stack=" + stack, "--region=eu-central-1")) {
            assertThat(program.printed()).isEqualTo(out);
            assertThat(program.exitCode()).isEqualTo(code);
            assertThat(program.complaints()).isEqualTo(err);
        }
    }

    @Test
    void a_stack_says_by_its_outputs_where_the_audit_is() throws Exception {
        assertAnswer("nightly", 0, "Nothing is open (stack nightly in eu-central-1).\n", "");
    }

    @Test
    void without_such_a_stack_there_is_no_answer() throws Exception {
        assertAnswer("weekly", 3, "", """
            There is no stack weekly in eu-central-1.
            Check the name, the region and the account.
            """);
    }
}
